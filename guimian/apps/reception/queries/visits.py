"""Visits as staff see them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from guimian.apps.reception.models import Ticket
from guimian.base.access import Actor

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

TICKET_STATES = Ticket.State.choices


def visits_visible_to(actor: Actor, under: Unit) -> QuerySet[Ticket]:
    """The visits at and below the unit within reach, the newest first."""
    rows = Ticket.objects.filter(actor.within(), unit__path__startswith=under.path)
    return rows.select_related("unit", "service", "seat__window", "seat__teller", "rating").order_by(
        "-issued_at", "-pk"
    )


def ticket_of(unit: Unit, pk: int) -> Ticket:
    """A ticket of this unit. Raises ObjectDoesNotExist."""
    return Ticket.objects.select_related("unit", "service", "seat__window", "seat__teller").get(unit=unit, pk=pk)


def unfinished_visits(unit: Unit, day: date) -> QuerySet[Ticket]:
    """Who waits, is called or is being served on the day: nobody may, before the counter closes (R5.3)."""
    states = (Ticket.State.WAITING, Ticket.State.CALLED, Ticket.State.SERVING)
    rows = Ticket.objects.filter(unit=unit, day=day, state__in=states)
    return rows.select_related("seat__window").order_by("letter", "number")
