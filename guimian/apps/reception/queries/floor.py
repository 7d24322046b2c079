"""The floor as its supervisors see it: a counter's windows, line and figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Avg, Count

from guimian.apps.organisation.queries import WindowRow, windows_of
from guimian.apps.reception import rules
from guimian.apps.reception.models import Rating, Ticket
from guimian.apps.reception.queries.figures import DayFigures, day_figures
from guimian.apps.reception.queries.hall import Hall
from guimian.apps.reception.queries.line import InLine, line_at, seats_at
from guimian.engines.policy import Policy

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

State = Ticket.State


@dataclass(frozen=True)
class WindowNow:
    """A window with who sits there and whom they serve. `state`: EMPTY, FREE, CALLED, SERVING; `minutes` in it."""

    window: WindowRow
    teller: str = ""
    state: str = "EMPTY"
    number: str = ""
    minutes: int | None = None


@dataclass(frozen=True)
class FloorPage:
    """A counter's floor now. `rating` is the mean of the day's, None before the first."""

    hall: Hall
    windows: tuple[WindowNow, ...]
    line: tuple[InLine, ...]
    figures: DayFigures
    rating: float | None
    ratings: int

    @property
    def late(self) -> int:
        """How many wait above the limit now."""
        return sum(row.wants_comfort for row in self.line)

    @property
    def seated(self) -> int:
        return sum(window.state != "EMPTY" for window in self.windows)


def floor_page(unit: Unit, hall: Hall, now: datetime, figures: Policy) -> FloorPage:
    """Eight queries, however long the line is."""
    rated = Rating.objects.filter(ticket__unit=unit, ticket__day=hall.day).aggregate(mean=Avg("score"), all=Count("pk"))
    return FloorPage(
        hall=hall,
        windows=windows_now(unit, hall.day, now),
        line=line_at(unit, hall.day, now, figures),
        figures=day_figures(unit, hall.day, now, figures),
        rating=rated["mean"],
        ratings=rated["all"],
    )


def windows_now(unit: Unit, day: date, now: datetime) -> tuple[WindowNow, ...]:
    """The open windows, by number. Four queries."""
    seats = {seat.window_id: seat for seat in seats_at(unit, day)}
    here = Ticket.objects.filter(unit=unit, day=day, state__in=(State.CALLED, State.SERVING))
    served = {row.seat_id: row for row in here}
    found = []
    for window in windows_of(unit, day):
        seat = seats.get(window.pk)
        if not window.is_open and seat is None:
            continue
        ticket = served.get(seat.pk) if seat else None
        since = (ticket.started_at or ticket.called_at) if ticket else None
        found.append(
            WindowNow(
                window,
                teller=seat.teller.label if seat else "",
                state=ticket.state if ticket else "FREE" if seat else "EMPTY",
                number=ticket.label if ticket else "",
                minutes=rules.minutes_waited(since, now) if since else None,
            )
        )
    return tuple(found)
