"""When duties fall due: within the day, by the counter's own hours, each once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guimian.apps.calendar.rules import Times
from guimian.apps.routines import rules
from guimian.apps.routines.rules import duties as module
from guimian.base.policy.queries import book

DAY = date(2026, 11, 23)
USUAL = Times(True, time(8, 30), time(17, 30), time(9), time(17))
WEEKDAYS: Callable[[date], bool] = lambda day: day.weekday() < 5  # noqa: E731  # a rule in one line


@dataclass(frozen=True)
class Duty:
    code: str = "a"
    part: str = "DURING"
    rhythm: str = "DAILY"
    number: int = 1
    anchor: str = "OPEN_FROM"
    offset: int = 0
    every: int = 0


def dues(duty: Duty, times: Times = USUAL, day: date = DAY) -> list[time]:
    return [one.due for one in rules.plan_duties([duty], times=times, day=day, is_open=WEEKDAYS)]


RHYTHMS = st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "QUARTERLY", "BEFORE_HOLIDAY", "AFTER_HOLIDAY"])
DUTIES = st.builds(
    Duty,
    code=st.text("abc", min_size=1, max_size=3),
    part=st.sampled_from(rules.PARTS),
    rhythm=RHYTHMS,
    number=st.integers(1, 92),
    anchor=st.sampled_from(["WORK_FROM", "OPEN_FROM", "OPEN_TO", "WORK_TO"]),
    offset=st.integers(-600, 600),
    every=st.just(0) | st.integers(15, 300),
)


@st.composite
def hours(draw: st.DrawFn) -> Times:
    """Hours that the database takes: doors within work."""
    minutes = sorted(draw(st.lists(st.integers(0, 24 * 60 - 1), min_size=4, max_size=4, unique=True)))
    work_from, open_from, open_to, work_to = (time(*divmod(minute, 60)) for minute in minutes)
    return Times(True, work_from, work_to, open_from, open_to)


@given(
    st.lists(DUTIES, max_size=8, unique_by=lambda duty: duty.code),
    hours(),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
)
def test_each_duty_lies_inside_the_day_and_none_comes_twice(found: list[Duty], times: Times, day: date) -> None:
    planned = rules.plan_duties(found, times=times, day=day, is_open=WEEKDAYS)
    assert all(times.work_from <= one.begins <= one.due <= times.work_to for one in planned)  # type: ignore[operator]  # hours are given
    assert len({(one.code, one.number) for one in planned}) == len(planned)
    assert [rules.PARTS.index(one.part) for one in planned] == sorted(rules.PARTS.index(one.part) for one in planned)


def test_a_plan_that_forgets_the_working_hours_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The seeded fault: a duty is no longer kept within its part of the day."""
    monkeypatch.setattr(module, "within", lambda at, first, last: at)
    with pytest.raises(AssertionError):
        test_each_duty_lies_inside_the_day_and_none_comes_twice()


@given(st.integers(-120, 120))
def test_when_the_hours_change_the_duties_follow(minutes: int) -> None:
    """A day that begins later by so many minutes has every duty of its opening later by as many."""
    moved = [module.shifted(at, minutes) for at in (time(8, 30), time(17, 30), time(9), time(17))]
    times = Times(True, *moved)
    for duty in (Duty(part="BEFORE", offset=-15), Duty(every=120), Duty(part="AFTER", anchor="WORK_TO")):
        assert dues(duty, times) == [module.shifted(at, minutes) for at in dues(duty)]


def test_a_shut_day_has_no_duties() -> None:
    assert dues(Duty(), replace(USUAL, is_open=False)) == dues(Duty(), Times()) == []


def test_a_duty_of_every_two_hours_comes_until_the_doors_close() -> None:
    planned = rules.plan_duties([Duty(every=120)], times=USUAL, day=DAY, is_open=WEEKDAYS)
    assert [(one.begins, one.due) for one in planned] == [(time(hour), time(hour + 2)) for hour in (9, 11, 13, 15)]
    short = replace(USUAL, open_to=time(10), work_to=time(10, 30))
    assert dues(Duty(every=120), short) == [time(10)]


@pytest.mark.parametrize("rhythm", ["WEEKLY", "MONTHLY", "QUARTERLY"])
@given(
    number=st.integers(1, 92),
    day=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    shut=st.sets(st.integers(0, 6), max_size=6),
)
def test_a_duty_of_a_period_comes_once_in_it(rhythm: str, number: int, day: date, shut: set[int]) -> None:
    """On an open day, however the counter's week looks."""
    first, last = rules.period_of(rhythm, day)
    is_open: Callable[[date], bool] = lambda one: one.weekday() not in shut  # noqa: E731
    days = [first + timedelta(step) for step in range((last - first).days + 1)]
    on = [one for one in days if rules.is_due_on(Duty(rhythm=rhythm, number=number), one, is_open)]
    assert len(on) == 1 and is_open(on[0])


def test_a_weekly_duty_waits_for_the_counter_to_open() -> None:
    monday = Duty(rhythm="WEEKLY", number=1)
    closed_mondays: Callable[[date], bool] = lambda day: 0 < day.weekday() < 5  # noqa: E731
    assert not rules.is_due_on(monday, DAY, closed_mondays)
    assert rules.is_due_on(monday, DAY + timedelta(1), closed_mondays)


