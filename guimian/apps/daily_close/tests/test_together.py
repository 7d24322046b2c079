"""Many at once: business is in the closed list or refused, never lost between, and one close wins (R5.3)."""

from __future__ import annotations

from threading import Barrier, Event
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from guimian.apps.calendar.models import BusinessDay
from guimian.apps.daily_close import queries, services
from guimian.apps.daily_close.models import CounterClose
from guimian.apps.daily_close.tests.rows import EVENING, make_ready, make_record
from guimian.apps.organisation.models import Person, Unit
from guimian.apps.organisation.tests.cast import make_company, make_person, make_unit
from guimian.apps.reception.models import BusinessRecord
from guimian.apps.reception.services import records as attaching
from guimian.apps.reception.services.shared import tell
from guimian.apps.reception.tests.rows import TODAY
from guimian.base import numbering
from guimian.base.access import Role
from guimian.base.errors import Unable
from guimian.base.models import JournalSeal
from guimian.base.tests.together import together
from guimian.base.triggers import drop_closed_sql

RACES = 30
on_postgres = pytest.mark.skipif(
    "sqlite" in settings.DATABASES["default"]["ENGINE"], reason="SQLite lets one writer in at a time"
)


@pytest.fixture
def ready(transactional_db: None) -> tuple[Unit, Person]:
    """A counter that may close, and its teller."""
    unit = make_company().k1
    teller = make_person("10000006", "郑洁", Role.TELLER, unit)
    make_ready(unit, teller)
    return unit, teller


def tried(deed: Any) -> bool:
    """Whether it was done; a refusal is an answer."""
    try:
        deed()
    except Unable:
        return False
    return True


def lost(unit: Unit) -> list[int]:
    """The numbers of a closed day that the close did not count."""
    close = CounterClose.objects.filter(unit=unit).first()
    if close is None:
        return []
    numbers = sorted(BusinessRecord.objects.filter(unit=unit).values_list("number", flat=True))
    return numbers[close.records + close.voided :]


@pytest.mark.django_db(transaction=True)
def test_a_record_that_races_the_close_is_counted_or_refused() -> None:
    company = make_company()
    teller = make_person("10000006", "郑洁", Role.TELLER, company.s111)
    for number in range(RACES):
        unit = make_unit(f"K7{number:03}", company.s111, "柜面", "", "URBAN", "LARGE")
        make_ready(unit, teller)
        start = Barrier(2, timeout=30)

        def deed(turn: int, unit: Unit = unit, start: Barrier = start) -> bool:
            start.wait()
            if turn:
                return tried(lambda: services.close_counter(unit=unit, by=teller, now=EVENING))
            return tried(lambda: make_record(unit, teller, "9.00"))

        attached, closed = together(deed, 2)
        assert attached != closed, "both went through, or neither"
        assert lost(unit) == []
        assert BusinessDay.objects.get(unit=unit).state == ("CLOSED" if closed else "CLOSING")
        if attached:
            assert queries.list_of(unit, TODAY, teller).state == "STALE"


def attached_while_it_closes(unit: Unit, teller: Person, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """A record that was let in before the close and is written after it."""
    inside, closed = Event(), Event()
    issue = numbering.issue

    def slow(*given: Any) -> int:
        if given[1] == "record":
            inside.set()
            assert closed.wait(30)
        return issue(*given)

    monkeypatch.setattr(numbering, "issue", slow)

    def deed(turn: int) -> bool:
        if turn == 0:
            return tried(lambda: make_record(unit, teller, "9.00"))
        assert inside.wait(30)
        done = tried(lambda: services.close_counter(unit=unit, by=teller, now=EVENING))
        closed.set()
        return done

    return together(deed, 2)


@on_postgres
def test_what_was_let_in_before_the_close_is_refused_after_it(
    ready: tuple[Unit, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert attached_while_it_closes(*ready, monkeypatch) == [False, True]
    assert lost(ready[0]) == []


@on_postgres
def test_without_the_trigger_it_would_be_lost(ready: tuple[Unit, Person], monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: the same, with the database's own refusal taken away."""
    with connection.cursor() as cursor:
        for sql in drop_closed_sql(connection.vendor, "reception_businessrecord"):
            cursor.execute(sql)
    assert attached_while_it_closes(*ready, monkeypatch) == [True, True]
    assert lost(ready[0]) == [3]


@on_postgres
def test_the_close_waits_for_a_record_that_is_being_written(
    ready: tuple[Unit, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other way round: the record holds the day, so the close comes after it and sees it."""
    unit, teller = ready
    written = Event()

    def slow(*given: Any, **facts: Any) -> None:
        written.set()
        assert not done.wait(1), "the close did not wait"
        tell(*given, **facts)

    done = Event()
    monkeypatch.setattr(attaching, "tell", slow)

    def deed(turn: int) -> bool:
        if turn == 0:
            return tried(lambda: make_record(unit, teller, "9.00"))
        assert written.wait(30)
        closed = tried(lambda: services.close_counter(unit=unit, by=teller, now=EVENING))
        done.set()
        return closed

    assert together(deed, 2) == [True, False]
    assert queries.list_of(unit, TODAY, teller).state == "STALE"


def test_of_many_closes_one_wins(ready: tuple[Unit, Person]) -> None:
    unit, teller = ready
    start = Barrier(8, timeout=30)

    def deed(_turn: int) -> bool:
        start.wait()
        return tried(lambda: services.close_counter(unit=unit, by=teller, now=EVENING))

    assert sum(together(deed, 8)) == 1
    assert CounterClose.objects.count() == JournalSeal.objects.count() == 1
