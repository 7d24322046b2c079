"""What the screens without a sign-in may read, each by its secret."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import QuerySet

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


def ticket_at(secret: str) -> Ticket | None:
    """The ticket whose page this is; None when there is none."""
    return Ticket.objects.filter(secret=secret).select_related("unit", "service", "seat__window").first()
