"""What is done at a window, each deed by whoever sits there; each says what it did."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import Http404
from django.utils.translation import gettext as _

from guimian.apps.organisation.queries import window_of
from guimian.apps.reception import queries, services
from guimian.apps.reception.views.shared import found
from guimian.base.access import GuardedRequest

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit
    from guimian.apps.reception.models import Seat, Ticket


@dataclass(frozen=True)
class Asked:
    """Who asks for a deed, where and when."""

    request: GuardedRequest
    unit: Unit
    by: Person
    now: datetime

    @property
    def deed(self) -> dict[str, Any]:
        return {"by": self.by, "now": self.now}


def seat_held(asked: Asked) -> Seat:
    seat = queries.seat_of(asked.by, asked.unit)
    if seat is None:
        raise services.UnableToCall(_("Take a window first."), clause="R2.1")
    return seat


def customer(asked: Asked) -> Ticket:
    ticket = queries.ticket_at_seat(seat_held(asked))
    if ticket is None:
        raise services.UnableToCall(_("Nobody is at this window."), clause="R6.3")
    return ticket


def take(asked: Asked) -> str:
    number = asked.request.POST.get("window", "")
    if not (number.isascii() and number.isdigit() and len(number) < 5):
        raise Http404(number)
    window = found(window_of, asked.unit, int(number))
    services.take_seat(unit=asked.unit, window=window, **asked.deed)
    return _("Window %(number)s is yours.") % {"number": window.number}


def leave(asked: Asked) -> str:
    seat = services.leave_seat(seat=seat_held(asked), **asked.deed)
    return _("You left window %(number)s.") % {"number": seat.window.number}


def call(asked: Asked) -> str:
    ticket = services.call_next(seat=seat_held(asked), **asked.deed)
    return "" if ticket else _("Nobody waits for what this window serves.")


def again(asked: Asked) -> str:
    ticket = services.recall(ticket=customer(asked), **asked.deed)
    return _("%(number)s is called again.") % {"number": ticket.label}


def came(asked: Asked) -> str:
    services.start_service(ticket=customer(asked), **asked.deed)
    return ""


def finish(asked: Asked) -> str:
    ticket = services.finish_service(ticket=customer(asked), **asked.deed)
    return _("%(number)s is served.") % {"number": ticket.label}


def miss(asked: Asked) -> str:
    ticket = services.pass_over(ticket=customer(asked), **asked.deed)
    return _("%(number)s is passed over.") % {"number": ticket.label}


DEEDS: Mapping[str, Callable[[Asked], str]] = {
    "take": take, "leave": leave, "next": call, "again": again, "came": came, "finish": finish, "miss": miss,
}  # fmt: skip
