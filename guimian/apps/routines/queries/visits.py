"""The quarter's round of the counters (R1.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from guimian.apps.routines import rules
from guimian.apps.routines.models import Visit
from guimian.apps.routines.queries.duties import Stand
from guimian.base.access import Actor

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit


def visits_visible_to(actor: Actor, under: Unit) -> QuerySet[Visit]:
    """The visits at and below the unit within reach, by the day they are due."""
    rows = Visit.objects.filter(actor.within(), unit__path__startswith=under.path)
    return rows.select_related("unit", "officer", "visited_by").order_by("-quarter", "due_on", "unit__path")


def visit_of(actor: Actor, unit: Unit, pk: int) -> Visit | None:
    """A visit at or below the unit, past the guard."""
    return visits_visible_to(actor, unit).filter(pk=pk).first()


def visit_stand(row: Visit, day: date) -> Stand:
    """Where a visit stands on the day, in words."""
    if row.visited_on is not None:
        late = row.visited_on > row.due_on
        return Stand("LATE", _("Visited late")) if late else Stand("DONE", _("Visited"))
    if row.missed_at is not None:
        return Stand("MISSED", _("Not visited"))
    return Stand("OVERDUE", _("Overdue")) if row.due_on < day else Stand("DUE", _("To visit"))


@dataclass(frozen=True)
class Progress:
    """How far a quarter's round has come."""

    quarter: date
    counters: int
    visited: int
    overdue: int


def progress(actor: Actor, under: Unit, day: date) -> Progress:
    """The quarter of the day at and below the unit. One query."""
    quarter = rules.quarter_of(day)[0]
    found = (
        visits_visible_to(actor, under)
        .filter(quarter=quarter)
        .order_by()
        .aggregate(
            counters=Count("pk"),
            visited=Count("pk", filter=~Q(visited_on=None)),
            overdue=Count("pk", filter=Q(visited_on=None, due_on__lt=day)),
        )
    )
    return Progress(quarter, **found)


def visits_due(actor: Actor, under: Unit, day: date) -> QuerySet[Visit]:
    """The actor's own visits of this quarter that are not made."""
    rows = visits_visible_to(actor, under).filter(quarter=rules.quarter_of(day)[0], visited_on=None)
    return rows.filter(officer=actor.user)
