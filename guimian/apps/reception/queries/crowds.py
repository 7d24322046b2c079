"""Who waits at many counters at once, counted by the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Min, Q

from guimian.apps.reception.models import Ticket
from guimian.apps.reception.queries.waits import over_limit
from guimian.base.access import Actor
from guimian.engines.policy import Policy

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

State = Ticket.State


@dataclass(frozen=True)
class Crowd:
    """A counter's day in counts. `over`: waits above the limit, whoever ended them; `over_now`: of those who wait still."""

    tickets: int = 0
    waiting: int = 0
    served: int = 0
    over: int = 0
    over_now: int = 0
    oldest: datetime | None = None  # since when the longest of those who wait now has waited


def crowds_below(actor: Actor, under: Unit, day: date, now: datetime, figures: Policy) -> Mapping[str, Crowd]:
    """By the path of the counter; a counter without a ticket is missing. One query; judged by the unit's own figures."""
    over, waits = over_limit(now, figures), Q(state=State.WAITING)
    tickets = Ticket.objects.filter(actor.within(), unit__path__startswith=under.path, day=day)
    counted = tickets.order_by().values("unit__path").annotate(
        tickets=Count("pk"),
        waiting=Count("pk", filter=waits),
        served=Count("pk", filter=Q(state=State.DONE)),
        over=Count("pk", filter=over),
        over_now=Count("pk", filter=over & waits),
        oldest=Min("issued_at", filter=waits),
    )  # fmt: skip
    return {
        row["unit__path"]: Crowd(
            row["tickets"], row["waiting"], row["served"], row["over"], row["over_now"], row["oldest"]
        )
        for row in counted
    }
