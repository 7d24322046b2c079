"""What a teller's console shows: the window, the customer, the line as this window serves it, the day's own records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from guimian.apps.organisation.queries import WindowRow, windows_of
from guimian.apps.reception import rules
from guimian.apps.reception.models import BusinessRecord, Seat, Ticket
from guimian.apps.reception.queries.hall import Hall
from guimian.apps.reception.queries.line import InLine, line_at, seat_of, seats_at, skills_at
from guimian.apps.reception.queries.records import Totals, records_of, totals_of
from guimian.engines.policy import Policy

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit

State = Ticket.State
AT_WINDOW = (State.CALLED, State.SERVING)
VISITS_KEPT = 5  # visits of the seat that a record may still be attached to


@dataclass(frozen=True)
class WindowChoice:
    """A window that could be taken; `held_by` is who sits there."""

    window: WindowRow
    held_by: str

    @property
    def key(self) -> str:
        """The key that takes it: its number, 0 for the tenth; further ones have none."""
        return str(self.window.number % 10) if self.window.number <= 10 else ""


@dataclass(frozen=True)
class ConsolePage:
    """The console of one person. `since` is when the customer was called or began; `minutes` lie between it and now."""

    hall: Hall
    seat: Seat | None
    windows: tuple[WindowChoice, ...]
    ticket: Ticket | None
    minutes: int
    waited: int
    line: tuple[InLine, ...]
    records: tuple[BusinessRecord, ...]
    totals: Totals

    @property
    def served_here(self) -> int:
        return sum(row.served_here for row in self.line)


def console_page(person: Person, unit: Unit, hall: Hall, now: datetime, figures: Policy) -> ConsolePage:
    """Nine queries at the most, however long the line is."""
    seat = seat_of(person, unit)
    ticket = ticket_at_seat(seat) if seat else None
    since = (ticket.started_at or ticket.called_at) if ticket else None
    records = records_of(unit, hall.day, person)
    return ConsolePage(
        hall=hall,
        seat=seat,
        windows=() if seat or not hall.works else windows_to_take(unit, hall),
        ticket=ticket,
        minutes=rules.minutes_waited(since, now) if since else 0,
        waited=rules.minutes_waited(ticket.issued_at, ticket.called_at) if ticket and ticket.called_at else 0,
        line=line_at(unit, hall.day, now, figures, skills_at(seat) if seat else None),
        records=tuple(records),
        totals=totals_of(records),
    )


def windows_to_take(unit: Unit, hall: Hall) -> tuple[WindowChoice, ...]:
    """The open windows, by number, with who sits there. Three queries."""
    held = {seat.window_id: seat.teller.label for seat in seats_at(unit, hall.day)}
    return tuple(WindowChoice(row, held.get(row.pk, "")) for row in windows_of(unit, hall.day) if row.is_open)


def ticket_at_seat(seat: Seat) -> Ticket | None:
    """The customer called to the window or served there. One query."""
    return seat.tickets.filter(state__in=AT_WINDOW).select_related("unit", "service", "seat__window").first()


def visits_at_seat(seat: Seat | None) -> tuple[Ticket, ...]:
    """The latest visits at the seat, the newest first, that business may be recorded for. One query."""
    if seat is None:
        return ()
    rows = seat.tickets.filter(state__in=(State.SERVING, State.DONE)).select_related("service", "unit")
    return tuple(rows.order_by("-started_at", "-pk")[:VISITS_KEPT])


def record_of(unit: Unit, pk: int) -> BusinessRecord:
    """A business record of the unit. Raises ObjectDoesNotExist."""
    return BusinessRecord.objects.select_related("unit", "teller").get(unit=unit, pk=pk)
