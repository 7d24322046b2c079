"""A day in figures: tickets, waits, the longest line (R6.3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from guimian.apps.reception import rules
from guimian.apps.reception.models import Ticket
from guimian.base.access import Actor
from guimian.engines.policy import Policy

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

State = Ticket.State


@dataclass(frozen=True)
class DayFigures:
    """A counter's day, or several counters' together. Waits are from issue to the first call, of those who were called."""

    tickets: int = 0
    waiting: int = 0
    serving: int = 0
    served: int = 0
    missed: int = 0
    gave_up: int = 0
    comfort: int = 0  # waits above the limit, whoever ended them (R6.3)
    over_now: int = 0  # of those who wait still
    mean_wait: timedelta | None = None
    longest_wait: timedelta | None = None
    longest_line: int = 0


def day_figures(unit: Unit, day: date, now: datetime, figures: Policy) -> DayFigures:
    """One query."""
    return added_up(Ticket.objects.filter(unit=unit, day=day), now, figures)


def day_figures_below(actor: Actor, under: Unit, day: date, now: datetime, figures: Policy) -> Mapping[str, DayFigures]:
    """By the path of the counter; a counter without a ticket is missing. One query; judged by the unit's own figures."""
    rows: dict[str, list[Ticket]] = defaultdict(list)
    wanted = Ticket.objects.filter(actor.within(), unit__path__startswith=under.path, day=day).select_related("unit")
    for row in wanted:
        rows[row.unit.path].append(row)
    return {path: added_up(tickets, now, figures) for path, tickets in rows.items()}


def added_up(rows: Iterable[Ticket], now: datetime, figures: Policy) -> DayFigures:
    tickets = list(rows)
    waits = [row.called_at - row.issued_at for row in tickets if row.called_at]
    states = [row.state for row in tickets]
    over = [row for row in tickets if rules.wants_comfort(figures, row.issued_at, waited_until(row, now))]
    return DayFigures(
        tickets=len(tickets),
        waiting=states.count(State.WAITING),
        serving=states.count(State.CALLED) + states.count(State.SERVING),
        served=states.count(State.DONE),
        missed=states.count(State.MISSED),
        gave_up=states.count(State.LEFT),
        comfort=len(over),
        over_now=sum(row.state == State.WAITING for row in over),
        mean_wait=sum(waits, timedelta()) / len(waits) if waits else None,
        longest_wait=max(waits, default=None),
        longest_line=longest_line(tickets, now),
    )


def waited_until(row: Ticket, now: datetime) -> datetime:
    """When the wait ended: at the first call, when the customer gave up, or not yet."""
    return row.called_at or row.ended_at or now


def longest_line(rows: Iterable[Ticket], now: datetime) -> int:
    """The most customers that waited at once; who is called at the moment another comes has left the line.

    Whoever is called at once never stood in it.
    """
    stood = [(row.issued_at, waited_until(row, now)) for row in rows]
    steps = [step for came, went in stood if went > came for step in ((came, 1), (went, -1))]
    longest = here = 0
    for _at, step in sorted(steps, key=lambda one: (one[0], one[1])):
        here += step
        longest = max(longest, here)
    return longest


def waits_of(unit: Unit, day: date) -> tuple[tuple[str, float, bool], ...]:
    """Each visit's number, its wait in seconds up to the call or the giving up, and whether it was called. One query."""
    rows = Ticket.objects.filter(unit=unit, day=day).order_by("issued_at", "pk")
    return tuple(
        (
            row.label,
            ((row.called_at or row.ended_at or row.issued_at) - row.issued_at).total_seconds(),
            row.called_at is not None,
        )
        for row in rows
    )
