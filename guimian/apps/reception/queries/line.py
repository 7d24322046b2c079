"""Who waits, who is called, who serves: the line, the seats, the board."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from guimian.apps.reception import rules
from guimian.apps.reception.models import Seat, Ticket
from guimian.apps.reception.rules import Waiting
from guimian.engines.policy import Policy

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit

State = Ticket.State
MOST_SHOWN = 12  # calls on the board


# ---------------------------------------------------------------- the line
def _waiting(unit: Unit, day: date) -> QuerySet[Ticket]:
    return Ticket.objects.filter(unit=unit, day=day, state=State.WAITING)


def in_line(rows: Iterable[Ticket]) -> list[Waiting]:
    return [Waiting(row.pk, row.service.skill_id, row.priority, row.issued_at) for row in rows]


def skills_at(seat: Seat) -> frozenset[int]:
    """The skills served at a seat: the window's that the teller has (R2.6). A teller without any serves the window's."""
    window = set(seat.window.skills.values_list("pk", flat=True))
    own = set(seat.teller.skills.values_list("skill_id", flat=True))
    return frozenset(window & own if own else window)


def next_for(seat: Seat, figures: Policy) -> Ticket | None:
    """Whoever is called next at the seat; None when nobody waits for what is served there. Three queries."""
    rows = {row.pk: row for row in _waiting(seat.unit, seat.day).select_related("service", "unit")}
    found = rules.next_of(figures, in_line(rows.values()), skills_at(seat))
    return rows[found.pk] if found else None


@dataclass(frozen=True)
class InLine:
    """A customer in line, as staff see them. `place` is the place in the order of calls, from 1."""

    pk: int
    place: int
    number: str
    service: str
    priority: str
    priority_label: str
    issued_at: datetime
    minutes: int
    wants_comfort: bool
    near_comfort: bool = False  # soon above the limit
    head_start: int = 0  # minutes
    served_here: bool = True


def line_at(
    unit: Unit, day: date, now: datetime, figures: Policy, skills: frozenset[int] | None = None
) -> tuple[InLine, ...]:
    """The whole line in the order in which it will be called; `skills` are those served at one window. One query."""
    rows = {row.pk: row for row in _waiting(unit, day).select_related("service")}
    return tuple(
        InLine(
            pk=row.pk,
            place=place,
            number=row.label,
            service=row.service.label,
            priority=row.priority,
            priority_label=row.get_priority_display(),
            issued_at=row.issued_at.astimezone(unit.zone),
            minutes=rules.minutes_waited(row.issued_at, now),
            wants_comfort=rules.wants_comfort(figures, row.issued_at, now),
            near_comfort=rules.nears_comfort(figures, row.issued_at, now),
            head_start=int(rules.head_start(figures, row.priority).total_seconds() // 60),
            served_here=skills is None or row.service.skill_id in skills,
        )
        for place, row in enumerate((rows[one.pk] for one in rules.in_order(figures, in_line(rows.values()))), 1)
    )


def ahead_of(ticket: Ticket, figures: Policy) -> int:
    """How many stand before the ticket among those who want the same skill. One query."""
    line = in_line(_waiting(ticket.unit, ticket.day).select_related("service"))
    mine = [one.pk for one in rules.in_order(figures, line) if one.skill == ticket.service.skill_id]
    return mine.index(ticket.pk) if ticket.pk in mine else 0


# ---------------------------------------------------------------- the windows
def seats_at(unit: Unit, day: date) -> QuerySet[Seat]:
    """The seats held on the day, in the order of the windows."""
    rows = Seat.objects.filter(unit=unit, day=day, left_at=None)
    return rows.select_related("window", "teller").order_by("window__number")


def seat_of(person: Person, unit: Unit) -> Seat | None:
    """Where the person sits at the unit, on whichever day they sat down; None when nowhere."""
    rows = Seat.objects.filter(teller=person, unit=unit, left_at=None)
    return rows.select_related("window", "teller", "unit").first()


# ---------------------------------------------------------------- the board
@dataclass(frozen=True)
class Shown:
    """A call on the board: number, window, whether it is the last call, and since when. No name (R10.7)."""

    number: str
    window: int
    state: str
    called_at: datetime
    calls: int

    @property
    def spelled(self) -> str:
        """A 0 0 7: as a voice says it."""
        return " ".join(self.number)


@dataclass(frozen=True)
class Board:
    """What the hall sees: the calls that stand, the newest first, and how many wait for each letter."""

    shown: tuple[Shown, ...]
    waiting: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        return sum(count for _letter, count in self.waiting)


def board_at(unit: Unit, day: date) -> Board:
    """Two queries."""
    calls = Ticket.objects.filter(unit=unit, day=day, state__in=[State.CALLED, State.SERVING])
    rows = calls.select_related("seat__window").order_by("-called_at", "-pk")[:MOST_SHOWN]
    shown = tuple(
        Shown(
            row.label, row.seat.window.number if row.seat else 0, row.state, row.called_at or row.issued_at, row.calls
        )
        for row in rows
    )
    letters: dict[str, int] = {}
    for letter in _waiting(unit, day).order_by("letter").values_list("letter", flat=True):
        letters[letter] = letters.get(letter, 0) + 1
    return Board(shown, tuple(letters.items()))
