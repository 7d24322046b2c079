"""The kiosk: a customer chooses a service and gets a number. A repeated touch gets the same one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from guimian.apps.reception import queries, services
from guimian.apps.reception.views.screens import WHY, context, screen
from guimian.apps.reception.views.shared import address_of, key_asked, new_key, qr_of, service_asked
from guimian.base import access

if TYPE_CHECKING:
    from guimian.apps.reception.models import Device


@access.public(reason=WHY)
@require_http_methods(["GET", "POST"])
@screen("KIOSK")
def kiosk(request: HttpRequest, device: Device) -> HttpResponse:
    """The services; a touch on one issues a ticket and goes to its page."""
    if request.method == "POST":
        try:
            return issued(request, device)
        except services.UnableToIssue as error:
            return start(request, device, error)
    return start(request, device)


def start(request: HttpRequest, device: Device, error: services.UnableToIssue | None = None) -> HttpResponse:
    page = queries.kiosk_page(device.unit, timezone.now())
    more = {
        "page": page,
        "older": "older" in request.GET,
        "key": new_key(),
        "error": error,
    }
    shown = context(request, device.unit, device.secret, **more)
    return render(request, "reception/kiosk.html", shown, status=422 if error else 200)


def issued(request: HttpRequest, device: Device) -> HttpResponse:
    """Raises UnableToIssue; 404 for a service that does not exist."""
    ticket = services.issue_ticket(
        unit=device.unit,
        service=service_asked(request),
        priority="OLDER" if "older" in request.GET else "NORMAL",
        key=f"{device.pk}.{key_asked(request)}",
        by=None,
        now=timezone.now(),
    )
    said = {name: request.GET[name] for name in ("lang", "older") if name in request.GET}
    target = reverse("screens:kiosk_ticket", args=[device.secret, ticket.secret])
    return redirect(target + (f"?{urlencode(said)}" if said else ""))


@access.public(reason=WHY)
@require_GET
@screen("KIOSK")
def kiosk_ticket(request: HttpRequest, device: Device, ticket: str) -> HttpResponse:
    """The number, how many are ahead, and the way to the telephone page; goes back to the start by itself."""
    row = queries.ticket_at(ticket)
    if row is None or row.unit_id != device.unit_id:
        raise Http404
    more = {"page": queries.phone_page(row), "older": "older" in request.GET}
    qr = qr_of(address_of(request, "phone", row.secret))
    return render(request, "reception/kiosk_ticket.html", context(request, device.unit, device.secret, qr=qr, **more))
