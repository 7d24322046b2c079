"""The State's calendar. It holds no unit's secrets: everybody who is signed in may read it."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from guimian.apps.calendar import rules
from guimian.apps.calendar.models import CalendarDay, CalendarYear
from guimian.base.templatetags.ui import language

MARKS = CalendarDay.Kind.choices
LIBRARY = "chinesecalendar"  # the source of a year that was put in as announced


@dataclass(frozen=True)
class Day:
    """One day of the calendar: its kind, and the mark and name when the State has given it one."""

    day: date
    kind: str
    mark: str
    name: str
    in_month: bool
    is_today: bool

    @property
    def is_off(self) -> bool:
        return self.kind != "WORKDAY"


@dataclass(frozen=True)
class Month:
    """A month in weeks from Monday to Sunday."""

    first: date
    weeks: tuple[tuple[Day, ...], ...]
    working_days: int


@dataclass(frozen=True)
class YearPage:
    """A year of twelve months. Where it is not confirmed its weekdays count."""

    year: int
    is_confirmed: bool
    source: str
    months: tuple[Month, ...]
    marked: int

    @property
    def source_text(self) -> str:
        """Where the year's holidays are from, in words."""
        return _("read from the library chinesecalendar") if self.source == LIBRARY else self.source

    @property
    def working_days(self) -> int:
        return sum(month.working_days for month in self.months)


def name_of(row: CalendarDay) -> str:
    """The name in the language of the page."""
    return row.name_en if row.name_en and language() == "en" else row.name


def mark_on(day: date) -> CalendarDay | None:
    """What the State says about the day; None when it is what its weekday says. One query."""
    return CalendarDay.objects.filter(day=day).first()


def marks_between(first: date, last: date) -> dict[date, str]:
    """The marks of the days from `first` to `last`, both included: what the rules want. One query."""
    return dict(CalendarDay.objects.filter(day__range=(first, last)).values_list("day", "kind"))


def day_kind(day: date) -> str:
    """The kind of the day: WORKDAY, SATURDAY, SUNDAY or HOLIDAY. One query."""
    return rules.kind_of_day(day, marks_between(day, day))


def marked_days(year: int) -> QuerySet[CalendarDay]:
    """The holidays and make-up workdays of a year, in order."""
    return CalendarDay.objects.filter(day__year=year).order_by("day")


def month(year: int, number: int, today: date | None = None) -> Month:
    """One month with the days around it that fill its weeks. One query. Raises ValueError for no month of any calendar."""
    if not MINYEAR < year < MAXYEAR:
        raise ValueError(year)
    first = date(year, number, 1)
    last = date(year, number, calendar.monthrange(year, number)[1])
    rows = {row.day: row for row in CalendarDay.objects.filter(day__range=(first, last))}
    return _month(year, number, rows, today)


def year_page(year: int, today: date) -> YearPage:
    """A year's twelve months. Two queries. Raises ValueError for a year of no calendar."""
    if not MINYEAR < year < MAXYEAR:
        raise ValueError(year)
    rows = {row.day: row for row in marked_days(year)}
    stated = CalendarYear.objects.filter(year=year).first()
    return YearPage(
        year=year,
        is_confirmed=bool(stated and stated.is_confirmed),
        source=stated.source if stated else "",
        months=tuple(_month(year, number, rows, today) for number in range(1, 13)),
        marked=len(rows),
    )


def _month(year: int, number: int, rows: Mapping[date, CalendarDay], today: date | None) -> Month:
    marks = {day: row.kind for day, row in rows.items()}
    weeks = tuple(
        tuple(_day(day, number, rows, marks, today) for day in week)
        for week in calendar.Calendar().monthdatescalendar(year, number)
    )
    working = sum(1 for week in weeks for day in week if day.in_month and not day.is_off)
    return Month(date(year, number, 1), weeks, working)


def _day(
    day: date, number: int, rows: Mapping[date, CalendarDay], marks: Mapping[date, str], today: date | None
) -> Day:
    row = rows.get(day)
    return Day(
        day=day,
        kind=rules.kind_of_day(day, marks),
        mark=row.kind if row else "",
        name=name_of(row) if row else "",
        in_month=day.month == number,
        is_today=day == today,
    )


def unconfirmed_years(day: date) -> tuple[int, ...]:
    """Which of this year and the next one the State has not announced, as far as the house knows. One query."""
    years = (day.year, day.year + 1)
    known = set(CalendarYear.objects.filter(year__in=years, is_confirmed=True).values_list("year", flat=True))
    return tuple(year for year in years if year not in known)
