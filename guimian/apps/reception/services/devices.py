"""Screens of the hall: kiosks, boards and rating pads, each with an address of its own that can be taken back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from guimian.apps.reception.models import Device
from guimian.apps.reception.services.shared import tell
from guimian.base.errors import Unable

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit, Window


class UnableToAddDevice(Unable):
    """Screens stand at counters, a rating pad at a window."""


def add_device(
    *, unit: Unit, kind: str, name: str, window: Window | None = None, by: Person | None, now: datetime
) -> Device:
    """A new screen; whoever has its address can use it until it is retired (R10.11). Raises UnableToAddDevice."""
    if not unit.is_counter:
        raise UnableToAddDevice(_("Screens stand at counters."), clause="R6.6", found=unit.get_level_display())
    if (kind == Device.Kind.PAD) != (window is not None) or (window and window.unit_id != unit.pk):
        raise UnableToAddDevice(_("A rating pad, and only it, stands at a window of the counter."), clause="R6.1")
    with transaction.atomic():
        device = Device.objects.create(unit=unit, kind=kind, name=name.strip(), window=window, added_at=now)
        tell(device, unit, "reception.device.added", by, now, kind=kind, name=device.name)
    return device


def retire_device(*, device: Device, by: Person, now: datetime) -> None:
    """Its address stops working at once; a second call changes nothing."""
    with transaction.atomic():
        if Device.objects.filter(pk=device.pk, retired_at=None).update(retired_at=now):
            tell(device, device.unit, "reception.device.retired", by, now, name=device.name)
