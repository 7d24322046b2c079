"""The counter's close: what stands between the counter and it, and the list it leaves (R5.3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from guimian.apps.calendar.queries import business_day_of
from guimian.apps.daily_close import rules
from guimian.apps.daily_close.models import CounterClose
from guimian.apps.daily_close.queries.lists import TellerList, lists_of
from guimian.apps.reception.queries import seats_at, totals_of
from guimian.apps.reception.queries.visits import unfinished_visits
from guimian.base import policy
from guimian.base.models import JournalSeal
from guimian.engines.policy import Verdict

if TYPE_CHECKING:
    from guimian.apps.calendar.models import BusinessDay
    from guimian.apps.organisation.models import Unit
    from guimian.apps.reception.models import BusinessRecord
    from guimian.apps.reception.queries.records import Totals


@dataclass(frozen=True)
class CounterPage:
    """A day that is to be closed: its row, its lists, and what the rules say of them."""

    row: BusinessDay
    lists: tuple[TellerList, ...]
    verdicts: tuple[Verdict, ...]
    totals: Totals
    due_at: datetime

    @property
    def may_close(self) -> bool:
        return all(verdict.met for verdict in self.verdicts)

    @property
    def confirmed(self) -> int:
        return sum(one.is_confirmed for one in self.lists)

    @property
    def differences(self) -> int:
        return sum(one.differences for one in self.lists)


def counter_page(row: BusinessDay) -> CounterPage:
    """The day as it stands. Nine queries."""
    unit, day = row.unit, row.day
    lists, figures = lists_of(unit, day), policy.on(day, unit)
    counter = rules.Counter(
        state=row.state,
        visits=tuple(ticket.label for ticket in unfinished_visits(unit, day)),
        windows=tuple(f"{seat.window.number} {seat.teller.label}" for seat in seats_at(unit, day)),
        tellers={one.teller.label: one.state for one in lists},
    )
    return CounterPage(
        row=row,
        lists=lists,
        verdicts=rules.judge_counter(figures, counter=counter),
        totals=totals_of(record for one in lists for record in one.records),
        due_at=rules.due_at(figures, day, unit.zone),
    )


def day_to_close(unit: Unit, now: datetime) -> BusinessDay | None:
    """The counter's day that counts now: an earlier one that was never closed, else today's; None before it is opened."""
    return business_day_of(unit, now)


# ---------------------------------------------------------------- what is left of a closed day
@dataclass(frozen=True)
class Sum:
    """Records of one service or one way of payment, with their money in CNY."""

    label: str
    records: int
    received: Decimal
    paid: Decimal


@dataclass(frozen=True)
class ClosedList:
    """The close list of a counter's day: what is printed and goes to the archivist."""

    close: CounterClose
    seal: JournalSeal | None
    lists: tuple[TellerList, ...]
    services: tuple[Sum, ...]
    ways: tuple[Sum, ...]

    @property
    def records(self) -> list[BusinessRecord]:
        """In the order of their numbers."""
        return sorted((row for one in self.lists for row in one.records), key=lambda row: row.number)


def close_of(unit: Unit, day: date) -> CounterClose | None:
    return CounterClose.objects.filter(unit=unit, day=day).select_related("unit", "closed_by").first()


def seal_of(unit: Unit, day: date) -> JournalSeal | None:
    """The journal's head as the close sealed it."""
    return JournalSeal.objects.filter(unit=unit, day=day).order_by("-seq").first()


def closed_list(unit: Unit, day: date) -> ClosedList | None:
    """The close list of the day; None when the day was not closed here. Eight queries."""
    if (close := close_of(unit, day)) is None:
        return None
    lists = lists_of(unit, day)
    good = [row for one in lists for row in one.records if row.voided_at is None]
    return ClosedList(
        close=close,
        seal=seal_of(unit, day),
        lists=lists,
        services=summed((row.service.label, row) for row in good),
        ways=summed((row.get_way_display(), row) for row in good if row.direction != "NONE"),
    )


def summed(rows: Iterable[tuple[str, BusinessRecord]]) -> tuple[Sum, ...]:
    """Added up by the label, the labels in their order."""
    found: dict[str, list[BusinessRecord]] = defaultdict(list)
    for label, row in rows:
        found[label].append(row)
    return tuple(
        Sum(label, len(some), totals_of(some).received, totals_of(some).paid) for label, some in sorted(found.items())
    )
