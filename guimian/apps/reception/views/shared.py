"""What the hall's doors have in common."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import segno
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest
from django.urls import reverse

from guimian.apps.reception import queries
from guimian.base import policy
from guimian.base.access import LEADERS, MANAGERS, Role
from guimian.engines.policy import Policy

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit
    from guimian.apps.reception.models import Service

KEY = re.compile(r"[0-9a-f]{32}")
SERVING = frozenset({Role.TELLER, Role.CASHIER, Role.SUPERVISOR})
GUIDING = MANAGERS | {Role.GUIDE, Role.FLOATING_ADVISER}
IN_THE_HALL = LEADERS | SERVING | GUIDING | {Role.CLOSING_OFFICER}


@dataclass(frozen=True)
class Moment:
    """A counter now: the day that counts there, and its figures."""

    now: datetime
    hall: queries.Hall
    figures: Policy


def moment_at(unit: Unit, now: datetime) -> Moment:
    """Raises Http404 for a unit that is no counter."""
    if not unit.is_counter:
        raise Http404(unit.code)
    hall = queries.hall_at(unit, now)
    return Moment(now, hall, policy.on(hall.day, unit))


def found(read: Callable[..., Any], *of: Any) -> Any:
    """The row that `read` finds, or 404."""
    try:
        return read(*of)
    except ObjectDoesNotExist as error:
        raise Http404 from error


def service_asked(request: HttpRequest) -> Service:
    """The service of the form, or 404."""
    code = request.POST.get("service", "")
    row = next((row for row in queries.services_offered() if row.code == code), None)
    if row is None:
        raise Http404(code)
    return row


def new_key() -> str:
    """What a form carries so that it does its deed once, however often it is sent."""
    return secrets.token_hex(16)


def key_asked(request: HttpRequest) -> str:
    """The form's key; a new one for whatever is none."""
    said = request.POST.get("key", "")
    return said if KEY.fullmatch(said) else new_key()


def address_of(request: HttpRequest, route: str, secret: str) -> str:
    """The whole address of a page without sign-in, for other devices."""
    return request.build_absolute_uri(reverse(f"screens:{route}", args=[secret]))


def qr_of(address: str) -> str:
    """The address as a QR code, for an <img>."""
    return str(segno.make(address, error="m").svg_data_uri(scale=6, border=2, dark="#18211f", light="#fff"))
