"""The customer's own page: where the number stands, giving up, and the rating, also after the close."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from guimian.apps.reception import queries, services
from guimian.apps.reception.views.screens import WHY, context, own_ticket
from guimian.base import access
from guimian.base.errors import Unable

if TYPE_CHECKING:
    from guimian.apps.reception.models import Ticket


def shown(request: HttpRequest, ticket: Ticket, error: Unable | None = None) -> HttpResponse:
    page = queries.phone_page(ticket)
    said = context(request, ticket.unit, ticket.secret, page=page, error=error, scores=range(1, 6))
    return render(request, "reception/phone.html", said, status=422 if error else 200)


@access.public(reason=WHY)
@require_GET
@own_ticket()
def phone(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    return shown(request, ticket)


@access.public(reason=WHY)
@require_POST
@own_ticket()
def phone_leave(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """The customer gives up."""
    try:
        services.leave_line(ticket=ticket, by=None, now=timezone.now())
    except Unable as error:
        return shown(request, ticket, error)
    return redirect("screens:phone", ticket.secret)


@access.public(reason=WHY)
@require_POST
@own_ticket()
def phone_rate(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    """One to five stars."""
    try:
        services.rate_visit(ticket=ticket, score=score_of(request), way="PHONE", now=timezone.now())
    except Unable as error:
        return shown(request, ticket, error)
    return redirect("screens:phone", ticket.secret)


def score_of(request: HttpRequest) -> int:
    """The score that was touched; 0, which no service takes, for whatever is none."""
    said = request.POST.get("score", "")
    return int(said) if said in {"1", "2", "3", "4", "5"} else 0
