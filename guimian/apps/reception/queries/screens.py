"""What the screens without a sign-in may read, each by its secret. Numbers, services and windows only, no name (R10.7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, QuerySet

from guimian.apps.calendar.queries import business_day_of, today_at
from guimian.apps.reception.models import Device, Rating, Service, Ticket
from guimian.apps.reception.queries.hall import hall_at
from guimian.apps.reception.queries.line import ahead_of, board_at
from guimian.base import policy
from guimian.engines.policy import Policy

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit, Window

DEVICE_KINDS = Device.Kind.choices
PRIORITIES = Ticket.Priority.choices
State = Ticket.State


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


# ---------------------------------------------------------------- the kiosk
@dataclass(frozen=True)
class Offer:
    """A service on the kiosk, and how many wait for its letter."""

    code: str
    label: str
    letter: str
    waiting: int


@dataclass(frozen=True)
class KioskPage:
    """What can be asked for; `opens` and `closes` are the doors' hours today (None: shut or not known)."""

    takes_tickets: bool
    is_over: bool
    opens: time | None
    closes: time | None
    offers: tuple[Offer, ...]


def kiosk_page(unit: Unit, now: datetime) -> KioskPage:
    """Five queries."""
    hall, today = hall_at(unit, now), today_at(unit, now)
    waiting: Mapping[str, int] = dict(board_at(unit, hall.day).waiting)
    offers = (Offer(row.code, row.label, row.letter, waiting.get(row.letter, 0)) for row in services_offered())
    return KioskPage(
        takes_tickets=hall.takes_tickets,
        is_over=hall.state in {"CLOSING", "CLOSED"},
        opens=today.opens if today else None,
        closes=today.closes if today else None,
        offers=tuple(offers),
    )


# ---------------------------------------------------------------- the telephone
@dataclass(frozen=True)
class PhonePage:
    """A customer's own page: the number, where it stands, the window once it is called, the rating."""

    number: str
    service: str
    state: str
    issued_at: datetime
    ahead: int
    window: int
    score: int

    @property
    def may_rate(self) -> bool:
        return self.state == State.DONE and not self.score

    @property
    def may_leave(self) -> bool:
        return self.state in {State.WAITING, State.CALLED}


def phone_page(ticket: Ticket) -> PhonePage:
    """Judged by the figures of the ticket's day."""
    waits = ticket.state == State.WAITING
    rating: Rating | None = getattr(ticket, "rating", None)
    return PhonePage(
        number=ticket.label,
        service=ticket.service.label,
        state=ticket.state,
        issued_at=ticket.issued_at.astimezone(ticket.unit.zone),
        ahead=ahead_of(ticket, policy.on(ticket.day, ticket.unit)) if waits else 0,
        window=ticket.seat.window.number if ticket.seat else 0,
        score=rating.score if rating else 0,
    )


# ---------------------------------------------------------------- the rating pad
def visit_to_rate(window: Window, now: datetime, figures: Policy) -> Ticket | None:
    """The visit last finished at the window, while it is fresh, not rated, and nobody was called there since (R6.1)."""
    since = now - timedelta(minutes=int(str(figures["reception.rating_within"])))
    later = Ticket.objects.filter(seat__window=window, called_at__gt=OuterRef("ended_at"))
    ended = Ticket.objects.filter(seat__window=window, state=State.DONE, ended_at__gte=since, ended_at__lte=now)
    row = ended.exclude(Exists(later)).select_related("unit", "rating").order_by("-ended_at", "-pk").first()
    return None if row is None or hasattr(row, "rating") else row
