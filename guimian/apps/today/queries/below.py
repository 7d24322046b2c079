"""How the units below stand: their counters' days and their findings, added up along the tree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from guimian.apps.calendar.queries import counters_on, days_visible_to, never_closed
from guimian.apps.organisation.queries import units_visible_to
from guimian.apps.reception.queries import Crowd, crowds_below
from guimian.apps.today.queries.facts import Counted
from guimian.base import policy
from guimian.base.access import Actor
from guimian.base.ui.parts import Chart, bar_chart

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

MOST_BARS = 20


@dataclass(frozen=True)
class UnitRow:
    """A unit right below, with what stands at it and under it. `closed` counts days that are done."""

    code: str
    label: str
    level: str
    is_counter: bool
    counters: int
    open: int
    closing: int
    closed: int
    waiting: int
    over: int  # of those who wait now, above the limit
    findings: int
    late: int

    @property
    def not_opened(self) -> int:
        return self.counters - self.open - self.closing - self.closed

    @property
    def state(self) -> str:
        """A counter's state: OPEN, CLOSING, CLOSED, NONE before it is opened, or SHUT."""
        if not self.counters:
            return "SHUT"
        return "OPEN" if self.open else "CLOSING" if self.closing else "CLOSED" if self.closed else "NONE"

    @property
    def state_label(self) -> str:
        labels = {"OPEN": _("Open"), "CLOSING": _("Closing"), "CLOSED": pgettext("business day", "Closed")}
        labels["SHUT"] = _("Shut on this day")
        return labels.get(self.state, _("Not opened yet"))

    @property
    def worst_first(self) -> tuple[int, int, int, int]:
        return (-self.over, -self.late, -self.findings, -self.not_opened)


@dataclass(frozen=True)
class Below:
    """The units right below, the worst first, and what they add up to."""

    rows: tuple[UnitRow, ...]
    counters: int
    open: int
    closing: int
    closed: int
    waiting: int
    over: int
    standing: int  # earlier days that were never closed
    chart: Chart | None

    @property
    def not_opened(self) -> int:
        return self.counters - self.open - self.closing - self.closed


def in_operation(day: date) -> Q:
    begun, going_on = Q(opened_on=None) | Q(opened_on__lte=day), Q(closed_on=None) | Q(closed_on__gt=day)
    return begun & going_on


def units_below(actor: Actor, unit: Unit, now: datetime, findings: Mapping[str, Counted]) -> Below:
    """Eight queries. `findings` are by the path of their unit."""
    day = unit.local_day(now)
    states = {row.path: row.state for row in counters_on(actor, unit, day, now)}
    crowds = crowds_below(actor, unit, day, now, policy.on(day, unit))
    children = units_visible_to(actor, unit).filter(in_operation(day), parent=unit)
    rows = sorted((unit_row(child, findings, states, crowds) for child in children), key=lambda row: row.worst_first)
    return Below(
        rows=tuple(rows),
        counters=sum(row.counters for row in rows),
        open=sum(row.open for row in rows),
        closing=sum(row.closing for row in rows),
        closed=sum(row.closed for row in rows),
        waiting=sum(row.waiting for row in rows),
        over=sum(row.over for row in rows),
        standing=never_closed(days_visible_to(actor, unit), day).count(),
        chart=findings_chart(rows),
    )


def unit_row(
    unit: Unit,
    findings: Mapping[str, Counted],
    states: Mapping[str, str],
    crowds: Mapping[str, Crowd],
) -> UnitRow:
    """`states` are of all counters in operation; those whose hours keep them shut today are not counted."""
    mine = [path for path, state in states.items() if path.startswith(unit.path) and state != "SHUT"]
    found = [one for path, one in findings.items() if path.startswith(unit.path)]
    told = [states[path] for path in mine]
    halls = [crowds[path] for path in mine if path in crowds]
    return UnitRow(
        code=unit.code,
        label=unit.label,
        level=unit.get_level_display(),
        is_counter=unit.is_counter,
        counters=len(mine),
        open=told.count("OPEN"),
        closing=told.count("CLOSING"),
        closed=told.count("CLOSED"),
        waiting=sum(one.waiting for one in halls),
        over=sum(one.over_now for one in halls),
        findings=sum(one.open for one in found),
        late=sum(one.late for one in found),
    )


def findings_chart(rows: Iterable[UnitRow]) -> Chart | None:
    """Open and overdue findings of the units that have some, the worst first; None when nothing is open."""
    shown = [row for row in rows if row.findings][:MOST_BARS]
    if not shown:
        return None
    series = {
        pgettext("finding", "In time"): [row.findings - row.late for row in shown],
        _("Overdue"): [row.late for row in shown],
    }
    chart = bar_chart("findings-below", _("Open findings by unit"), [row.label for row in shown], series)
    drawn = [one | {"stack": "findings"} for one in chart.spec["series"]]
    drawn[1] |= {"tone": "bad"}
    return replace(
        chart, spec={**chart.spec, "series": drawn, "yAxis": {"type": "value", "minInterval": 1}}, clause="R1.5"
    )
