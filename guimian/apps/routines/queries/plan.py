"""What a counter's own calendar makes of the catalogue for one day: pure rules over what is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet

from guimian.apps.calendar import queries as calendar
from guimian.apps.calendar import rules as days
from guimian.apps.routines import rules
from guimian.apps.routines.models import DayDuty, Duty, Round
from guimian.apps.routines.queries.catalogue import all_duties
from guimian.apps.routines.queries.rounds import peaks_of
from guimian.apps.routines.rules import Planned, PlannedRound
from guimian.apps.routines.rules.periods import Period
from guimian.base import policy
from guimian.base.access import unit_model

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

AROUND = timedelta(days=110)  # a quarter and a fortnight: as far as the rules look


@dataclass(frozen=True)
class Known:
    """What is the same for all counters on a day: the catalogue and the State's calendar around it."""

    day: date
    duties: tuple[Duty, ...]
    marks: days.Marks


def known_on(day: date) -> Known:
    """Two queries, for as many counters as there are."""
    return Known(day, tuple(all_duties()), calendar.marks_between(day - AROUND, day + AROUND))


@dataclass(frozen=True)
class DayPlan:
    """A counter's duties, each with its entry, and its rounds on one day."""

    unit: Unit
    day: date
    duties: tuple[tuple[Planned, Duty], ...]
    rounds: tuple[PlannedRound, ...]


def day_plan(unit: Unit, known: Known) -> DayPlan:
    """The plan of one counter. Three queries; without hours in force, or on a shut day, nothing is planned."""
    hours = calendar.hours_in_force(unit, known.day)
    kind = days.kind_of_day(known.day, known.marks)
    row = hours.get(kind)
    if row is None or not row.is_open:
        return DayPlan(unit, known.day, (), ())
    figures, times = policy.on(known.day, unit), calendar.times_of(row)
    entries = {one.code: one for one in rules.in_force(known.duties, unit.path, known.day)}
    planned = rules.plan_duties(
        entries.values(),
        times=times,
        day=known.day,
        is_open=open_by({name: one.is_open for name, one in hours.items()}, known.marks),
        breaks=breaks_around(known, figures.whole("routines.long_holiday")),
    )
    peaks = peaks_of(unit, kind, known.day)
    rounds = rules.plan_rounds(
        figures,
        times=times,
        morning=peaks.morning if peaks else None,
        afternoon=peaks.afternoon if peaks else None,
    )
    return DayPlan(unit, known.day, tuple((one, entries[one.code]) for one in planned), rounds)


def open_by(kinds: dict[str, bool], marks: days.Marks) -> Callable[[date], bool]:
    """Whether the doors open on a day, by its kind."""
    return lambda day: kinds.get(days.kind_of_day(day, marks), False)


def breaks_around(known: Known, least: int) -> tuple[Period, ...]:
    """The long holidays within a month of the day."""
    near = timedelta(days=31)
    return tuple(rules.long_breaks(known.day - near, known.day + near, known.marks, least))


# ---------------------------------------------------------------- the whole company, in the background
def counters_in_operation(day: date) -> QuerySet[Unit]:
    """Every counter in operation on the day: for work in the background, past no guard."""
    begun = Q(opened_on=None) | Q(opened_on__lte=day)
    return (
        unit_model().objects.filter(begun, Q(closed_on=None) | Q(closed_on__gt=day), level="COUNTER").order_by("path")
    )


def counters_without_plan(day: date) -> QuerySet[Unit]:
    """Those of them that have neither duties nor rounds on the day yet."""
    return counters_in_operation(day).exclude(
        Exists(DayDuty.objects.filter(unit=OuterRef("pk"), day=day))
        | Exists(Round.objects.filter(unit=OuterRef("pk"), day=day).exclude(slot="EXTRA"))
    )


def duties_to_do(unit: Unit, day: date) -> QuerySet[DayDuty]:
    """The duties of a counter's day that wait, in their order: for programs, past no guard."""
    rows = DayDuty.objects.filter(unit=unit, day=day, state=DayDuty.State.DUE)
    return rows.select_related("unit", "duty").order_by("due_at", "code", "number")


def rounds_to_walk(unit: Unit, day: date) -> QuerySet[Round]:
    """The rounds of a counter's day that wait, in their order: for programs, past no guard."""
    rows = Round.objects.filter(unit=unit, day=day, state=Round.State.PLANNED)
    return rows.select_related("unit").order_by("due_at")
