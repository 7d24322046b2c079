"""The demo company's hours, State calendar and business days. Made by the services, sensible at any time of any day.

The days go on: whenever the demo is started, days that were left open are closed at their own closing time and today's
are opened, but for the counters that show what is late. These three are open on every kind of day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from guimian.apps.calendar import queries, rules, services
from guimian.apps.calendar.rules import Times
from guimian.apps.organisation import queries as organisation
from guimian.base.access import Role

if TYPE_CHECKING:
    from guimian.apps.calendar.models import BusinessDay
    from guimian.apps.organisation.models import Person, Unit

FIRST_YEAR = 2025
NOT_OPENED = "K32010102"  # nobody has opened it today
CLOSING = "K51010201"  # its closing has begun
LEFT_OPEN = "K32050101"  # an earlier day was never closed
CHANGES_SOON = "K51070101"  # longer hours from a later day on
SOON = timedelta(days=10)
PAST_DAYS = 2  # business days of each counter before today
EARLY, LASTS, JUST = timedelta(minutes=12), timedelta(minutes=25), timedelta(minutes=5)
SHUT = Times(is_open=False)


def usual(work: str, doors: str, banks: str = "17:00") -> Times:
    """`usual("08:30-17:30", "09:00-16:30")`"""
    ends = [time.fromisoformat(part) for span in (work, doors) for part in span.split("-")]
    return Times(True, ends[0], ends[1], ends[2], ends[3], time.fromisoformat(banks) if banks else None)


WEEKEND = usual("09:00-16:30", "09:30-16:00", "")
#: Hours on workdays, Saturdays, Sundays and holidays, by the class of a counter, or by its code where it has its own.
HOURS: dict[str, tuple[Times, Times, Times, Times]] = {
    "FLAGSHIP": (usual("08:30-17:30", "09:00-16:30"), WEEKEND, WEEKEND, usual("09:30-15:30", "10:00-15:00", "")),
    "LARGE": (usual("08:30-17:30", "09:00-16:30"), WEEKEND, WEEKEND, usual("09:30-15:30", "10:00-15:00", "")),
    "MEDIUM": (usual("08:30-17:00", "09:00-16:00", "16:30"), usual("09:00-12:30", "09:30-12:00", ""), SHUT, SHUT),
    "SMALL": (usual("08:30-17:00", "09:00-16:00", "16:30"), SHUT, SHUT, SHUT),
    "INNER": (usual("08:30-17:30", "09:00-16:30"), SHUT, SHUT, SHUT),
    "K32010201": (usual("08:00-17:00", "08:30-15:30", "16:00"), usual("08:30-12:00", "09:00-11:30", ""), SHUT, SHUT),
    "K32020102": (usual("08:30-17:00", "09:00-15:30", "16:00"), SHUT, SHUT, SHUT),
    "K51070102": (usual("08:30-16:30", "09:00-15:30", ""), SHUT, SHUT, SHUT),
}


def load(now: datetime) -> dict[str, int]:
    """Make what is missing and say how many of each were made; a second call on the same day makes nothing."""
    return plan(now) | live(now, list(organisation.every_counter()))


@transaction.atomic
def plan(now: datetime) -> dict[str, int]:
    """The State's calendar and the counters' hours."""
    units = list(organisation.every_unit())
    years = range(FIRST_YEAR, units[0].local_day(now).year + 2)
    marked = sum(services.seed_year(unit=units[0], year=year, by=None, now=now) for year in years)
    return {"marked days": marked, "hours": sum(hours_of(unit, now) for unit in units if unit.is_counter)}


@transaction.atomic
def live(now: datetime, counters: Sequence[Unit]) -> dict[str, int]:
    """The counters' days up to today."""
    day = counters[0].local_day(now)
    marks = queries.marks_between(day - timedelta(days=40), day)
    return {"business days": sum(days_of(unit, marks, now) for unit in counters)}


