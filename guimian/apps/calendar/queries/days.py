"""Business days. A day is the counter's own local date, whatever the time zone of the server."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from guimian.apps.calendar.models import BusinessDay, Hours
from guimian.apps.calendar.queries.hours import counters_of, hours_on
from guimian.apps.calendar.queries.state import day_kind
from guimian.base.access import Actor
from guimian.base.models import JournalSeal
from guimian.base.ui.parts import Entry

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

State = BusinessDay.State
DAY_STATES = State.choices


# ---------------------------------------------------------------- one counter
def business_day_of(unit: Unit, now: datetime) -> BusinessDay | None:
    """The day that counts at the counter: an earlier one that was never closed, else today's; None before. One query."""
    wanted = Q(day=unit.local_day(now)) | ~Q(state=State.CLOSED)
    return BusinessDay.objects.filter(wanted, unit=unit).order_by("day").first()


@dataclass(frozen=True)
class Today:
    """A counter's day: its state ("" before it is opened), its doors (None: shut or not known), an earlier open day."""

    day: date
    state: str
    opens: time | None
    closes: time | None
    earlier: date | None


def today_at(unit: Unit, now: datetime) -> Today | None:
    """How the counter's day stands; None for any other unit. Three queries."""
    if not unit.is_counter:
        return None
    day = unit.local_day(now)
    row, hours = business_day_of(unit, now), hours_on(unit, day)
    is_open = hours is not None and hours.is_open
    earlier = row is not None and row.day < day
    return Today(
        day=day,
        state=row.state if row is not None and not earlier else "",
        opens=hours.open_from if hours and is_open else None,
        closes=hours.open_to if hours and is_open else None,
        earlier=row.day if row is not None and earlier else None,
    )


@dataclass(frozen=True)
class DayPage:
    """A counter's day: its row (None: not opened), hours, what happened, and an earlier day that stands open.

    `next_step`: open, start_closing, close or nothing. `digest` is the journal's head that the close sealed.
    """

    day: date
    kind: str
    hours: Hours | None
    row: BusinessDay | None
    earlier: date | None
    entries: tuple[Entry, ...]
    digest: str
    next_step: str

    @property
    def kind_label(self) -> str:
        return str(Hours.DayKind(self.kind).label)


def day_page(unit: Unit, day: date, now: datetime) -> DayPage:
    """Five queries. `day` is the day to look at; only today is opened, any day that is open may be closed."""
    rows = BusinessDay.objects.filter(unit=unit).select_related("opened_by", "closing_by", "closed_by")
    row = rows.filter(day=day).first()
    standing = rows.exclude(state=State.CLOSED).exclude(day=day).order_by("day").first()
    seal = JournalSeal.objects.filter(unit=unit, day=day).order_by("-seq").first() if row else None
    return DayPage(
        day=day,
        kind=day_kind(day),
        hours=hours_on(unit, day),
        row=row,
        earlier=standing.day if standing else None,
        entries=_entries(row),
        digest=seal.digest if seal else "",
        next_step=_next_step(row, day == unit.local_day(now)),
    )


def _next_step(row: BusinessDay | None, is_today: bool) -> str:
    if row is None:
        return "open" if is_today else ""
    return {State.OPEN: "start_closing", State.CLOSING: "close"}.get(State(row.state), "")


def _entries(row: BusinessDay | None) -> tuple[Entry, ...]:
    """What happened to the day, in order."""
    if row is None:
        return ()
    steps = (
        (row.opened_at, _("Day opened"), row.opened_by, "R1.1"),
        (row.closing_at, _("Closing started"), row.closing_by, "R5.3"),
        (row.closed_at, _("Day closed"), row.closed_by, "R5.3"),
    )
    return tuple(
        Entry(at.astimezone(row.unit.zone), title, by.label if by else "", clause=clause)
        for at, title, by, clause in steps
        if at is not None
    )


def day_of(unit: Unit, day: date) -> BusinessDay | None:
    """The counter's business day of that date."""
    return BusinessDay.objects.filter(unit=unit, day=day).select_related("unit").first()


# ---------------------------------------------------------------- many counters
def days_visible_to(actor: Actor, under: Unit) -> QuerySet[BusinessDay]:
    """The business days at and below the unit within reach, newest first."""
    rows = BusinessDay.objects.filter(actor.within(), unit__path__startswith=under.path)
    return rows.select_related("unit", "opened_by", "closed_by").order_by("-day", "unit__path")


def day_states(actor: Actor, under: Unit, day: date) -> dict[str, str]:
    """The states of the day at and below the unit, by the path of the counter; a day not opened is missing. One query."""
    rows = BusinessDay.objects.filter(actor.within(), unit__path__startswith=under.path, day=day)
    return dict(rows.values_list("unit__path", "state"))


@dataclass(frozen=True)
class CounterDay:
    """A counter and its day. `state` is NONE before it is opened."""

    code: str
    label: str
    path: str
    state: str
    opened_at: datetime | None
    closed_at: datetime | None

    @property
    def state_label(self) -> str:
        return str(State(self.state).label) if self.state in State.values else _("Not opened yet")


def counters_on(actor: Actor, under: Unit, day: date) -> tuple[CounterDay, ...]:
    """The counters in operation at and below the unit with their day. Two queries, however many."""
    days = {row.unit_id: row for row in days_visible_to(actor, under).filter(day=day)}
    rows = []
    for unit in counters_of(actor, under, day):
        row = days.get(unit.pk)
        rows.append(
            CounterDay(
                code=unit.code,
                label=unit.label,
                path=unit.path,
                state=row.state if row else "NONE",
                opened_at=row.opened_at.astimezone(unit.zone) if row else None,
                closed_at=row.closed_at.astimezone(unit.zone) if row and row.closed_at else None,
            )
        )
    return tuple(rows)
