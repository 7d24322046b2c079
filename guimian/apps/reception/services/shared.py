"""What the hall's services have in common."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext as _

from guimian.apps.calendar.queries import business_day_of
from guimian.apps.reception.models import Ticket
from guimian.base import journal
from guimian.base.errors import Unable
from guimian.base.live import publish

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit

TOPIC = "reception"
#: States of a business day in which the hall works; taking tickets ends when the closing begins (R5.3).
OPEN, WORKING = frozenset({"OPEN"}), frozenset({"OPEN", "CLOSING"})


def working_day(unit: Unit, now: datetime, error: type[Unable], states: frozenset[str] = WORKING) -> date:
    """The counter's business day when it is in one of the states; raises `error` else."""
    row = business_day_of(unit, now)
    if row is None or row.state not in states:
        raise error(
            _("The counter's day is not open."),
            clause="R5.3" if row else "R1.1",
            found=row.get_state_display() if row else _("Not opened yet"),
            wanted=_("open"),
        )
    return row.day


def tell(
    row: models.Model, unit: Unit, event: str, by: Person | None, now: datetime, reason: str = "", **after: Any
) -> None:
    """One journal row and one word to the open pages."""
    journal.record(unit=unit, by=by, event=event, subject=row, now=now, after=after or None, reason=reason)
    publish(TOPIC, unit)


def move(ticket: Ticket, states: tuple[Ticket.State, ...], error: type[Unable], **changes: Any) -> Ticket:
    """Take the ticket on from one of the states, unless somebody else has done so in this moment; raises `error` then."""
    moved = Ticket.objects.filter(pk=ticket.pk, state__in=states).update(**changes)
    if not moved:
        ticket.refresh_from_db()
        raise error(
            _("The number is in another state by now."),
            clause="R6.3",
            found=ticket.get_state_display(),
            wanted=", ".join(str(state.label) for state in states),
        )
    for name, value in changes.items():
        setattr(ticket, name, value)
    return ticket
