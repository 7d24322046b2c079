"""The quarter's round of the counters, spread over its weeks and officers (R1.2). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class PlannedVisit:
    """A counter to be visited, by position among the counters and the officers given."""

    counter: int
    officer: int | None
    due: date


def plan_visits(counters: int, officers: int, first: date, last: date) -> tuple[PlannedVisit, ...]:
    """Spread the visits evenly from `first` to `last`, in turn among the officers. The last one is due on the last day."""
    days = (last - first).days
    return tuple(
        PlannedVisit(
            counter=number,
            officer=number % officers if officers else None,
            due=first + timedelta(days=round(days * (number + 1) / counters)),
        )
        for number in range(counters)
    )
