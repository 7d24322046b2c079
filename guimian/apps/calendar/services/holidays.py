"""The State's calendar: holidays and make-up workdays, kept by headquarters for the whole company (R2.3)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from chinese_calendar import constants
from django.db import transaction
from django.utils.translation import gettext as _

from guimian.apps.calendar import rules
from guimian.apps.calendar.models import CalendarDay, CalendarYear
from guimian.apps.calendar.queries.state import LIBRARY
from guimian.base import journal
from guimian.base.errors import Unable
from guimian.base.live import publish

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit

Kind = CalendarDay.Kind
TOPIC = "calendar.year"
MOST_DAYS = 31  # of one holiday
#: name in the library -> name in Chinese
NAMES = {holiday.value: holiday.chinese for holiday in constants.Holiday}


class UnableToSetHoliday(Unable):
    """The calendar is kept at headquarters, and what has passed stays as it was."""


class UnableToConfirmYear(Unable):
    """The calendar is kept at headquarters."""


def set_holiday(
    *,
    unit: Unit,
    day: date,
    kind: str,
    name: str,
    by: Person | None,
    now: datetime,
    name_en: str = "",
    last: date | None = None,
) -> None:
    """Mark the days from `day` to `last` as a holiday or as make-up workdays, or change their marks. `unit` is headquarters.

    Raises UnableToSetHoliday for a day that has begun, a span that ends before it starts or is too long, or a make-up
    workday that is none.
    """
    last = last or day
    with transaction.atomic():
        _may_mark(unit, day, now)
        _may_span(day, last, kind)
        days = list(rules.days_between(day, last))
        standing = {row.day: row for row in CalendarDay.objects.select_for_update().filter(day__in=days)}
        before = {row.day.isoformat(): f"{row.kind} {row.name}" for row in standing.values()}
        given = {"kind": kind, "name": name, "name_en": name_en}
        rows = [CalendarDay.objects.update_or_create(day=one, defaults=given)[0] for one in days]
        journal.record(
            unit=unit,
            by=by,
            event="calendar.holiday.set",
            subject=rows[0],
            now=now,
            before=before or None,
            after={"day": day, "last": last, "kind": kind, "name": name},
        )
        publish(TOPIC, unit)


def _may_span(day: date, last: date, kind: str) -> None:
    span = (last - day).days + 1
    if not 1 <= span <= MOST_DAYS:
        raise UnableToSetHoliday(
            _("The last day is not before the first, and a holiday is not that long."),
            clause="R2.3",
            found=span,
            wanted=f"1–{MOST_DAYS}",
        )
    if kind == Kind.WORKDAY:
        for one in rules.days_between(day, last):
            if one.weekday() < 5:
                raise UnableToSetHoliday(_("A make-up workday is a Saturday or a Sunday."), clause="R2.3", found=one)


def remove_holiday(*, unit: Unit, day: date, by: Person | None, now: datetime) -> None:
    """Let a day be what its weekday says. Raises UnableToSetHoliday when it begun already or carries no mark."""
    with transaction.atomic():
        _may_mark(unit, day, now)
        row = CalendarDay.objects.select_for_update().filter(day=day).first()
        if row is None:
            raise UnableToSetHoliday(_("The day carries no mark."), clause="R2.3", found=day)
        journal.record(
            unit=unit,
            by=by,
            event="calendar.holiday.removed",
            subject=row,
            now=now,
            before={"day": day, "kind": row.kind, "name": row.name},
        )
        row.delete()
        publish(TOPIC, unit)


def _may_mark(unit: Unit, day: date, now: datetime) -> None:
    if unit.parent_id is not None:
        raise UnableToSetHoliday(_("Headquarters keep the calendar of the whole company."), clause="R2.3")
    today = unit.local_day(now)
    if day <= today:
        message = _("A day that has begun stays as it was.")
        raise UnableToSetHoliday(message, clause="R2.3", found=day, wanted=_("a later day than today"))


def confirm_year(*, unit: Unit, year: int, source: str, by: Person | None, now: datetime) -> CalendarYear:
    """Say that the State has announced the year's holidays and that they stand here. `source` names the notice.

    Raises UnableToConfirmYear elsewhere than at headquarters, or without a holiday in the year.
    """
    if unit.parent_id is not None:
        raise UnableToConfirmYear(_("Headquarters keep the calendar of the whole company."), clause="R2.3")
    with transaction.atomic():
        marked = CalendarDay.objects.filter(day__year=year).exclude(kind=Kind.WORKDAY).count()
        if not marked:
            message = _("Mark the year's holidays first.")
            raise UnableToConfirmYear(message, clause="R2.3", found=marked, wanted=_("the holidays as announced"))
        row, _made = CalendarYear.objects.update_or_create(year=year, defaults={"is_confirmed": True, "source": source})
        journal.record(
            unit=unit,
            by=by,
            event="calendar.year.confirmed",
            subject=row,
            now=now,
            after={"year": year, "source": source, "holidays": marked},
        )
        publish(TOPIC, unit)
    return row


def announced(year: int) -> list[CalendarDay]:
    """The year as the State announced it, from the library (2004 to 2026); empty for a year it does not know.

    It does not tell statutory days from the days around them: whoever needs that marks it by hand.
    """
    off = {day: (Kind.HOLIDAY, name) for day, name in constants.holidays.items() if day.year == year}
    work = {day: (Kind.WORKDAY, name) for day, name in constants.workdays.items() if day.year == year}
    return [
        CalendarDay(day=day, kind=kind, name=NAMES.get(name, name), name_en=name)
        for day, (kind, name) in sorted((off | work).items())
        if kind == Kind.HOLIDAY or day.weekday() >= 5
    ]


def seed_year(*, unit: Unit, year: int, by: Person | None, now: datetime) -> int:
    """Put in a year's holidays as announced and confirm it; a day that is marked already keeps its mark.

    Says how many days were made. A year that the library does not know stays unconfirmed: its weekdays count, until
    headquarters mark its holidays. Raises UnableToConfirmYear elsewhere than at headquarters.
    """
    if unit.parent_id is not None:
        raise UnableToConfirmYear(_("Headquarters keep the calendar of the whole company."), clause="R2.3")
    with transaction.atomic():
        standing = set(CalendarDay.objects.filter(day__year=year).values_list("day", flat=True))
        rows = [row for row in announced(year) if row.day not in standing]
        CalendarDay.objects.bulk_create(rows, ignore_conflicts=True)  # somebody may do the same just now
        known = bool(rows or standing)
        row, made = CalendarYear.objects.get_or_create(
            year=year, defaults={"is_confirmed": known, "source": LIBRARY if known else ""}
        )
        if rows or made:
            journal.record(
                unit=unit,
                by=by,
                event="calendar.year.seeded",
                subject=row,
                now=now,
                after={"year": year, "days": len(rows), "confirmed": row.is_confirmed},
            )
            publish(TOPIC, unit)
    return len(rows)
