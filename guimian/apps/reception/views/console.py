"""The teller's console: take a window, call, serve, finish. Every deed is a post, answered with the page as it stands then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from guimian.apps.organisation.queries import window_of
from guimian.apps.reception import queries, services
from guimian.apps.reception.forms import RecordForm
from guimian.apps.reception.views.shared import SERVING, found, moment_at
from guimian.base import access
from guimian.base.access import GuardedRequest
from guimian.base.errors import Unable

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit
    from guimian.apps.reception.models import Seat, Ticket


@access.page(roles=SERVING)
@require_GET
def console(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """The window that one sits at, or those that can be taken."""
    return shown(request, unit, timezone.now())


@access.page(roles=SERVING)
@require_POST
def console_do(request: GuardedRequest, unit: Unit, deed: str) -> HttpResponse:
    """One of DEEDS, by whoever sits at the window."""
    now = timezone.now()
    moment_at(unit, now)
    if deed not in DEEDS:
        raise Http404(deed)
    try:
        said = DEEDS[deed](Asked(request, unit, request.actor.user, now))
    except Unable as error:
        return shown(request, unit, now, error=error)
    return shown(request, unit, now, said=said)


def shown(
    request: GuardedRequest,
    unit: Unit,
    now: datetime,
    *,
    said: str = "",
    error: Unable | None = None,
    form: RecordForm | None = None,
) -> HttpResponse:
    """The whole page; htmx takes from it the parts that it asked for."""
    here = moment_at(unit, now)
    page = queries.console_page(request.actor.user, unit, here.hall, now, here.figures)
    if form is None:
        visits = queries.visits_at_seat(page.seat)
        form = RecordForm(visits=visits, initial={"visit": str(visits[0].pk) if is_theirs(page, visits) else ""})
    refused = error is not None or bool(form.errors)
    context = {"unit": unit, "page": page, "form": form, "said": said, "error": error}
    return render(request, "reception/console.html", context, status=422 if refused else 200)


def is_theirs(page: queries.ConsolePage, visits: tuple[Ticket, ...]) -> bool:
    """Whether business is most likely of the seat's latest visit: it goes on, or nobody was called since."""
    return bool(visits) and page.ticket in (None, visits[0])


# ---------------------------------------------------------------- deeds
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
