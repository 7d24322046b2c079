"""Hours in force. Working hours are internal (R1.3): the page for the door never holds them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q

from guimian.apps.calendar import rules
from guimian.apps.calendar.models import CalendarDay, Hours
from guimian.apps.calendar.queries.state import day_kind, name_of
from guimian.apps.calendar.rules import Times
from guimian.apps.organisation.queries import units_visible_to
from guimian.base.access import Actor, unit_model
from guimian.engines.policy import Policy, Verdict

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

DAY_KINDS = Hours.DayKind.choices
AHEAD = timedelta(days=60)  # how far the page for the door looks


def times_of(row: Hours) -> Times:
    return Times(row.is_open, row.work_from, row.work_to, row.open_from, row.open_to, row.banks_until)


# ---------------------------------------------------------------- one counter
def hours_in_force(unit: Unit, day: date) -> dict[str, Hours]:
    """The counter's hours in force on the day, by the kind of day; a kind without hours is missing. One query."""
    rows = list(Hours.objects.filter(unit=unit, from_date__lte=day))
    found = {kind: rules.in_force(rows, kind, day) for kind in rules.DAY_KINDS}
    return {kind: row for kind, row in found.items() if row is not None}


def hours_on(unit: Unit, day: date) -> Hours | None:
    """The counter's hours of this very day; None where none are set. Two queries."""
    return hours_in_force(unit, day).get(day_kind(day))


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


@dataclass(frozen=True)
class HoursPage:
    """A counter's hours by kind of day, and all there ever were and will be, newest first."""

    kinds: tuple[KindHours, ...]
    history: tuple[Step, ...]


def hours_page(unit: Unit, day: date, figures: Policy) -> HoursPage:
    """One query. `figures` are those of the day at the counter."""
    rows = list(Hours.objects.filter(unit=unit).select_related("set_by").order_by("-from_date", "day_kind"))
    kinds, standing = [], set()
    for kind, label in DAY_KINDS:
        row = rules.in_force(rows, kind, day)
        standing.add(row.pk if row else 0)
        said = rules.judge_hours(figures, times=times_of(row), day_kind=kind, size=unit.size) if row else ()
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


# ---------------------------------------------------------------- many counters
@dataclass(frozen=True)
class CounterHours:
    """A counter with its hours by kind of day."""

    code: str
    label: str
    path: str
    hours: dict[str, Times]
    verdicts: tuple[Verdict, ...]

    @property
    def broken(self) -> int:
        return sum(verdict.outcome == "not_met" for verdict in self.verdicts)

    @property
    def is_set(self) -> bool:
        return "WORKDAY" in self.hours


def hours_below(actor: Actor, under: Unit, day: date, figures: Policy) -> tuple[CounterHours, ...]:
    """The counters in operation at and below the unit, judged by the unit's own figures. Two queries, however many."""
    units = list(counters_of(actor, under, day))
    rows: dict[int, list[Hours]] = defaultdict(list)
    for row in Hours.objects.filter(unit__path__startswith=under.path, from_date__lte=day):
        rows[row.unit_id].append(row)
    return tuple(_counter(unit, rows[unit.pk], day, figures) for unit in units)


def counters_of(actor: Actor, under: Unit, day: date) -> Iterable[Unit]:
    """The counters in operation on the day at and below the unit, within reach."""
    here = Q(opened_on=None) | Q(opened_on__lte=day)
    return units_visible_to(actor, under).filter(here, Q(closed_on=None) | Q(closed_on__gt=day), level="COUNTER")


def _counter(unit: Unit, rows: list[Hours], day: date, figures: Policy) -> CounterHours:
    found = {kind: rules.in_force(rows, kind, day) for kind in rules.DAY_KINDS}
    hours = {kind: times_of(row) for kind, row in found.items() if row is not None}
    said = [
        verdict
        for kind, times in hours.items()
        for verdict in rules.judge_hours(figures, times=times, day_kind=kind, size=unit.size)
    ]
    return CounterHours(unit.code, unit.label, unit.path, hours, tuple(said))


# ---------------------------------------------------------------- the door
@dataclass(frozen=True)
class DoorHours:
    """What the door says of one kind of day; None: shut."""

    label: str
    open_from: time | None
    open_to: time | None


@dataclass(frozen=True)
class DoorDay:
    """A day soon that is not what its weekday says."""

    day: date
    name: str
    open_from: time | None
    open_to: time | None


@dataclass(frozen=True)
class DoorPage:
    """Name, address and opening hours: what stands on the door anyway, and nothing else."""

    label: str
    address: str
    since: date | None
    hours: tuple[DoorHours, ...]
    soon: tuple[DoorDay, ...]


def counter_at_door(code: str, day: date) -> Unit | None:
    """A counter in operation on the day, past no guard: its name hangs in the street."""
    here = Q(opened_on=None) | Q(opened_on__lte=day)
    there = Q(closed_on=None) | Q(closed_on__gt=day)
    return unit_model().objects.filter(here, there, code=code, level="COUNTER").first()


def door_page(unit: Unit, day: date) -> DoorPage:
    """Opening hours in force, and the marked days of the next weeks. Two queries. Working hours are left out (R1.3)."""
    rows = list(Hours.objects.filter(unit=unit, from_date__lte=day + AHEAD))
    found = {kind: rules.in_force(rows, kind, day) for kind, _label in DAY_KINDS}
    marked = CalendarDay.objects.filter(day__range=(day, day + AHEAD)).order_by("day")
    soon = []
    for mark in marked:
        kind = rules.kind_of_day(mark.day, {mark.day: mark.kind})
        row = rules.in_force(rows, kind, mark.day)
        soon.append(DoorDay(mark.day, name_of(mark), *_doors(row)))
    hours = tuple(DoorHours(str(label), *_doors(found[kind])) for kind, label in DAY_KINDS)
    since = max((row.from_date for row in found.values() if row), default=None)
    return DoorPage(unit.label, unit.address, since, hours, tuple(soon))


def _doors(row: Hours | None) -> tuple[time | None, time | None]:
    return (row.open_from, row.open_to) if row and row.is_open else (None, None)
