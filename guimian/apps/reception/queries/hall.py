"""Which day counts in the hall, and whether it works."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from guimian.apps.calendar.queries import business_day_of

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit


@dataclass(frozen=True)
class Hall:
    """The day that counts at a counter and its state: "" before it is opened, OPEN, CLOSING, CLOSED."""

    day: date
    state: str

    @property
    def takes_tickets(self) -> bool:
        return self.state == "OPEN"

    @property
    def works(self) -> bool:
        return self.state in {"OPEN", "CLOSING"}


def hall_at(unit: Unit, now: datetime) -> Hall:
    """An earlier day that was never closed counts until it is. One query."""
    row = business_day_of(unit, now)
    return Hall(row.day, row.state) if row else Hall(unit.local_day(now), "")
