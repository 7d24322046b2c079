"""What each person has to do now at a unit, and what happened there today. Every row is read through the actor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from guimian.base.access import Actor
from guimian.base.models import JournalEntry
from guimian.base.ui.parts import Entry

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

MOST_ENTRIES = 20


@dataclass(frozen=True)
class HomePage:
    """Today at one unit."""

    unit: Unit
    day: date
    entries: tuple[Entry, ...]


def home_page(actor: Actor, unit: Unit, now: datetime) -> HomePage:
    day = unit.local_day(now)
    return HomePage(unit, day, entries_of(actor, unit, day))


def entries_of(actor: Actor, unit: Unit, day: date) -> tuple[Entry, ...]:
    """What happened on the local day at and below the unit, newest first, at most MOST_ENTRIES. One query."""
    start = datetime.combine(day, time.min, unit.zone)
    rows = JournalEntry.objects.filter(
        actor.within(), unit__path__startswith=unit.path, at__gte=start, at__lt=start + timedelta(days=1)
    )
    newest = rows.select_related("by", "unit").order_by("-at", "-pk")[:MOST_ENTRIES]
    return tuple(Entry(row.at, row.event, row.by.label if row.by else "", row.unit.label) for row in newest)
