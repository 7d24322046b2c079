"""Today at a unit: what waits for the person who asks, what happened, and how the units below stand.

Every row is read through the actor; the number of queries does not grow with the company.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from guimian.apps.today import rules
from guimian.apps.today.queries.below import Below, UnitRow, units_below
from guimian.apps.today.queries.cards import address, cards_of
from guimian.apps.today.queries.facts import counted_findings, situation_of
from guimian.apps.today.queries.hall import hall_now
from guimian.apps.today.queries.happened import entries_of
from guimian.base.access import LEADERS, Actor
from guimian.base.ui.parts import Card, Entry

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit
    from guimian.apps.reception.queries import DayFigures

__all__ = ["Below", "HomePage", "UnitRow", "address", "home_page"]

MOST_CARDS = 12


@dataclass(frozen=True)
class HomePage:
    """Today at one unit. `more` counts the tasks that are not shown; `below` is None for a counter."""

    unit: Unit
    day: date
    leads: bool
    cards: tuple[Card, ...]
    more: int
    late: int
    findings: int
    overdue: int
    entries: tuple[Entry, ...]
    below: Below | None
    hall: DayFigures | None  # of a counter whose day is open or was


def home_page(actor: Actor, unit: Unit, now: datetime) -> HomePage:
    day = unit.local_day(now)
    hall = hall_now(unit, now)
    tasks = rules.plan_tasks(situation_of(actor, unit, now, hall))
    findings = counted_findings(actor, unit, day)
    return HomePage(
        unit=unit,
        day=day,
        leads=bool(actor.roles_at(unit.path) & LEADERS),
        cards=cards_of(tasks[:MOST_CARDS], unit),
        more=max(len(tasks) - MOST_CARDS, 0),
        late=sum(task.late for task in tasks),
        findings=sum(one.open for one in findings.values()),
        overdue=sum(one.late for one in findings.values()),
        entries=entries_of(actor, unit, day),
        below=None if unit.is_counter else units_below(actor, unit, now, findings),
        hall=hall.figures if hall else None,
    )
