"""What happened today, from the journal."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import reverse

from guimian.base.access import LEADERS, Actor
from guimian.base.journal.pages import event_titles, who
from guimian.base.models import JournalEntry
from guimian.base.ui.parts import Entry

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

MOST_ENTRIES = 12
#: What everybody at a unit may know of it; the rest of the journal is its leaders' and the doer's own.
OF_ALL = "calendar.day."
#: Calls and visits come by the hundred: the hall's own pages show them.
OF_THE_HALL = "reception."


def entries_of(actor: Actor, unit: Unit, day: date) -> tuple[Entry, ...]:
    """What happened on the unit's day at it and below it, newest first, at most MOST_ENTRIES. One query."""
    start = datetime.combine(day, time.min, unit.zone)
    leads = actor.within(roles=LEADERS)
    seen = leads | actor.within() & (Q(by=actor.user) | Q(event__startswith=OF_ALL))
    rows = JournalEntry.objects.filter(seen, unit__path__startswith=unit.path, at__gte=start)
    rows = rows.exclude(event__startswith=OF_THE_HALL)
    newest = rows.filter(at__lt=start + timedelta(days=1)).select_related("by", "unit").order_by("-at", "-pk")
    titles, reads = event_titles(), bool(actor.roles_at(unit.path) & LEADERS)
    return tuple(
        Entry(
            at=row.at,
            title=titles.get(row.event, row.event),
            who=who(row),
            text="" if row.unit_id == unit.pk else row.unit.label,
            url=reverse("journal:entry", args=[unit.code, row.pk]) if reads else "",
        )
        for row in newest[:MOST_ENTRIES]
    )
