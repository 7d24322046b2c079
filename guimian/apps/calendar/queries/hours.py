"""A counter's hours: those in force, those that were, those to come. Working hours are internal (R1.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from guimian.apps.calendar import rules
from guimian.apps.calendar.models import Hours
from guimian.apps.calendar.queries.state import day_kind
from guimian.apps.calendar.rules import Times
from guimian.engines.policy import Policy, Verdict

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

DAY_KINDS = Hours.DayKind.choices
WORST_FIRST = (("not_met", "BROKEN"), ("not_known", "not_known"), ("met", "met"))


def times_of(row: Hours) -> Times:
    return Times(row.is_open, row.work_from, row.work_to, row.open_from, row.open_to, row.banks_until)


def hours_in_force(unit: Unit, day: date) -> dict[str, Hours]:
    """The counter's hours in force on the day, by the kind of day; a kind without hours is missing. One query."""
    rows = list(Hours.objects.filter(unit=unit, from_date__lte=day))
    found = {kind: rules.in_force(rows, kind, day) for kind in rules.DAY_KINDS}
    return {kind: row for kind, row in found.items() if row is not None}


def hours_on(unit: Unit, day: date) -> Hours | None:
    """The counter's hours of this very day; None where none are set. Two queries."""
    return hours_in_force(unit, day).get(day_kind(day))


def hours_of(unit: Unit, pk: int) -> Hours | None:
    """One row of the counter's hours; None when it is not the counter's."""
    return Hours.objects.filter(unit=unit, pk=pk).first()


def times_to_start_from(unit: Unit, kind: str) -> Times:
    """What a form for new hours begins with: the latest of the kind, else the latest of workdays, else nothing. One query."""
    rows = list(Hours.objects.filter(unit=unit, day_kind__in={kind, "WORKDAY"}, is_open=True))
    latest = rules.in_force(rows, kind, date.max) or rules.in_force(rows, "WORKDAY", date.max)
    return times_of(latest) if latest else Times()


def judged(figures: Policy, unit: Unit, kind: str, times: Times) -> tuple[Verdict, ...]:
    """What R1.3 and R2.5 say to the hours, as far as there is something to say.

    Nothing of a day before the regulation was in force; nothing of doors that close after they open, as all do.
    """
    if "calendar.opening_after_work" not in figures:
        return ()
    said = rules.judge_hours(figures, times=times, day_kind=kind, size=unit.size)
    return tuple(
        one
        for one in said
        if one.outcome != "not_applicable" and (one.code, one.outcome) != ("calendar.hours.order", "met")
    )


def worst_of(verdicts: Iterable[Verdict]) -> str:
    """BROKEN, not_known, met, or nothing where nothing is judged."""
    outcomes = {str(verdict.outcome) for verdict in verdicts}
    return next((state for outcome, state in WORST_FIRST if outcome in outcomes), "")


@dataclass(frozen=True)
class Step:
    """Hours from a day on, as the history shows them. `is_planned`: they have not begun."""

    pk: int
    day_kind: str
    kind_label: str
    from_date: date
    times: Times
    set_by: str
    is_planned: bool
    is_in_force: bool


@dataclass(frozen=True)
class KindHours:
    """One kind of day: the hours in force (None: not set) and what R1.3 says to them."""

    kind: str
    label: str
    step: Step | None
    verdicts: tuple[Verdict, ...]

    @property
    def state(self) -> str:
        """`NONE` where nothing is set, else what is worst of the verdicts: BROKEN, not_known, met; empty without any."""
        return worst_of(self.verdicts) if self.step else "NONE"


@dataclass(frozen=True)
class HoursPage:
    """A counter's hours by kind of day, and all there ever were and will be, newest first."""

    kinds: tuple[KindHours, ...]
    history: tuple[Step, ...]

    @property
    def has_more(self) -> bool:
        """Whether there are others than those in force."""
        return not all(step.is_in_force for step in self.history)


def hours_page(unit: Unit, day: date, figures: Policy) -> HoursPage:
    """One query. `figures` are those of the day at the counter."""
    rows = list(Hours.objects.filter(unit=unit).select_related("set_by").order_by("-from_date", "pk"))
    kinds, standing = [], set()
    for kind, label in DAY_KINDS:
        row = rules.in_force(rows, kind, day)
        standing.add(row.pk if row else 0)
        said = judged(figures, unit, kind, times_of(row)) if row else ()
        kinds.append(KindHours(kind, str(label), _step(row, day, True) if row else None, said))
    return HoursPage(tuple(kinds), tuple(_step(row, day, row.pk in standing) for row in rows))


def _step(row: Hours, day: date, in_force: bool) -> Step:
    return Step(
        pk=row.pk,
        day_kind=row.day_kind,
        kind_label=row.get_day_kind_display(),
        from_date=row.from_date,
        times=times_of(row),
        set_by=row.set_by.label if row.set_by else "",
        is_planned=row.from_date > day,
        is_in_force=in_force,
    )