OCTOBER = {date(2026, 10, day): "HOLIDAY" for day in range(1, 8)} | {date(2026, 10, 10): "WORKDAY"}


def test_long_holidays_are_runs_of_days_off_with_a_holiday_in_them() -> None:
    around = date(2026, 9, 15), date(2026, 10, 31)
    assert list(rules.long_breaks(*around, OCTOBER, 3)) == [(date(2026, 10, 1), date(2026, 10, 7))]
    assert list(rules.long_breaks(*around, OCTOBER, 8)) == []
    assert list(rules.long_breaks(*around, {}, 2)) == []


def test_a_holiday_on_friday_makes_a_long_weekend() -> None:
    assert list(rules.long_breaks(DAY, DAY + timedelta(7), {date(2026, 11, 27): "HOLIDAY"}, 3)) == [
        (date(2026, 11, 27), date(2026, 11, 29))
    ]


def test_duties_around_a_holiday_stand_on_the_open_days_beside_it() -> None:
    long = ((date(2026, 10, 1), date(2026, 10, 7)),)
    is_open: Callable[[date], bool] = lambda day: day.weekday() < 5 and day not in OCTOBER  # noqa: E731
    before, after = Duty(rhythm="BEFORE_HOLIDAY"), Duty(rhythm="AFTER_HOLIDAY")
    assert rules.is_due_on(before, date(2026, 9, 30), is_open, long)
    assert not rules.is_due_on(before, date(2026, 9, 29), is_open, long)
    assert rules.is_due_on(after, date(2026, 10, 8), is_open, long)
    assert not rules.is_due_on(after, date(2026, 10, 9), is_open, long)


# ---------------------------------------------------------------- the catalogue
@dataclass(frozen=True)
class Kept:
    code: str
    path: str
    from_date: date
    is_retired: bool = False
    position: int = 1


def test_the_nearest_unit_decides_and_of_it_the_latest_day() -> None:
    old, new = Kept("a", "HQ/", date(2021, 1, 1)), Kept("a", "HQ/", date(2026, 1, 1))
    own = Kept("a", "HQ/P1/", date(2025, 1, 1))
    assert rules.in_force([old, new], "HQ/P1/", date(2025, 6, 1)) == (old,)
    assert rules.in_force([old, new], "HQ/P1/", DAY) == (new,)
    assert rules.in_force([old, new, own], "HQ/P1/C11/", DAY) == (own,)
    assert rules.in_force([old, new, own], "HQ/P2/", DAY) == (new,)


def test_what_is_retired_is_no_more_from_its_day_on() -> None:
    rows = [Kept("a", "HQ/", date(2021, 1, 1)), Kept("a", "HQ/P1/", date(2026, 11, 1), is_retired=True)]
    assert rules.in_force(rows, "HQ/P1/", date(2026, 10, 31)) == (rows[0],)
    assert rules.in_force(rows, "HQ/P1/", DAY) == ()
    assert rules.in_force(rows, "HQ/P2/", DAY) == (rows[0],)


# ---------------------------------------------------------------- rounds
def test_there_are_three_rounds_and_the_peaks_lie_in_their_windows() -> None:
    planned = rules.plan_rounds(book().policy(DAY), times=USUAL, morning=time(10, 30), afternoon=None)
    assert [(one.slot, one.begins, one.due) for one in planned] == [
        ("BEFORE", time(8, 30), time(9)),
        ("MORNING", time(9, 45), time(11, 15)),
        ("AFTERNOON", time(14, 15), time(15, 45)),
    ]


def test_a_peak_outside_the_opening_hours_has_no_round() -> None:
    morning_only = replace(USUAL, open_to=time(12), work_to=time(12, 30))
    planned = rules.plan_rounds(book().policy(DAY), times=morning_only, morning=None, afternoon=None)
    assert [one.slot for one in planned] == ["BEFORE", "MORNING"]
    assert rules.plan_rounds(book().policy(DAY), times=Times(is_open=False), morning=None, afternoon=None) == ()


@given(hours(), st.times(), st.times())
def test_every_round_is_walked_within_opening_hours_or_before(times: Times, morning: time, afternoon: time) -> None:
    planned = rules.plan_rounds(book().policy(DAY), times=times, morning=morning, afternoon=afternoon)
    assert all(one.begins <= one.due <= times.open_to for one in planned)  # type: ignore[operator]  # hours are given
    assert all(one.begins >= times.open_from for one in planned if one.slot != "BEFORE")  # type: ignore[operator]


@dataclass(frozen=True)
class Peak:
    day_kind: str
    from_date: date


def test_peaks_of_a_kind_of_day_come_before_those_of_all() -> None:
    rows = [Peak("", date(2026, 11, 1)), Peak("SATURDAY", date(2026, 1, 1)), Peak("", date(2026, 12, 1))]
    assert rules.peaks_in_force(rows, "WORKDAY", DAY) == rows[0]
    assert rules.peaks_in_force(rows, "SATURDAY", DAY) == rows[1]
    assert rules.peaks_in_force([], "WORKDAY", DAY) is None
