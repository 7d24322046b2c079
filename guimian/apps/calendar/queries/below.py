"""Many counters at once: their days and their hours, in a number of queries that does not grow with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from guimian.apps.calendar import rules
from guimian.apps.calendar.models import BusinessDay, Hours
from guimian.apps.calendar.queries.hours import judged, times_of, worst_of
from guimian.apps.calendar.queries.state import day_kind
from guimian.apps.calendar.rules import Times
from guimian.apps.organisation.queries import units_visible_to
from guimian.base.access import Actor
from guimian.engines.policy import Policy, Verdict

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

State = BusinessDay.State


def counters_of(actor: Actor, under: Unit, day: date) -> Iterable[Unit]:
    """The counters in operation on the day at and below the unit, within reach."""
    here = Q(opened_on=None) | Q(opened_on__lte=day)
    return units_visible_to(actor, under).filter(here, Q(closed_on=None) | Q(closed_on__gt=day), level="COUNTER")


def hours_by_counter(under: Unit, day: date) -> Mapping[int, list[Hours]]:
    """All hours begun by the day at and below the unit, by the counter's key. One query."""
    rows: dict[int, list[Hours]] = defaultdict(list)
    for row in Hours.objects.filter(unit__path__startswith=under.path, from_date__lte=day):
        rows[row.unit_id].append(row)
    return rows


# ---------------------------------------------------------------- days
def days_visible_to(actor: Actor, under: Unit) -> QuerySet[BusinessDay]:
    """The business days at and below the unit within reach, newest first."""
    rows = BusinessDay.objects.filter(actor.within(), unit__path__startswith=under.path)
    return rows.select_related("unit", "opened_by", "closing_by", "closed_by").order_by("-day", "unit__path")


def never_closed(rows: QuerySet[BusinessDay], day: date) -> QuerySet[BusinessDay]:
    """Of the days those before `day` that are not closed (R5.6)."""
    return rows.filter(day__lt=day).exclude(state=State.CLOSED)


def standing_days() -> QuerySet[BusinessDay]:
    """Every counter's day that is not closed: for background work only, which nobody reads."""
    return BusinessDay.objects.exclude(state=State.CLOSED).select_related("unit").order_by("unit__path")


def day_states(actor: Actor, under: Unit, day: date) -> dict[str, str]:
    """The states of the day at and below the unit, by the path of the counter; a day not opened is missing. One query."""
    rows = BusinessDay.objects.filter(actor.within(), unit__path__startswith=under.path, day=day)
    return dict(rows.values_list("unit__path", "state"))


@dataclass(frozen=True)
class CounterDay:
    """A counter and its day. `state` is NONE before it is opened, SHUT when its hours keep it shut; times are aware.

    `late`: the doors should be open by now, or the day was never closed.
    """

    code: str
    label: str
    path: str
    state: str
    open_from: time | None
    open_to: time | None
    opened_at: datetime | None
    closed_at: datetime | None
    late: bool

    @property
    def state_label(self) -> str:
        if self.state in State.values:
            return str(State(self.state).label)
        return _("Shut on this day") if self.state == "SHUT" else _("Not opened yet")


def counters_on(actor: Actor, under: Unit, day: date, now: datetime) -> tuple[CounterDay, ...]:
    """The counters in operation at and below the unit with their day. Four queries, however many."""
    days = {row.unit_id: row for row in days_visible_to(actor, under).filter(day=day)}
    hours, kind = hours_by_counter(under, day), day_kind(day)
    return tuple(
        _counter_day(unit, days.get(unit.pk), rules.in_force(hours[unit.pk], kind, day), day, now)
        for unit in counters_of(actor, under, day)
    )


def _counter_day(unit: Unit, row: BusinessDay | None, hours: Hours | None, day: date, now: datetime) -> CounterDay:
    shut = hours is not None and not hours.is_open
    opens = hours.open_from if hours and not shut else None
    return CounterDay(
        code=unit.code,
        label=unit.label,
        path=unit.path,
        state=row.state if row else "SHUT" if shut else "NONE",
        open_from=opens,
        open_to=hours.open_to if hours and not shut else None,
        opened_at=row.opened_at if row else None,
        closed_at=row.closed_at if row else None,
        late=_is_late(row, opens, day, now.astimezone(unit.zone)),
    )


def _is_late(row: BusinessDay | None, opens: time | None, day: date, here: datetime) -> bool:
    """`here` is the time at the counter."""
    if row is not None:
        return row.state != State.CLOSED and day < here.date()
    return opens is not None and (day, opens) <= (here.date(), here.time())


# ---------------------------------------------------------------- hours
@dataclass(frozen=True)
class CounterHours:
    """A counter with its hours by kind of day, and what R1.3 and R2.5 say to them."""

    code: str
    label: str
    path: str
    hours: Mapping[str, Times]
    verdicts: tuple[Verdict, ...]

    @property
    def broken(self) -> tuple[Verdict, ...]:
        return tuple(verdict for verdict in self.verdicts if verdict.outcome == "not_met")

    @property
    def state(self) -> str:
        """`BROKEN`, else `NONE` where no hours are set for workdays, else not_known or met (nothing is broken by being shut)."""
        state = worst_of(self.verdicts)
        return state or "met" if state == "BROKEN" or "WORKDAY" in self.hours else "NONE"


def hours_below(actor: Actor, under: Unit, day: date, figures: Callable[[Unit], Policy]) -> tuple[CounterHours, ...]:
    """The counters in operation at and below the unit, each judged by its own figures of the day. Two queries, however many."""
    rows = hours_by_counter(under, day)
    return tuple(_counter_hours(unit, rows[unit.pk], day, figures(unit)) for unit in counters_of(actor, under, day))


def _counter_hours(unit: Unit, rows: list[Hours], day: date, figures: Policy) -> CounterHours:
    found = {kind: rules.in_force(rows, kind, day) for kind in rules.DAY_KINDS}
    hours = {kind: times_of(row) for kind, row in found.items() if row is not None}
    said = [verdict for kind, times in hours.items() for verdict in judged(figures, unit, kind, times)]
    return CounterHours(unit.code, unit.label, unit.path, hours, tuple(said))
