"""The teller's console: take a window, call, serve, finish. Every deed is a post, answered with the page as it stands then."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from guimian.apps.reception import queries
from guimian.apps.reception.forms import RecordForm
from guimian.apps.reception.views.deeds import DEEDS, Asked
from guimian.apps.reception.views.shared import SERVING, moment_at
from guimian.base import access
from guimian.base.access import GuardedRequest
from guimian.base.errors import Unable

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit
    from guimian.apps.reception.models import Ticket


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
