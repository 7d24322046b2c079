"""The page for the door. Working hours are never published (R1.3): nothing here ever reads them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from guimian.apps.calendar import rules
from guimian.apps.calendar.models import CalendarDay, Hours
from guimian.apps.calendar.queries.hours import DAY_KINDS
from guimian.apps.calendar.queries.state import name_of
from guimian.base.access import unit_model

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

AHEAD = timedelta(days=60)  # how far the page for the door looks
#: All that is read of hours.
PUBLISHED = ("day_kind", "from_date", "is_open", "open_from", "open_to")


@dataclass(frozen=True)
class DoorHours:
    """What the door says of one kind of day; no times: shut. `from_date` is told of hours that have not begun."""

    label: str
    open_from: time | None
    open_to: time | None
    from_date: date | None = None


@dataclass(frozen=True)
class DoorDays:
    """Days soon, in a row, that are not what their weekdays say."""

    first: date
    last: date
    name: str
    made_up: bool  # worked on, to make up for a holiday
    open_from: time | None
    open_to: time | None


@dataclass(frozen=True)
class DoorPage:
    """Name, address and opening hours: what stands on the door anyway, and nothing else. `since`: how long they hold."""

    label: str
    address: str
    since: date | None
    hours: tuple[DoorHours, ...]
    later: tuple[DoorHours, ...]
    soon: tuple[DoorDays, ...]


def counter_at_door(code: str, day: date) -> Unit | None:
    """A counter in operation on the day, past no guard: its name hangs in the street."""
    here = Q(opened_on=None) | Q(opened_on__lte=day)
    there = Q(closed_on=None) | Q(closed_on__gt=day)
    return unit_model().objects.filter(here, there, code=code, level="COUNTER").first()


def door_page(unit: Unit, day: date) -> DoorPage:
    """Opening hours in force, those to come, and the marked days of the next weeks. Two queries."""
    rows = list(Hours.objects.filter(unit=unit, from_date__lte=day + AHEAD).only(*PUBLISHED).order_by("from_date"))
    labels = {kind: str(label) for kind, label in DAY_KINDS}
    found = [row for kind in labels if (row := rules.in_force(rows, kind, day))]
    return DoorPage(
        label=unit.label,
        address=unit.address,
        since=max((row.from_date for row in found), default=None),
        hours=tuple(DoorHours(labels[row.day_kind], *_doors(row)) for row in found),
        later=tuple(
            DoorHours(labels[row.day_kind], *_doors(row), row.from_date) for row in rows if row.from_date > day
        ),
        soon=tuple(_in_a_row(_special_days(rows, day))),
    )


def _doors(row: Hours) -> tuple[time | None, time | None]:
    return (row.open_from, row.open_to) if row.is_open else (None, None)


def _special_days(rows: Iterable[Hours], day: date) -> Iterable[DoorDays]:
    """The marked days ahead, one by one; those whose hours nobody has set are left out."""
    rows = list(rows)
    for mark in CalendarDay.objects.filter(day__range=(day, day + AHEAD)).order_by("day"):
        row = rules.in_force(rows, rules.kind_of_day(mark.day, {mark.day: mark.kind}), mark.day)
        if row is not None:
            yield DoorDays(mark.day, mark.day, name_of(mark), mark.kind == CalendarDay.Kind.WORKDAY, *_doors(row))


def _in_a_row(days: Iterable[DoorDays]) -> list[DoorDays]:
    """Neighbours that say the same become one line."""
    joined: list[DoorDays] = []
    for one in days:
        before = joined[-1] if joined else None
        if before and one == replace(before, first=one.first, last=one.last) and (one.first - before.last).days == 1:
            joined[-1] = replace(before, last=one.last)
        else:
            joined.append(one)
    return joined
