"""Hours, kinds of day and working days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from guimian.apps.calendar import rules
from guimian.apps.calendar.rules import Times
from guimian.base.policy.queries import book
from guimian.engines.policy import Outcome

DAY = date(2026, 11, 23)
OCTOBER = {date(2026, 10, n): "STATUTORY" if n < 4 else "HOLIDAY" for n in range(1, 8)} | {
    date(2026, 10, 10): "WORKDAY"
}
USUAL = Times(True, time(8, 30), time(17, 30), time(9), time(17))


def outcomes(day_kind: str = "WORKDAY", size: str = "LARGE", **hours: Any) -> dict[str, Outcome]:
    said = rules.judge_hours(book().policy(DAY), times=replace(USUAL, **hours), day_kind=day_kind, size=size)
    return {one.code.removeprefix("calendar.hours."): one.outcome for one in said}


def test_the_margins_hold_to_the_minute() -> None:
    assert outcomes()["opening_after_work"] is Outcome.MET
    assert outcomes(open_from=time(8, 59))["opening_after_work"] is Outcome.NOT_MET
    assert outcomes(open_to=time(17, 1))["ending_before_work"] is Outcome.NOT_MET


def test_banks_hours_that_are_not_known_are_not_judged() -> None:
    assert outcomes()["ending_before_banks"] is Outcome.NOT_KNOWN
    assert outcomes(banks_until=time(17))["ending_before_banks"] is Outcome.NOT_MET


def test_a_shut_day_has_no_hours() -> None:
    assert set(outcomes(is_open=False).values()) == {Outcome.NOT_APPLICABLE}


def test_a_flagship_is_open_at_weekends() -> None:
    assert outcomes(size="FLAGSHIP", day_kind="SUNDAY", is_open=False)["weekend"] is Outcome.NOT_MET
    assert outcomes(size="FLAGSHIP", day_kind="SUNDAY")["weekend"] is Outcome.MET
    assert outcomes(size="FLAGSHIP", day_kind="HOLIDAY", is_open=False)["weekend"] is Outcome.NOT_APPLICABLE
    assert outcomes(size="SMALL", day_kind="SUNDAY", is_open=False)["weekend"] is Outcome.NOT_APPLICABLE


def test_the_times_that_would_pass() -> None:
    figures = book().policy(DAY)
    assert rules.passing_times(figures, USUAL) == Times(open_from=time(9), open_to=time(17))
    assert rules.passing_times(figures, replace(USUAL, banks_until=time(16))).open_to == time(15, 30)
    assert rules.passing_times(figures, Times()) == Times()
    assert rules.passing_times(figures, Times(work_to=time(0, 10))).open_to is None


@given(st.times(time(6), time(12)), st.times(time(13), time(23)), st.none() | st.times(time(13), time(23)))
def test_what_is_named_as_passing_does_pass(work_from: time, work_to: time, banks: time | None) -> None:
    """Neither too strict nor too loose: the times named meet R1.3, a minute beyond them does not."""
    figures, tried = book().policy(DAY), Times(True, work_from, work_to, None, None, banks)
    passing = rules.passing_times(figures, tried)
    whole = replace(tried, open_from=passing.open_from, open_to=passing.open_to)
    said = rules.judge_hours(figures, times=whole, day_kind="WORKDAY", size="LARGE")
    assert all(one.outcome is not Outcome.NOT_MET for one in said if one.code != "calendar.hours.order")
    later = replace(whole, open_to=rules.earlier_by(passing.open_to, -1))
    said = rules.judge_hours(figures, times=later, day_kind="WORKDAY", size="LARGE")
    assert any(one.outcome is Outcome.NOT_MET for one in said)


@dataclass(frozen=True)
class Row:
    day_kind: str
    from_date: date


def test_the_latest_hours_that_have_begun_are_in_force() -> None:
    rows = [Row("WORKDAY", date(2026, 12, 1)), Row("WORKDAY", date(2026, 1, 1)), Row("SUNDAY", date(2026, 11, 1))]
    assert rules.in_force(rows, "WORKDAY", date(2026, 11, 30)) == rows[1]
    assert rules.in_force(rows, "WORKDAY", date(2026, 12, 1)) == rows[0]
    assert rules.in_force(rows, "HOLIDAY", date(2026, 12, 1)) is None


def test_kinds_of_day() -> None:
    kinds = [rules.kind_of_day(date(2026, 10, n), OCTOBER) for n in (1, 5, 8, 10, 11, 17)]
    assert kinds == ["HOLIDAY", "HOLIDAY", "WORKDAY", "WORKDAY", "SUNDAY", "SATURDAY"]


def test_working_days_step_over_holidays_and_count_those_made_up() -> None:
    assert rules.add_working_days(date(2026, 9, 30), 1, OCTOBER) == date(2026, 10, 8)
    assert rules.add_working_days(date(2026, 10, 9), 1, OCTOBER) == date(2026, 10, 10)
    assert rules.add_working_days(date(2026, 10, 8), -1, OCTOBER) == date(2026, 9, 30)
    assert rules.add_working_days(DAY, 0, OCTOBER) == DAY
    assert rules.working_days_between(date(2026, 9, 30), date(2026, 10, 10), OCTOBER) == 4
    assert rules.working_days_between(DAY, date(2026, 11, 20), OCTOBER) == 0


@given(st.dates(date(2026, 1, 1), date(2026, 12, 1)), st.integers(1, 40))
def test_forth_and_back(day: date, count: int) -> None:
    """As many working days lie between as were added."""
    there = rules.add_working_days(day, count, OCTOBER)
    assert rules.is_working_day(there, OCTOBER)
    between = rules.working_days_between(day, there, OCTOBER) - rules.is_working_day(day, OCTOBER)
    assert between == count
