"""What is done every few minutes: plans made where they are missing, what was missed sent up."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from guimian.apps.routines import queries
from guimian.apps.routines.services.duties import make_duties, miss_duties
from guimian.apps.routines.services.missed_rounds import miss_rounds


def tend(*, now: datetime) -> dict[str, int]:
    """Make the duties of today's counters, each by its own clock, then send up what was missed. Repeatable."""
    made = sum(make_day(day, now) for day in days_around(now))
    return {"made": made, "missed": miss_duties(now=now) + miss_rounds(now=now)}


def make_day(day: date, now: datetime) -> int:
    units = [unit for unit in queries.counters_without_plan(day) if unit.local_day(now) == day]
    if not units:
        return 0
    known = queries.known_on(day)
    return sum(make_duties(unit=unit, day=day, now=now, known=known) for unit in units)


def days_around(now: datetime) -> list[date]:
    """The days it can be anywhere."""
    return sorted({(now + timedelta(hours=hours)).date() for hours in (-12, 0, 14)})
