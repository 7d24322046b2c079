"""The business day: one way through its states, whoever presses at once and whatever dies in between."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guimian.apps.calendar import queries, services
from guimian.apps.calendar.models import BusinessDay
from guimian.apps.calendar.tests.rows import NOW, TODAY, hours, opened, shut
from guimian.apps.organisation.models import Person, Unit
from guimian.apps.organisation.tests.cast import Company, make_cast, make_company
from guimian.base import journal
from guimian.base.errors import Unable
from guimian.base.models import JournalEntry, JournalSeal
from guimian.base.tests.together import at_once

LATER = NOW + timedelta(hours=8)
ROOT = Path(__file__).resolve().parents[4]


def refused(error: type[Unable], deed: Callable[..., object], **given: Any) -> Unable:
    """The refusal, with nothing left behind."""
    before = (BusinessDay.objects.count(), JournalEntry.objects.count())
    with pytest.raises(error) as told:
        deed(**given)
    assert (BusinessDay.objects.count(), JournalEntry.objects.count()) == before
    return told.value


# ---------------------------------------------------------------- the way through
def test_a_day_is_opened_closing_and_closed(company: Company, supervisor: Person, closing_officer: Person) -> None:
    day = services.open_day(unit=company.k1, by=supervisor, now=NOW)
    services.start_closing(day=day, by=closing_officer, now=LATER)
    services.close_day(day=day, by=supervisor, now=LATER)
    day.refresh_from_db()
    assert (day.state, day.day, day.opened_at, day.closing_by, day.closed_by) == (
        "CLOSED", TODAY, NOW, closing_officer, supervisor,
    )  # fmt: skip
    told = list(JournalEntry.objects.order_by("seq").values_list("event", flat=True))
    assert told == ["calendar.day.opened", "calendar.day.closing_started", "calendar.day.closed"]
    assert journal.verify() == []


def test_the_close_seals_the_journals_head(company: Company, supervisor: Person) -> None:
    """R5.3: after the close nothing is slipped in before it without being seen."""
    day = services.open_day(unit=company.k1, by=supervisor, now=NOW)
    services.start_closing(day=day, by=supervisor, now=NOW)
    services.close_day(day=day, by=supervisor, now=LATER)
    last = JournalEntry.objects.get(event="calendar.day.closed")
    assert JournalSeal.objects.get(unit=company.k1, day=TODAY).digest == last.digest


DEEDS = ("open", "close", "start_closing")
NEXT = {("", "open"): "OPEN", ("OPEN", "start_closing"): "CLOSING", ("CLOSING", "close"): "CLOSED"}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=st.lists(st.sampled_from(DEEDS), max_size=8))
def test_no_order_of_deeds_leaves_the_way(company: Company, supervisor: Person, deeds: list[str]) -> None:
    """Whatever is pressed in whatever order, a day goes open, closing, closed, and everything else is refused."""
    with transaction.atomic():
        state = ""
        for number, deed in enumerate(deeds):
            wanted = NEXT.get((state, deed))
            assert done(deed, company.k1, supervisor, NOW + timedelta(minutes=number)) is (wanted is not None)
            state = wanted or state
        row = queries.day_of(company.k1, TODAY)
        assert (row.state if row else "") == state
        transaction.set_rollback(True)


def done(deed: str, unit: Unit, by: Person, now: datetime) -> bool:
    row = queries.day_of(unit, TODAY) or BusinessDay(unit=unit, day=TODAY)
    try:
        if deed == "open":
            services.open_day(unit=unit, by=by, now=now)
        else:
            getattr(services, "close_day" if deed == "close" else deed)(day=row, by=by, now=now)
    except (Unable, BusinessDay.DoesNotExist):
        return False
    return True


# ---------------------------------------------------------------- refusals
def test_a_day_opens_once(company: Company, supervisor: Person) -> None:
    services.open_day(unit=company.k1, by=supervisor, now=NOW)
    told = refused(services.UnableToOpenDay, services.open_day, unit=company.k1, by=supervisor, now=LATER)
    assert (told.clause, told.found) == ("R1.1", TODAY)


def test_an_earlier_day_is_closed_first(company: Company, supervisor: Person) -> None:
    opened(company.k1, supervisor, TODAY - timedelta(days=3), "CLOSING", NOW - timedelta(days=3))
    told = refused(services.UnableToOpenDay, services.open_day, unit=company.k1, by=supervisor, now=NOW)
    assert (told.clause, told.found) == ("R5.3", TODAY - timedelta(days=3))


def test_a_counter_that_is_shut_by_its_hours_opens_no_day(company: Company, supervisor: Person) -> None:
    shut(company.k1)
    told = refused(services.UnableToOpenDay, services.open_day, unit=company.k1, by=supervisor, now=NOW)
    assert told.clause == "R1.3"
    hours(company.k1, "SATURDAY")
    assert services.open_day(unit=company.k1, by=supervisor, now=NOW + timedelta(days=5)).state == "OPEN"


def test_only_a_counter_in_operation_has_a_day(company: Company, supervisor: Person) -> None:
    refused(services.UnableToOpenDay, services.open_day, unit=company.s111, by=supervisor, now=NOW)
    for changed in ({"opened_on": TODAY + timedelta(days=1)}, {"closed_on": TODAY}):
        Unit.objects.filter(pk=company.k1.pk).update(**{"opened_on": date(2021, 1, 4), "closed_on": None} | changed)
        unit = Unit.objects.get(pk=company.k1.pk)
        refused(services.UnableToOpenDay, services.open_day, unit=unit, by=supervisor, now=NOW)


def test_a_clock_that_runs_backwards_is_refused(company: Company, supervisor: Person) -> None:
    day = services.open_day(unit=company.k1, by=supervisor, now=NOW)
    before = NOW - timedelta(minutes=1)
    refused(services.UnableToStartClosing, services.start_closing, day=day, by=supervisor, now=before)


# ---------------------------------------------------------------- the database
def test_the_database_refuses_a_second_open_day(company: Company, supervisor: Person) -> None:
    """Past every service: two days open at once, or two rows of one day, do not exist."""
    opened(company.k1, supervisor)
    for day, state in ((TODAY + timedelta(days=1), "OPEN"), (TODAY, "CLOSED")):
        with pytest.raises(IntegrityError), transaction.atomic():
            opened(company.k1, supervisor, day, state)
    opened(company.k2, supervisor)


def test_the_database_refuses_a_state_without_its_times(company: Company, supervisor: Person) -> None:
    row = opened(company.k1, supervisor)
    rows = BusinessDay.objects.filter(pk=row.pk)
    for wrong in ({"state": "CLOSING"}, {"state": "CLOSED"}, {"closing_at": NOW}, {"closed_at": NOW}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_without_its_constraint_two_days_stand_open(company: Company, supervisor: Person) -> None:
    """The negative control: it is the database that keeps the second day out, and nothing else."""
    opened(company.k1, supervisor, TODAY - timedelta(days=1))
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX business_day_one_at_a_time")
    services.open_day(unit=company.k1, by=supervisor, now=NOW)
    assert BusinessDay.objects.filter(unit=company.k1, state="OPEN").count() == 2


# ---------------------------------------------------------------- many at once


@pytest.mark.django_db(transaction=True)
def test_of_many_who_open_at_once_one_wins() -> None:
    company = make_company()
    by = make_cast(company)["supervisor"]
    told = at_once(lambda: services.open_day(unit=company.k1, by=by, now=NOW))
    assert told == ["UnableToOpenDay"] * 7 + ["done"]
    assert BusinessDay.objects.count() == JournalEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_who_close_at_once_one_wins() -> None:
    company = make_company()
    by = make_cast(company)["supervisor"]
    day = services.open_day(unit=company.k1, by=by, now=NOW)
    started = at_once(lambda: services.start_closing(day=BusinessDay.objects.get(pk=day.pk), by=by, now=LATER))
    closed = at_once(lambda: services.close_day(day=BusinessDay.objects.get(pk=day.pk), by=by, now=LATER))
    assert started == ["UnableToStartClosing"] * 7 + ["done"]
    assert closed == ["UnableToCloseDay"] * 7 + ["done"]
    assert JournalSeal.objects.count() == 1
    assert JournalEntry.objects.count() == 3
    assert journal.verify() == []


# ---------------------------------------------------------------- death in the middle
DIES = """
    import os, signal, sys
    import django
    django.setup()
    from datetime import datetime
    from django.db import connections
    from guimian.apps.calendar import services
    from guimian.apps.calendar.services import days
    from guimian.apps.organisation.models import Person, Unit
    connections["default"].settings_dict["NAME"] = sys.argv[1]
    def die(*_args):
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(days.journal if sys.argv[2] == "record" else days, sys.argv[2], die if sys.argv[2] == "publish" else
            (lambda **_facts: die()))
    services.open_day(unit=Unit.objects.get(code="K1"), by=Person.objects.first(), now=datetime.fromisoformat(sys.argv[3]))
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("moment", ["record", "publish"])
def test_a_process_that_is_killed_in_the_middle_leaves_no_half_day(moment: str) -> None:
    """Killed after the row is written and before the journal has it, or before anybody is told: nothing stays."""
    company = make_company()
    by = make_cast(company)["supervisor"]
    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(DIES), str(connection.settings_dict["NAME"]), moment, NOW.isoformat()],
        cwd=ROOT, env=dict(os.environ), capture_output=True, timeout=120, check=False,
    )  # fmt: skip
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
    assert (BusinessDay.objects.count(), JournalEntry.objects.count()) == (0, 0)
    assert services.open_day(unit=company.k1, by=by, now=NOW).state == "OPEN"


