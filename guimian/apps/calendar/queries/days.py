"""Business days. A day is the counter's own local date, whatever the time zone of the server."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.translation import gettext as _

from guimian.apps.calendar import rules
from guimian.apps.calendar.models import BusinessDay, Hours
from guimian.apps.calendar.queries.hours import hours_in_force, hours_on, judged, times_of, worst_of
from guimian.apps.calendar.queries.state import Month, mark_on, month, name_of
from guimian.apps.calendar.rules import Times
from guimian.base.models import JournalSeal
from guimian.base.ui.parts import Entry
from guimian.engines.policy import Policy, Verdict

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

State = BusinessDay.State
DAY_STATES = State.choices


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
class Part:
    """One of the three parts of a day (R1.1), by the counter's hours. `is_now`: it is going on."""

    label: str
    starts: time
    ends: time
    is_now: bool


@dataclass(frozen=True)
class DayPage:
    """A counter's day: its row (None: not opened), hours, what R1.3 says to them, what happened, an earlier day left open.

    `special` names what the State says about the day. `shut` says why the doors stay shut: hours, out_of_operation or
    nothing. `next_step`: open, start_closing, close or nothing. `digest` is the journal's head that the close sealed.
    """

    day: date
    is_today: bool
    kind: str
    special: str
    hours: Hours | None
    parts: tuple[Part, ...]
    verdicts: tuple[Verdict, ...]
    row: BusinessDay | None
    earlier: date | None
    entries: tuple[Entry, ...]
    digest: str
    shut: str
    next_step: str

    @property
    def state(self) -> str:
        """What R1.3 says in a word: BROKEN, not_known, met, or nothing."""
        return worst_of(self.verdicts)

    @property
    def before(self) -> date:
        return self.day - timedelta(days=1)

    @property
    def after(self) -> date | None:
        """The next day, up to today."""
        return None if self.is_today else self.day + timedelta(days=1)


def day_page(unit: Unit, day: date, now: datetime, figures: Policy) -> DayPage:
    """Five queries. `figures` are those of the day: what has passed is judged by its own.

    Only today is opened; any day that is open may be closed.
    """
    today, mark = unit.local_day(now), mark_on(day)
    kind = rules.kind_of_day(day, {day: mark.kind} if mark else {})
    hours = hours_in_force(unit, day).get(kind)
    rows = BusinessDay.objects.filter(unit=unit).select_related("unit", "opened_by", "closing_by", "closed_by")
    row = rows.filter(day=day).first()
    standing = rows.exclude(state=State.CLOSED).exclude(day=day).order_by("day").first()
    seal = JournalSeal.objects.filter(unit=unit, day=day).order_by("-seq").first() if row else None
    shut = "" if row else _why_shut(unit, day, hours)
    times = times_of(hours) if hours else None
    return DayPage(
        day=day,
        is_today=day == today,
        kind=kind,
        special=f"{name_of(mark)} · {mark.get_kind_display()}" if mark else "",
        hours=hours,
        parts=_parts(times, now.astimezone(unit.zone).time() if day == today else None),
        verdicts=judged(figures, unit, kind, times) if times else (),
        row=row,
        earlier=standing.day if standing else None,
        entries=_entries(row),
        digest=seal.digest if seal else "",
        shut=shut,
        next_step=_next_step(row, may_open=day == today and not shut and standing is None),
    )


def _why_shut(unit: Unit, day: date, hours: Hours | None) -> str:
    if (unit.opened_on and day < unit.opened_on) or (unit.closed_on and day >= unit.closed_on):
        return "out_of_operation"
    return "hours" if hours and not hours.is_open else ""


def _parts(times: Times | None, here: time | None) -> tuple[Part, ...]:
    """Before opening, during, after closing; nothing where the doors stay shut. `here`: the time there, today only."""
    if times is None or not times.is_open:
        return ()
    marks = (times.work_from, times.open_from, times.open_to, times.work_to)
    labels = (_("Before opening"), _("During opening"), _("After closing"))
    return tuple(
        Part(label, starts, ends, here is not None and starts <= here < ends)
        for label, starts, ends in zip(labels, marks, marks[1:], strict=False)
        if starts is not None and ends is not None
    )


def _next_step(row: BusinessDay | None, may_open: bool) -> str:
    if row is None:
        return "open" if may_open else ""
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
        Entry(at, title, by.label if by else "", clause=clause) for at, title, by, clause in steps if at is not None
    )


def latest_day(unit: Unit) -> date | None:
    """The last day that was ever opened at the counter."""
    return BusinessDay.objects.filter(unit=unit).order_by("-day").values_list("day", flat=True).first()


def day_of(unit: Unit, day: date) -> BusinessDay | None:
    """The counter's business day of that date."""
    return BusinessDay.objects.filter(unit=unit, day=day).select_related("unit").first()


# ---------------------------------------------------------------- a month
@dataclass(frozen=True)
class MonthPage:
    """A month of the State's calendar; at a counter also the hours of each of its days and the states of its business days."""

    month: Month
    hours: Mapping[date, Times]
    states: Mapping[date, str]


def month_page(unit: Unit, year: int, number: int, today: date) -> MonthPage:
    """Three queries, for any unit but a counter one. Raises ValueError for no month of any calendar."""
    shown = month(year, number, today)
    if not unit.is_counter:
        return MonthPage(shown, {}, {})
    days = [one for week in shown.weeks for one in week if one.in_month]
    rows = list(Hours.objects.filter(unit=unit, from_date__lte=days[-1].day))
    found = {one.day: rules.in_force(rows, one.kind, one.day) for one in days}
    states = BusinessDay.objects.filter(unit=unit, day__range=(days[0].day, days[-1].day))
    return MonthPage(
        shown,
        {day: times_of(row) for day, row in found.items() if row is not None},
        dict(states.values_list("day", "state")),
    )


def days_known(unit: Unit) -> frozenset[date]:
    """The dates of which the counter has a business day."""
    return frozenset(BusinessDay.objects.filter(unit=unit).values_list("day", flat=True))
