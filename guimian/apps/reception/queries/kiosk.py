"""What a kiosk shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

from guimian.apps.calendar.queries import today_at
from guimian.apps.reception.queries.hall import hall_at
from guimian.apps.reception.queries.line import board_at
from guimian.apps.reception.queries.screens import services_offered

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit


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