# ---------------------------------------------------------------- hours
def hours_of(unit: Unit, now: datetime) -> int:
    """Hours from the counter's first day on, and one change to come."""
    day = unit.local_day(now)
    standing = queries.hours_in_force(unit, day)
    own = HOURS.get(unit.code) or HOURS[unit.size]
    missing = [(kind, times) for kind, times in zip(rules.DAY_KINDS, own, strict=True) if kind not in standing]
    for kind, times in missing:
        services.set_hours(unit=unit, day_kind=kind, from_date=unit.opened_on or day, times=times, by=None, now=now)
    if missing and unit.code == CHANGES_SOON:
        longer = usual("08:00-17:30", "08:30-16:30")
        services.set_hours(unit=unit, day_kind="WORKDAY", from_date=day + SOON, times=longer, by=None, now=now)
        return len(missing) + 1
    return len(missing)


# ---------------------------------------------------------------- days
def days_of(unit: Unit, marks: rules.Marks, now: datetime) -> int:
    """Bring the counter's days up to today: close what was left open, live through the last days, open today's."""
    by = supervisor_of(unit, now)
    if by is None:
        return 0
    if queries.latest_day(unit) is None:
        return past_days(unit, by, marks, now) + open_today(unit, by, marks, now)
    standing = queries.business_day_of(unit, now)
    if standing is not None and standing.day < unit.local_day(now) and unit.code != LEFT_OPEN:
        close(standing, by, marks, now)
    return open_today(unit, by, marks, now)


def supervisor_of(unit: Unit, now: datetime) -> Person | None:
    day = unit.local_day(now)
    people = organisation.people_within(unit.path, day)
    return organisation.in_role(people, Role.SUPERVISOR, day, unit).first()


def past_days(unit: Unit, by: Person, marks: rules.Marks, now: datetime) -> int:
    """The last days that the counter was open by its hours; one counter forgot to close the last of them."""
    hours, today = queries.hours_in_force(unit, unit.local_day(now)), unit.local_day(now)
    all_days = rules.days_between(today - timedelta(days=15), today - timedelta(days=1))
    days = [day for day in all_days if hours[rules.kind_of_day(day, marks)].is_open][-PAST_DAYS:]
    for day in days:
        opens, _closes = doors(unit, day, marks)
        row = services.open_day(unit=unit, by=by, now=opens - EARLY)
        if unit.code != LEFT_OPEN or day != days[-1]:
            close(row, by, marks, now)
    return len(days)


def doors(unit: Unit, day: date, marks: rules.Marks) -> tuple[datetime, datetime]:
    """When the doors open and close on the day; noon where its hours do not say."""
    row = queries.hours_in_force(unit, day).get(rules.kind_of_day(day, marks))
    opens, closes = (row.open_from, row.open_to) if row else (None, None)
    noon = time(12)
    return datetime.combine(day, opens or noon, unit.zone), datetime.combine(day, closes or noon, unit.zone)


def close(row: BusinessDay, by: Person, marks: rules.Marks, now: datetime) -> None:
    """Close a day of the past at its own time, never before what happened in it."""
    _opens, closes = doors(row.unit, row.day, marks)
    closing = min(max(row.opened_at, closes), now)
    if row.state == "OPEN":
        services.start_closing(day=row, by=by, now=closing)
    services.close_day(day=row, by=by, now=min(max(row.closing_at or closing, closing + LASTS), now))


def open_today(unit: Unit, by: Person, marks: rules.Marks, now: datetime) -> int:
    """Open today's day where the doors are open by the hours, before they do, and never later than now."""
    day, hours = unit.local_day(now), queries.hours_on(unit, unit.local_day(now))
    skipped = unit.code == NOT_OPENED or hours is None or not hours.is_open
    if skipped or queries.business_day_of(unit, now) is not None:
        return 0
    opens, _closes = doors(unit, day, marks)
    midnight = datetime.combine(day, time.min, unit.zone)
    opened = max(min(opens - EARLY, now - EARLY), midnight)
    row = services.open_day(unit=unit, by=by, now=opened)
    if unit.code == CLOSING:
        services.start_closing(day=row, by=by, now=max(opened, now - JUST))
    return 1
