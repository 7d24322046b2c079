"""The State's calendar: kept at headquarters, never changed backwards, confirmed when it is announced."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guimian.apps.calendar import queries, rules, services
from guimian.apps.calendar.models import CalendarDay, CalendarYear
from guimian.apps.calendar.tests.rows import NOW, TODAY, hours, opened, shut
from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company
from guimian.base.errors import Unable
from guimian.base.models import JournalEntry

NEW_YEAR = date(2027, 1, 1)


def mark(company: Company, day: date, kind: str = "HOLIDAY", last: date | None = None) -> None:
    services.set_holiday(unit=company.hq, day=day, last=last, kind=kind, name="元旦", by=None, now=NOW)


def refused(error: type[Unable], deed: Callable[..., object], *places: Any, **given: Any) -> Unable:
    """The refusal, with nothing left behind."""
    before = (CalendarDay.objects.count(), JournalEntry.objects.count())
    with pytest.raises(error) as told:
        deed(*places, **given)
    assert (CalendarDay.objects.count(), JournalEntry.objects.count()) == before
    assert told.value.clause == "R2.3"
    return told.value


# ---------------------------------------------------------------- marks
def test_a_holiday_of_several_days_is_one_deed(company: Company) -> None:
    mark(company, NEW_YEAR, last=NEW_YEAR + timedelta(days=2))
    assert queries.marks_between(NEW_YEAR, NEW_YEAR + timedelta(days=5)) == {
        NEW_YEAR + timedelta(days=number): "HOLIDAY" for number in range(3)
    }
    entry = JournalEntry.objects.get()
    assert (entry.event, entry.after["last"]) == ("calendar.holiday.set", "2027-01-03")  # type: ignore[index]  # it has facts


def test_a_mark_is_changed_and_taken_away(company: Company) -> None:
    mark(company, NEW_YEAR)
    mark(company, NEW_YEAR, "STATUTORY")
    assert queries.day_kind(NEW_YEAR) == "HOLIDAY"
    assert CalendarDay.objects.get().kind == "STATUTORY"
    services.remove_holiday(unit=company.hq, day=NEW_YEAR, by=None, now=NOW)
    assert queries.day_kind(NEW_YEAR) == "WORKDAY"
    refused(
        services.UnableToSetHoliday, services.remove_holiday, unit=company.hq, day=NEW_YEAR, by=None, now=NOW
    )  # fmt: skip


def test_what_has_begun_stays_as_it_was(company: Company) -> None:
    """Otherwise days that were judged, paid or rostered would change their kind afterwards."""
    for day in (TODAY, TODAY - timedelta(days=30)):
        refused(services.UnableToSetHoliday, mark, company, day)
    refused(services.UnableToSetHoliday, mark, company, TODAY, last=TODAY + timedelta(days=3))
    CalendarDay.objects.create(day=TODAY, kind="HOLIDAY", name="休")
    refused(services.UnableToSetHoliday, services.remove_holiday, unit=company.hq, day=TODAY, by=None, now=NOW)


def test_only_headquarters_keep_it(company: Company) -> None:
    for unit in (company.p1, company.k1):
        who: dict[str, Any] = {"unit": unit, "by": None, "now": NOW}
        refused(services.UnableToSetHoliday, services.set_holiday, day=NEW_YEAR, kind="HOLIDAY", name="x", **who)
        refused(services.UnableToSetHoliday, services.remove_holiday, day=NEW_YEAR, **who)
        refused(services.UnableToConfirmYear, services.confirm_year, year=2027, source="x", **who)
        refused(services.UnableToConfirmYear, services.seed_year, year=2027, **who)


def test_a_make_up_workday_is_a_day_of_a_weekend(company: Company) -> None:
    saturday = date(2027, 1, 9)
    mark(company, saturday, "WORKDAY", last=saturday + timedelta(days=1))
    assert queries.day_kind(saturday) == "WORKDAY"
    week = {"day": date(2027, 1, 16), "kind": "WORKDAY", "last": date(2027, 1, 18)}
    assert refused(services.UnableToSetHoliday, mark, company, **week).found == date(2027, 1, 18)


@pytest.mark.parametrize("days", [-1, 31])
def test_a_span_ends_after_it_starts_and_is_no_season(company: Company, days: int) -> None:
    refused(services.UnableToSetHoliday, mark, company, NEW_YEAR, last=NEW_YEAR + timedelta(days=days))


# ---------------------------------------------------------------- years
def test_a_year_that_was_announced_is_put_in_once(company: Company) -> None:
    made = services.seed_year(unit=company.hq, year=2026, by=None, now=NOW)
    assert made == CalendarDay.objects.count() > 20
    assert services.seed_year(unit=company.hq, year=2026, by=None, now=NOW) == 0
    assert CalendarYear.objects.get().is_confirmed
    assert JournalEntry.objects.count() == 1
    assert (queries.day_kind(date(2026, 10, 1)), queries.day_kind(date(2026, 10, 10))) == ("HOLIDAY", "WORKDAY")


def test_what_headquarters_marked_is_not_written_over(company: Company) -> None:
    CalendarDay.objects.create(day=date(2026, 10, 1), kind="STATUTORY", name="国庆节")
    services.seed_year(unit=company.hq, year=2026, by=None, now=NOW)
    assert CalendarDay.objects.get(day=date(2026, 10, 1)).kind == "STATUTORY"


def test_a_year_that_nobody_knows_stays_unconfirmed(company: Company) -> None:
    """Its weekdays count until headquarters have marked its holidays and said so."""
    assert services.announced(2050) == []
    assert services.seed_year(unit=company.hq, year=2050, by=None, now=NOW) == 0
    page = queries.year_page(2050, TODAY)
    assert (page.is_confirmed, page.marked) == (False, 0)
    notice: dict[str, Any] = {"unit": company.hq, "year": 2050, "source": "国办发", "by": None, "now": NOW}
    refused(services.UnableToConfirmYear, services.confirm_year, **notice)
    mark(company, date(2050, 1, 1))
    services.confirm_year(**notice)
    page = queries.year_page(2050, TODAY)
    assert (page.is_confirmed, page.source_text) == (True, "国办发")


@settings(max_examples=20, deadline=None)
@given(year=st.integers(2, 9998), number=st.integers(1, 12))
@pytest.mark.django_db
def test_months_are_whole_weeks_and_hold_each_of_their_days_once(year: int, number: int) -> None:
    month = queries.month(year, number)
    assert all(len(week) == 7 and week[0].day.weekday() == 0 for week in month.weeks)
    inside = [one.day for week in month.weeks for one in week if one.in_month]
    following = date(year + number // 12, number % 12 + 1, 1)
    assert inside == list(rules.days_between(date(year, number, 1), following - timedelta(days=1)))


@pytest.mark.django_db
@pytest.mark.parametrize(("year", "number"), [(1, 1), (9999, 12), (2026, 13), (2026, 0)])
def test_a_month_of_no_calendar_is_refused(year: int, number: int) -> None:
    with pytest.raises(ValueError, match=str(year) if number in {1, 12} else "month"):
        queries.month(year, number)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    marks=st.dictionaries(
        st.dates(date(2027, 1, 1), date(2027, 12, 31)), st.sampled_from(["HOLIDAY", "WORKDAY"]), max_size=8
    )
)
def test_a_year_counts_its_working_days_as_the_rules_do(company: Company, marks: dict[date, str]) -> None:
    CalendarDay.objects.all().delete()
    for day, kind in marks.items():
        CalendarDay.objects.create(day=day, kind=kind, name="x")
    counted = rules.working_days_between(date(2027, 1, 1), date(2027, 12, 31), marks)
    assert queries.year_page(2027, TODAY).working_days == counted


# ---------------------------------------------------------------- at a counter
def test_a_month_at_a_counter_tells_hours_and_states(
    company: Company, supervisor: Person, django_assert_num_queries: Any
) -> None:
    CalendarDay.objects.create(day=date(2026, 11, 30), kind="HOLIDAY", name="休")
    hours(company.k1)
    hours(company.k1, from_date=date(2026, 11, 26), open_to=datetime(2026, 1, 1, 16, tzinfo=UTC).time())
    shut(company.k1, "HOLIDAY")
    opened(company.k1, supervisor)
    with django_assert_num_queries(3):
        page = queries.month_page(company.k1, 2026, 11, TODAY)
    closes = {day.day: times.open_to for day, times in page.hours.items() if times.is_open}
    assert (str(closes[25]), str(closes[26]), page.hours[date(2026, 11, 30)].is_open) == ("16:30:00", "16:00:00", False)
    assert page.states == {TODAY: "OPEN"}
    assert date(2026, 11, 28) not in page.hours  # nothing is set for Saturdays
    assert queries.month_page(company.s111, 2026, 11, TODAY).hours == {}
