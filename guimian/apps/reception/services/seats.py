"""Who sits at which window."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from guimian.apps.reception.models import Seat, Ticket
from guimian.apps.reception.services.shared import tell, working_day
from guimian.base.errors import Unable

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit, Window


class UnableToTakeSeat(Unable):
    """The window is taken or closed, the teller sits elsewhere, or the day is not open."""


class UnableToLeaveSeat(Unable):
    """A customer is at the window, or the seat was left already."""


def take_seat(*, unit: Unit, window: Window, by: Person, now: datetime) -> Seat:
    """Sit down at a window and serve its line. One teller a window, one window a teller. Raises UnableToTakeSeat."""
    with transaction.atomic():
        day = working_day(unit, now, UnableToTakeSeat)
        if window.unit_id != unit.pk or window.is_closed(day):
            raise UnableToTakeSeat(_("This window is closed."), clause="R2.1", found=window.number)
        try:
            with transaction.atomic():
                seat = Seat.objects.create(unit=unit, day=day, window=window, teller=by, taken_at=now)
        except IntegrityError as error:
            raise _why_not(window, by) from error
        tell(seat, unit, "reception.seat.taken", by, now, window=window.number)
    return seat


def _why_not(window: Window, by: Person) -> UnableToTakeSeat:
    taken = Seat.objects.filter(window=window, left_at=None).select_related("teller").first()
    if taken is not None and taken.teller_id != by.pk:
        return UnableToTakeSeat(_("Somebody sits at this window."), clause="R2.1", found=taken.teller.label)
    own = Seat.objects.filter(teller=by, left_at=None).select_related("window").first()
    return UnableToTakeSeat(
        _("You sit at a window already: leave it first."), clause="R2.1", found=own.window.number if own else None
    )


def leave_seat(*, seat: Seat, by: Person, now: datetime) -> Seat:
    """Leave the window; its line goes on at the others. Raises UnableToLeaveSeat while a customer is there."""
    with transaction.atomic():
        if held := seat.tickets.filter(state__in=[Ticket.State.CALLED, Ticket.State.SERVING]).first():
            raise UnableToLeaveSeat(_("Finish with the customer first."), clause="R6.3", found=held.label)
        if not Seat.objects.filter(pk=seat.pk, left_at=None).update(left_at=now):
            raise UnableToLeaveSeat(_("The window was left already."), clause="R2.1")
        seat.left_at = now
        tell(seat, seat.unit, "reception.seat.left", by, now, window=seat.window.number)
    return seat
