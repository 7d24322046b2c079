"""The board that all see, and the rating pad at a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from guimian.apps.reception import queries, services
from guimian.apps.reception.views.phone import score_of
from guimian.apps.reception.views.screens import WHY, context, screen
from guimian.base import access, policy
from guimian.base.errors import Unable

if TYPE_CHECKING:
    from guimian.apps.reception.models import Device, Ticket


@access.public(reason=WHY)
@require_GET
@screen("BOARD")
def board(request: HttpRequest, device: Device) -> HttpResponse:
    """Which number goes to which window, the newest call first, and how many wait."""
    now = timezone.now()
    hall = queries.hall_at(device.unit, now)
    page = queries.board_at(device.unit, hall.day)
    said = context(request, device.unit, device.secret, page=page, hall=hall, now=now)
    return render(request, "reception/board.html", said)


@access.public(reason=WHY)
@require_http_methods(["GET", "POST"])
@screen("PAD")
def pad(request: HttpRequest, device: Device) -> HttpResponse:
    """Asks for a rating of the visit that has just ended at its window, and rests else."""
    ticket, thanked = to_rate(device), False
    if request.method == "POST" and ticket is not None and request.POST.get("ticket") == str(ticket.pk):
        try:
            services.rate_visit(ticket=ticket, score=score_of(request), way="PAD", now=timezone.now())
            thanked = True
        except Unable:  # rated on the telephone in this moment, or no score: the pad asks or rests as it stands now
            ticket = to_rate(device)
    said = context(request, device.unit, device.secret, device=device, ticket=ticket, thanked=thanked)
    return render(request, "reception/pad.html", said)


def to_rate(device: Device) -> Ticket | None:
    now = timezone.now()
    return queries.visit_to_rate(device.window, now, policy.on(device.unit.local_day(now), device.unit))  # type: ignore[arg-type]  # a pad has a window
