"""The screens of the hall: added, their addresses handed out, retired. Leaders only: whoever has an address can use it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guimian.apps.organisation.queries import window_of
from guimian.apps.reception import queries, services
from guimian.apps.reception.forms import DeviceForm
from guimian.apps.reception.views.shared import address_of, found, moment_at, qr_of
from guimian.base import access
from guimian.base.access import LEADERS, GuardedRequest
from guimian.base.ui.forms import answered

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit, Window

ROUTES = {"KIOSK": "kiosk", "BOARD": "board", "PAD": "pad"}


@access.page(roles=LEADERS)
@require_GET
def devices(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """The screens in use, each with its address."""
    rows = []
    for row in queries.devices_of(unit):
        address = address_of(request, ROUTES[row.kind], row.secret)
        rows.append({"row": row, "address": address, "qr": qr_of(address)})
    return render(request, "reception/devices.html", {"unit": unit, "devices": rows})


@access.page(roles=LEADERS)
@require_http_methods(["GET", "POST"])
def device_add(request: GuardedRequest, unit: Unit) -> HttpResponse:
    now = timezone.now()
    here = moment_at(unit, now)
    form = DeviceForm(request.POST or None, unit=unit, day=here.hall.day)

    def add() -> object:
        said = form.cleaned_data
        return services.add_device(
            unit=unit, kind=said["kind"], name=said["name"], window=window_at(unit, said["window"]),
            by=request.actor.user, now=now,
        )  # fmt: skip

    return answered(
        request, unit, form, add,
        title=_("Add a screen"), said=_("The screen is added: open its address on it."),
        back=reverse("reception:devices", args=[unit.code]), word=_("Add the screen"),
        lead=_("Whoever has its address can use it, without signing in, until it is retired."),
    )  # fmt: skip


def window_at(unit: Unit, number: str) -> Window | None:
    """The window chosen; None for none."""
    try:
        return window_of(unit, int(number)) if number else None
    except ObjectDoesNotExist:
        return None


@access.page(roles=LEADERS)
@require_POST
def device_retire(request: GuardedRequest, unit: Unit, device: int) -> HttpResponse:
    """Its address stops working at once."""
    row = found(queries.device_of, unit, device)
    services.retire_device(device=row, by=request.actor.user, now=timezone.now())
    messages.success(request, _("The screen is retired: its address no longer works."))
    return redirect("reception:devices", unit.code)
