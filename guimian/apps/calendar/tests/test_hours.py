"""Hours: the margins of R1.3, told with the time that would pass; what has passed keeps its hours and its figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guimian.apps.calendar import queries, services
from guimian.apps.calendar.models import Hours
from guimian.apps.calendar.rules import Times
from guimian.apps.calendar.tests.rows import NOW, TODAY, USUAL, hours, opened, shut
from guimian.apps.organisation.models import Person, Unit
from guimian.apps.organisation.tests.cast import Company, acting, make_unit
from guimian.base import policy
from guimian.base.errors import Unable
from guimian.base.models import JournalEntry, PolicyOverride

TOMORROW = TODAY + timedelta(days=1)


def changed(unit: Unit, by: Person, value: int, from_date: date, key: str = "calendar.opening_after_work") -> None:
    """A figure that was changed by two people."""
    second = Person.objects.exclude(pk=by.pk).first()
    PolicyOverride.objects.create(
        unit=unit, key=key, value=value, from_date=from_date, reason="试行", proposed_by=by, proposed_at=NOW,
        state="APPROVED", decided_by=second, decided_at=NOW,
    )  # fmt: skip


def refusal(unit: Unit, day_kind: str = "WORKDAY", from_date: date = TOMORROW, **times: Any) -> Unable:
    """Why hours are refused, in English; nothing is left behind."""
    before = (Hours.objects.count(), JournalEntry.objects.count())
    with translation.override("en"), pytest.raises(services.UnableToSetHours) as told:
        services.set_hours(
            unit=unit, day_kind=day_kind, from_date=from_date, times=replace(USUAL, **times), by=None, now=NOW
        )
    assert (Hours.objects.count(), JournalEntry.objects.count()) == before
    return told.value


# ---------------------------------------------------------------- R1.3, explained
def test_a_refusal_names_the_clause_what_was_found_and_the_time_that_passes(company: Company) -> None:
    told = refusal(company.k1, open_from=time(8, 45))
    assert (told.clause, told.found, told.wanted) == ("R1.3", "15 min", "≥ 30 min: doors open at 09:00 or later")
    told = refusal(company.k1, open_to=time(17, 10), banks_until=None)
    assert (told.clause, told.found, told.wanted) == ("R1.3", "20 min", "≥ 30 min: doors close at 17:00 or earlier")
    told = refusal(company.k1, banks_until=time(16))
    assert (told.clause, told.found, told.wanted) == ("R1.3", "-30 min", "≥ 30 min: doors close at 15:30 or earlier")


def test_all_reasons_are_told_at_once(company: Company) -> None:
    told = refusal(company.k1, open_from=time(8, 30), open_to=time(17, 30))
    wanted = [reason.wanted for reason in (told, *told.more)]
    late = "≥ 30 min: doors close at 16:30 or earlier"
    assert wanted == ["≥ 30 min: doors open at 09:00 or later", late, late]


def test_a_flagship_shut_at_weekends_is_refused_with_its_own_clause(company: Company) -> None:
    company.k1.size = "FLAGSHIP"
    assert refusal(company.k1, "SUNDAY", is_open=False).clause == "R2.5"


def test_the_figures_of_the_first_day_count(company: Company, hq_officer: Person) -> None:
    """Hours that begin after a change of the figure are judged by the changed figure."""
    changed(company.p1, hq_officer, 45, TODAY + timedelta(days=10))
    hours(company.k1, from_date=TOMORROW)
    told = refusal(company.k1, from_date=TODAY + timedelta(days=10))
    assert told.wanted == "≥ 45 min: doors open at 09:15 or later"


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    times=st.tuples(*[st.times(time(6), time(20)) for _one in range(4)], st.none() | st.times(time(12), time(20))),
)
def test_no_hours_that_break_the_margins_are_ever_kept(company: Company, times: tuple[Any, ...]) -> None:
    """Whatever is typed: what is kept holds to R1.3 by the minute, what is refused says why."""
    work_from, open_from, open_to, work_to, banks = (
        one.replace(second=0, microsecond=0) if one else None for one in times
    )
    typed = replace(
        USUAL, work_from=work_from, open_from=open_from, open_to=open_to, work_to=work_to, banks_until=banks
    )
    with transaction.atomic():
        kept = tried(company.k1, typed)
        transaction.set_rollback(True)
    if isinstance(kept, Unable):
        assert kept.clause == "R1.3" and kept.wanted
    else:
        starts, opens, closes, ends = (minute(one) for one in (work_from, open_from, open_to, work_to))
        assert opens - starts >= 30 and ends - closes >= 30 and closes > opens
        assert banks is None or minute(banks) - closes >= 30


def tried(unit: Unit, times: Times) -> Hours | Unable:
    try:
        return services.set_hours(unit=unit, day_kind="WORKDAY", from_date=TOMORROW, times=times, by=None, now=NOW)
    except services.UnableToSetHours as error:
        return error


def minute(at: time | None) -> int:
    assert at is not None
    return at.hour * 60 + at.minute


def test_an_open_day_needs_its_four_times(company: Company) -> None:
    assert refusal(company.k1, work_to=None).clause == "R1.3"


def test_only_counters_have_hours(company: Company) -> None:
    assert refusal(company.s111).clause == "R1.3"


# ---------------------------------------------------------------- from a day on
def test_what_has_begun_is_not_changed(company: Company) -> None:
    hours(company.k1)
    for day in (TODAY, TODAY - timedelta(days=40)):
        told = refusal(company.k1, from_date=day)
        assert (told.clause, told.found) == ("R1.3", day)


def test_the_first_hours_may_begin_when_the_counter_opened_and_no_earlier(company: Company) -> None:
    assert company.k1.opened_on is not None
    assert refusal(company.k1, from_date=company.k1.opened_on - timedelta(days=1)).wanted == company.k1.opened_on
    hours(company.k1, from_date=company.k1.opened_on)


def test_planned_hours_are_replaced_or_taken_back_and_those_in_force_are_not(company: Company) -> None:
    standing = hours(company.k1)
    hours(company.k1, from_date=TOMORROW)
    planned = hours(company.k1, from_date=TOMORROW, open_to=time(16))
    assert Hours.objects.count() == 2
    services.withdraw_hours(unit=company.k1, pk=planned.pk, by=None, now=NOW)
    for unit, pk in ((company.k1, standing.pk), (company.k1, planned.pk), (company.k2, standing.pk)):
        with pytest.raises(services.UnableToWithdrawHours):
            services.withdraw_hours(unit=unit, pk=pk, by=None, now=NOW)
    told = list(JournalEntry.objects.order_by("seq").values_list("event", flat=True))
    assert told == ["calendar.hours.set"] * 3 + ["calendar.hours.withdrawn"]


def test_yesterday_is_still_judged_by_its_own_hours_and_figures(company: Company, hq_officer: Person) -> None:
    """Neither longer hours nor stricter figures reach back."""
    hours(company.k1)
    hours(company.k1, from_date=TOMORROW, open_to=time(16), work_from=time(8))
    changed(company.p1, hq_officer, 60, TOMORROW)

    def judged(day: date) -> tuple[Any, ...]:
        page = queries.day_page(company.k1, day, NOW, policy.on(day, company.k1))
        opening = next(one for one in page.verdicts if one.code == "calendar.hours.opening_after_work")
        return page.hours.open_to if page.hours else None, opening.found, opening.limit

    assert judged(TODAY) == (time(16, 30), 30, 30)
    assert judged(TOMORROW) == (time(16), 60, 60)
    page = queries.hours_page(company.k1, TOMORROW, policy.on(TOMORROW, company.k1))
    assert [(step.from_date, step.is_in_force) for step in page.history] == [
        (TOMORROW, True),
        (date(2026, 1, 5), False),
    ]


def test_nothing_is_judged_before_the_regulation_was_in_force(company: Company) -> None:
    day = date(2021, 3, 1)
    hours(company.k1, from_date=day)
    assert queries.day_page(company.k1, day, NOW, policy.on(day, company.k1)).verdicts == ()


def test_hours_are_local_times(company: Company, hq_officer: Person) -> None:
    """Half past nine in Shanghai is half past seven in Urumqi: only one of the two counters should be open by then."""
    Unit.objects.filter(pk=company.k2.pk).update(timezone="Asia/Urumqi")
    for code in ("K1", "K2"):
        hours(Unit.objects.get(code=code))
    late = {row.code: row.late for row in queries.counters_on(acting(hq_officer), company.hq, TODAY, NOW)}
    assert late == {"K1": True, "K2": False, "K9": False}


# ---------------------------------------------------------------- the database
def test_the_database_refuses_doors_outside_of_work(company: Company) -> None:
    row = hours(company.k1)
    for wrong in (
        {"open_from": time(8)}, {"open_to": time(18)}, {"open_to": time(8, 50)}, {"work_from": None}, {"open_to": None},
    ):  # fmt: skip
        with pytest.raises(IntegrityError), transaction.atomic():
            Hours.objects.filter(pk=row.pk).update(**wrong)


def test_the_database_refuses_two_hours_from_one_day(company: Company) -> None:
    row = hours(company.k1)
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


# ---------------------------------------------------------------- many counters
def more_counters(company: Company, first: int, number: int) -> None:
    for one in range(first, first + number):
        unit = make_unit(f"K1{one:04}", company.s111, f"柜面{one}", place="COUNTY", size="SMALL")
        Hours.objects.create(unit=unit, day_kind="WORKDAY", from_date=date(2026, 1, 5), is_open=False, set_at=NOW)


def test_as_many_queries_for_300_counters_as_for_3(company: Company, city_officer: Person) -> None:
    actor, counted = acting(city_officer), []
    for first, number in ((0, 1), (1, 297)):
        more_counters(company, first, number)
        with CaptureQueriesContext(connection) as asked:
            days = queries.counters_on(actor, company.c11, TODAY, NOW)
            found = queries.hours_below(actor, company.c11, TODAY, policy.everywhere(TODAY))
        counted.append((len(days), len(found), len(asked)))
    assert [one[:2] for one in counted] == [(3, 3), (300, 300)]
    assert counted[0][2] == counted[1][2] <= 7


def test_each_counter_is_judged_by_its_own_figures(company: Company, hq_officer: Person) -> None:
    for unit in (company.k1, company.k9):
        hours(unit)
    changed(company.c11, hq_officer, 40, TODAY)
    rows = queries.hours_below(acting(hq_officer), company.hq, TODAY, policy.everywhere(TODAY))
    assert {row.code: row.state for row in rows} == {"K1": "BROKEN", "K2": "NONE", "K9": "met"}
    assert [verdict.clause for row in rows for verdict in row.broken] == ["R1.3"]


def test_a_counter_that_is_always_shut_breaks_nothing(company: Company, hq_officer: Person) -> None:
    shut(company.k1)
    rows = queries.hours_below(acting(hq_officer), company.s111, TODAY, policy.everywhere(TODAY))
    assert {row.code: row.state for row in rows} == {"K1": "met", "K2": "NONE"}


def test_a_city_sees_its_own_counters_only(company: Company, city_officer: Person, outsider: Person) -> None:
    hours(company.k9)
    for actor, codes in ((acting(city_officer), ["K1", "K2"]), (acting(outsider), ["K9"])):
        assert [row.code for row in queries.counters_on(actor, company.hq, TODAY, NOW)] == codes
        assert [row.code for row in queries.hours_below(actor, company.hq, TODAY, policy.everywhere(TODAY))] == codes


def test_days_never_closed_are_followed_up(company: Company, city_officer: Person, supervisor: Person) -> None:
    """R5.6"""
    earlier = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
    opened(company.k1, supervisor, date(2026, 11, 20), "OPEN", earlier)
    opened(company.k2, supervisor, date(2026, 11, 20), "CLOSED", earlier)
    opened(company.k2, supervisor)
    rows = queries.never_closed(queries.days_visible_to(acting(city_officer), company.c11), TODAY)
    assert [(row.unit.code, row.day) for row in rows] == [("K1", date(2026, 11, 20))]


def test_a_shut_counter_is_not_late(company: Company, city_officer: Person) -> None:
    hours(company.k1)
    shut(company.k2)
    rows = queries.counters_on(acting(city_officer), company.c11, TODAY, NOW)
    assert [(row.code, row.state, row.late) for row in rows] == [("K1", "NONE", True), ("K2", "SHUT", False)]