# ---------------------------------------------------------------- time
def test_a_day_is_the_counters_own_date(company: Company, supervisor: Person) -> None:
    """At 17:00 in London it is Monday still in Urumqi (23:00) and Tuesday already in Shanghai (01:00)."""
    Unit.objects.filter(pk=company.k1.pk).update(timezone="Asia/Urumqi")
    west, moment = Unit.objects.get(pk=company.k1.pk), datetime(2026, 11, 23, 17, 0, tzinfo=UTC)
    days = [services.open_day(unit=unit, by=supervisor, now=moment).day for unit in (west, company.k2)]
    assert days == [date(2026, 11, 23), date(2026, 11, 24)]
    standing = queries.today_at(west, moment + timedelta(hours=2))
    assert standing is not None
    assert (standing.day, standing.earlier) == (date(2026, 11, 24), date(2026, 11, 23))


def test_a_night_that_clocks_change_has_one_day(company: Company, supervisor: Person) -> None:
    """The 25th of October 2026 has 25 hours in Berlin: both of its half past two are the same business day."""
    Unit.objects.filter(pk=company.k1.pk).update(timezone="Europe/Berlin")
    unit = Unit.objects.get(pk=company.k1.pk)
    first, second = (datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1))
    assert services.open_day(unit=unit, by=supervisor, now=first).day == date(2026, 10, 25)
    refused(services.UnableToOpenDay, services.open_day, unit=unit, by=supervisor, now=second)
    last = datetime(2026, 10, 25, 22, 59, tzinfo=UTC)
    assert queries.today_at(unit, last).day == date(2026, 10, 25)  # type: ignore[union-attr]  # a counter
