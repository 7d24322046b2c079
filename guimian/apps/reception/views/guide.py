"""The guide's page: tickets for customers at the door, the line, and who is to be comforted (R6.3, R6.5)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from guimian.apps.reception import queries, services
from guimian.apps.reception.views.shared import (
    GUIDING,
    address_of,
    found,
    key_asked,
    moment_at,
    new_key,
    qr_of,
    service_asked,
)
from guimian.base import access
from guimian.base.access import GuardedRequest
from guimian.base.errors import Unable

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit
    from guimian.apps.reception.models import Ticket

CLASSES = ("NORMAL", "OLDER", "DISABLED", "VIP")  # an appointment is kept elsewhere


@access.page(roles=GUIDING)
@require_GET
def guide(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """Services to issue tickets for, and the line."""
    return shown(request, unit)


@access.page(roles=GUIDING)
@require_POST
def guide_issue(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """A ticket for a customer at the door; the same form sent twice gives the same one."""
    now = timezone.now()
    moment_at(unit, now)
    service, priority = service_asked(request), request.POST.get("priority", "NORMAL")
    if priority not in CLASSES:
        raise Http404(priority)
    by = request.actor.user
    try:
        ticket = services.issue_ticket(
            unit=unit,
            service=service,
            priority=priority,
            source="GUIDE",
            key=f"g{by.pk}.{key_asked(request)}",
            by=by,
            now=now,
        )
    except Unable as error:
        return shown(request, unit, error=error)
    return shown(request, unit, ticket=ticket)


@access.page(roles=GUIDING)
@require_POST
def guide_left(request: GuardedRequest, unit: Unit, ticket: int) -> HttpResponse:
    """The customer gives up and says so."""
    row = found(queries.ticket_of, unit, ticket)
    try:
        services.leave_line(ticket=row, by=request.actor.user, now=timezone.now())
    except Unable as error:
        return shown(request, unit, error=error)
    return shown(request, unit, said=_("%(number)s has left the line.") % {"number": row.label})


@access.page(roles=GUIDING)
@require_GET
def slip(request: GuardedRequest, unit: Unit, ticket: int) -> HttpResponse:
    """A ticket to print or to be scanned."""
    row = found(queries.ticket_of, unit, ticket)
    return render(request, "reception/slip.html", {"unit": unit, "ticket": row, **slip_of(request, row)})


def slip_of(request: GuardedRequest, ticket: Ticket) -> dict[str, Any]:
    return {"slip": queries.phone_page(ticket), "qr": qr_of(address_of(request, "phone", ticket.secret))}


def shown(
    request: GuardedRequest, unit: Unit, *, ticket: Ticket | None = None, said: str = "", error: Unable | None = None
) -> HttpResponse:
    now = timezone.now()
    here = moment_at(unit, now)
    line = queries.line_at(unit, here.hall.day, now, here.figures)
    labels = dict(queries.PRIORITIES)
    context = {
        "unit": unit,
        "hall": here.hall,
        "offers": queries.services_offered(),
        "classes": [(code, labels[code]) for code in CLASSES],
        "key": new_key(),
        "waiting": len(line),
        "urgent": sorted((row for row in line if row.wants_comfort or row.near_comfort), key=lambda row: row.issued_at),
        "queue": [row for row in line if not (row.wants_comfort or row.near_comfort)],  # `line` is the layout's
        "limit": here.figures["reception.comfort_after"],
        "ticket": ticket,
        "said": said,
        "error": error,
    } | (slip_of(request, ticket) if ticket else {})
    return render(request, "reception/guide.html", context, status=422 if error else 200)
