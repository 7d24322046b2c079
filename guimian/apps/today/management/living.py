"""A counter's day lived through the services, event by event, at times that are handed in: the clock is the event's own."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from guimian.apps.calendar import services as calendar
from guimian.apps.reception import services as reception

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit, Window
    from guimian.apps.reception.models import Seat, Ticket

#: Of events at the same second: windows are freed first, newcomers stand in line before anybody is called.
START, FINISH, GIVE_UP, ARRIVE, CALL = range(5)


@dataclass
class Crew:
    """Who works at the counter that day. Each teller sits at the window of the same place in `windows`."""

    supervisor: Person
    tellers: Sequence[Person]
    windows: Sequence[Window]


@dataclass
class Hall:
    """The counter on its day: what is lived stands in the database, `tickets` and `seats` are only the handles."""

    unit: Unit
    day: date
    crew: Crew
    tickets: dict[int, Ticket] = field(default_factory=dict)
    seats: dict[int, Seat] = field(default_factory=dict)
    events: list[tuple[int, int, int, Callable[[], object]]] = field(default_factory=list)
    turns: Iterator[int] = field(default_factory=itertools.count)
    sat: list[Person] = field(default_factory=list)  # whoever sat down, in that order
    now: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.now = self.moment(0)

    def moment(self, second: int) -> datetime:
        return datetime.combine(self.day, time.min, self.unit.zone) + timedelta(seconds=second)

    def later(self, second: int, rank: int, deed: Callable[[], object]) -> None:
        """Do it at that second of the day."""
        heapq.heappush(self.events, (second, rank, next(self.turns), deed))

    def live(self, until: int | None = None) -> None:
        """Everything that waits, in order, until a second of the day when one is given."""
        while self.events and (until is None or self.events[0][0] <= until):
            self.step()

    def step(self) -> None:
        """The next event."""
        second, _rank, _turn, deed = heapq.heappop(self.events)
        self.now = self.moment(second)
        deed()

    # ------------------------------------------------------------ the steps
    def open(self) -> None:
        calendar.open_day(unit=self.unit, by=self.crew.supervisor, now=self.now)

    def seat_at(self, place: int) -> Seat:
        """The seat at this place of the crew, taken when it is not yet."""
        if place not in self.seats:
            window, teller = self.crew.windows[place], self.crew.tellers[place]
            self.seats[place] = reception.take_seat(unit=self.unit, window=window, by=teller, now=self.now)
            self.sat.append(teller)
        return self.seats[place]

    def leave(self, place: int) -> None:
        if seat := self.seats.pop(place, None):
            reception.leave_seat(seat=seat, by=seat.teller, now=self.now)

    def serve(self, number: int, place: int, started: int, ended: int) -> None:
        """Begin to serve at one second and end at another; at once what is due in this very second."""
        self._at(started, START, lambda: self._begin(number, place, ended))

    def _begin(self, number: int, place: int, ended: int) -> None:
        teller = self.crew.tellers[place]
        reception.start_service(ticket=self.tickets[number], by=teller, now=self.now)
        self._at(ended, FINISH, lambda: self._end(number, place))

    def _end(self, number: int, place: int) -> None:
        reception.finish_service(ticket=self.tickets[number], by=self.crew.tellers[place], now=self.now)
        self.finished(number, place)

    def finished(self, number: int, place: int) -> None:
        """For whoever wants to do something then."""

    def _at(self, second: int, rank: int, deed: Callable[[], object]) -> None:
        if self.moment(second) <= self.now:
            deed()
        else:
            self.later(second, rank, deed)
