"""Calling, serving, finishing: one customer at a window at a time; the database lets one window win a number (R6.3)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from guimian.apps.reception import queries
from guimian.apps.reception.models import Seat, Ticket
from guimian.apps.reception.services.shared import move, tell
from guimian.base import policy
from guimian.base.errors import Unable

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person

State = Ticket.State
MOST_TRIES = 20  # other windows may take the same number in the same moment


class UnableToCall(Unable):
    """The seat is left, a customer is there already, or the number is not waiting."""


class UnableToStart(Unable):
    """The number is not called."""


class UnableToFinish(Unable):
    """The customer is not being served."""


class UnableToPassOver(Unable):
    """The number was not called often enough, or is not called at all."""


def call_next(*, seat: Seat, by: Person, now: datetime) -> Ticket | None:
    """Call whoever is next for the skills of this window and teller; None when nobody waits. Raises UnableToCall."""
    figures = policy.on(seat.day, seat.unit)
    for _turn in range(MOST_TRIES):
        ticket = queries.next_for(seat, figures)
        if ticket is None:
            return None
        try:
            return call_ticket(seat=seat, ticket=ticket, by=by, now=now)
        except UnableToCall:
            if free_seat(seat):  # the number went to another window: the next one
                continue
            raise
    raise UnableToCall(_("Other windows were faster: call again."), clause="R6.3")


def free_seat(seat: Seat) -> bool:
    """Whether the seat is held and nobody is at its window."""
    held = Seat.objects.filter(pk=seat.pk, left_at=None).exists()
    return held and not seat.tickets.filter(state__in=[State.CALLED, State.SERVING]).exists()


def call_ticket(*, seat: Seat, ticket: Ticket, by: Person, now: datetime, reason: str = "") -> Ticket:
    """Call this very number to the window: what `call_next` does, and what a supervisor may do out of turn, for a reason.

    Raises UnableToCall.
    """
    with transaction.atomic():
        if not free_seat(seat):
            raise UnableToCall(_("A customer is at this window, or it was left."), clause="R6.3")
        try:
            with transaction.atomic():
                move(ticket, (State.WAITING,), UnableToCall, state=State.CALLED, seat=seat, called_at=now, calls=1)
        except IntegrityError as error:
            raise UnableToCall(_("A customer is at this window, or it was left."), clause="R6.3") from error
        number, window = ticket.label, seat.window.number
        tell(ticket, seat.unit, "reception.ticket.called", by, now, reason, number=number, window=window)
    return ticket


def recall(*, ticket: Ticket, by: Person, now: datetime) -> Ticket:
    """Call the number once more. Raises UnableToCall unless it is called and has not come."""
    with transaction.atomic():
        move(ticket, (State.CALLED,), UnableToCall, calls=ticket.calls + 1)
        tell(ticket, ticket.unit, "reception.ticket.recalled", by, now, number=ticket.label, calls=ticket.calls)
    return ticket


def start_service(*, ticket: Ticket, by: Person, now: datetime) -> Ticket:
    """The customer has come to the window. Raises UnableToStart."""
    with transaction.atomic():
        move(ticket, (State.CALLED,), UnableToStart, state=State.SERVING, started_at=now)
        tell(ticket, ticket.unit, "reception.ticket.started", by, now, number=ticket.label)
    return ticket


def finish_service(*, ticket: Ticket, by: Person, now: datetime) -> Ticket:
    """The customer is served and says farewell (R6.1). Raises UnableToFinish."""
    with transaction.atomic():
        move(ticket, (State.SERVING,), UnableToFinish, state=State.DONE, ended_at=now)
        tell(ticket, ticket.unit, "reception.ticket.finished", by, now, number=ticket.label)
    return ticket


def pass_over(*, ticket: Ticket, by: Person, now: datetime) -> Ticket:
    """Nobody came: the number is passed over, after as many calls as the policy asks. Raises UnableToPassOver."""
    least = policy.on(ticket.day, ticket.unit).whole("reception.calls_before_missed")
    if ticket.calls < least:
        raise UnableToPassOver(
            _("Call the number again before you pass it over."), clause="R6.3", found=ticket.calls, wanted=least
        )
    with transaction.atomic():
        move(ticket, (State.CALLED,), UnableToPassOver, state=State.MISSED, ended_at=now)
        tell(ticket, ticket.unit, "reception.ticket.missed", by, now, number=ticket.label, calls=ticket.calls)
    return ticket
