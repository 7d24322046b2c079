"""What the screens without a sign-in may read, each by its secret. Numbers, services and windows only, no name (R10.7)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from guimian.apps.calendar.queries import business_day_of
from guimian.apps.reception.models import Device, Service, Ticket

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

DEVICE_KINDS = Device.Kind.choices
PRIORITIES = Ticket.Priority.choices


def services_offered() -> QuerySet[Service]:
    """What customers can come for, in the order of the kiosk."""
    return Service.objects.filter(is_active=True).select_related("skill").order_by("place", "pk")


def device_at(secret: str, kind: str) -> Device | None:
    """The screen whose address this is; None once it is retired."""
    rows = Device.objects.filter(secret=secret, kind=kind, retired_at=None)
    return rows.select_related("unit", "window").first()


def devices_of(unit: Unit) -> QuerySet[Device]:
    """The counter's screens in use."""
    return Device.objects.filter(unit=unit, retired_at=None).select_related("window").order_by("kind", "pk")


def device_of(unit: Unit, pk: int) -> Device:
    """A screen in use of the unit. Raises ObjectDoesNotExist."""
    return devices_of(unit).select_related("unit").get(pk=pk)


def ticket_at(secret: str) -> Ticket | None:
    """The ticket whose page this is; None when there is none."""
    return Ticket.objects.filter(secret=secret).select_related("unit", "service", "seat__window", "rating").first()


def guest_reach(secret: str, now: datetime) -> frozenset[str] | None:
    """The counter that a screen's or a ticket's secret may hear of; None for a retired screen or a day that is over."""
    device = Device.objects.filter(secret=secret, retired_at=None).select_related("unit").first()
    if device is not None:
        return frozenset({device.unit.path})
    ticket = ticket_at(secret)
    row = business_day_of(ticket.unit, now) if ticket else None
    if ticket is None or row is None or row.day != ticket.day or row.state == "CLOSED":
        return None
    return frozenset({ticket.unit.path})
