"""Weeks, months and quarters, and long holidays in the State's calendar. A period is its first and its last day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from guimian.apps.calendar import rules as calendar
from guimian.apps.calendar.rules import Marks

DAY = timedelta(days=1)
Period = tuple[date, date]


def week_of(day: date) -> Period:
    """Monday to Sunday."""
    first = day - timedelta(days=day.weekday())
    return first, first + timedelta(days=6)


def month_of(day: date) -> Period:
    first = day.replace(day=1)
    return first, (first + timedelta(days=31)).replace(day=1) - DAY


def quarter_of(day: date) -> Period:
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1)
    return first, month_of(first + timedelta(days=62))[1]


def period_of(rhythm: str, day: date) -> Period:
    """The week, month or quarter that the day lies in."""
    return {"WEEKLY": week_of, "MONTHLY": month_of, "QUARTERLY": quarter_of}[rhythm](day)


def long_breaks(first: date, last: date, marks: Marks, least: int) -> Iterator[Period]:
    """Runs of at least `least` days off in a row that hold a State holiday, begun from `first` to `last`.

    `marks` reach a fortnight beyond both ends.
    """
    day = first
    while day <= last:
        if calendar.is_working_day(day, marks) or not calendar.is_working_day(day - DAY, marks):
            day += DAY
            continue
        end = day
        while not calendar.is_working_day(end + DAY, marks):
            end += DAY
        held = any(marks.get(one) in calendar.DAYS_OFF for one in calendar.days_between(day, end))
        if held and (end - day).days + 1 >= least:
            yield day, end
        day = end + DAY
