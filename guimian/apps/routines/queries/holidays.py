"""Plans for long holidays: which counters are open when, and what hangs at the door (R2.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from guimian.apps.calendar import queries as calendar
from guimian.apps.calendar import rules as days
from guimian.apps.organisation.queries import units_standing, units_visible_to
from guimian.apps.routines import rules
from guimian.apps.routines.models import HolidayPlan
from guimian.apps.routines.queries.duties import Stand
from guimian.apps.routines.rules.periods import Period
from guimian.base.access import Actor, unit_model
from guimian.base.policy.queries import ancestor_paths
from guimian.base.templatetags.ui import language

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

FORTNIGHT = timedelta(days=15)


def plans_visible_to(actor: Actor, under: Unit) -> QuerySet[HolidayPlan]:
    """The plans at and below the unit within reach, the next holiday first."""
    rows = HolidayPlan.objects.filter(actor.within(), unit__path__startswith=under.path)
    return rows.select_related("unit", "reported_by", "told_by", "published_by").order_by("-first", "unit__path")


def plan_of(actor: Actor, unit: Unit, pk: int) -> HolidayPlan | None:
    """A plan at or below the unit, past the guard."""
    return plans_visible_to(actor, unit).filter(pk=pk).first()


def plan_stand(row: HolidayPlan, day: date, report_before: int) -> Stand:
    """Where a plan stands on the day. `report_before`: days before the holiday by which it is reported."""
    if row.published_at is not None and row.told_at is not None:
        return Stand("DONE", _("Reported, told and published"))
    if row.reported_at is not None:
        words = _("To be published") if row.told_at is not None else _("95519 is to be told")
        return Stand("ASSIGNED", words)
    late = day > row.first - timedelta(days=report_before)
    return Stand("OVERDUE", _("Overdue")) if late else Stand("DUE", _("To be reported"))


@dataclass(frozen=True)
class DoorTimes:
    """One day of a counter in a holiday; None: shut."""

    day: date
    open_from: time | None
    open_to: time | None


@dataclass(frozen=True)
class CounterDays:
    """A counter with its days of the holiday."""

    label: str
    days: tuple[DoorTimes, ...]


def lines_of_plan(actor: Actor, plan: HolidayPlan) -> tuple[CounterDays, ...]:
    """What the plan says: as it was reported, else as the hours stand now."""
    kept = plan.lines if plan.lines is not None else planned_lines(actor, plan.unit, (plan.first, plan.last))
    return tuple(_counter(line) for line in kept)


def planned_lines(actor: Actor, unit: Unit, period: Period) -> list[dict[str, Any]]:
    """The counters of a city with the hours that are in force when the holiday begins. A query a counter, and two."""
    marks = calendar.marks_between(*period)
    counters = units_standing(units_visible_to(actor, unit), period[0], True).filter(level="COUNTER")
    return [_line(counter, period, marks) for counter in counters]


def _line(counter: Unit, period: Period, marks: days.Marks) -> dict[str, Any]:
    hours = calendar.hours_in_force(counter, period[0])
    found = []
    for day in days.days_between(*period):
        row = hours.get(days.kind_of_day(day, marks))
        opens = row is not None and row.is_open
        times = [
            f"{at:%H:%M}" if opens and at else "" for at in ((row.open_from, row.open_to) if row else (None, None))
        ]
        found.append([day.isoformat(), *times])
    return {"code": counter.code, "label": counter.name, "label_en": counter.name_en, "days": found}


def _counter(line: dict[str, Any]) -> CounterDays:
    label = line["label_en"] if language() == "en" and line["label_en"] else line["label"]
    return CounterDays(
        label, tuple(DoorTimes(date.fromisoformat(day), _time(a), _time(b)) for day, a, b in line["days"])
    )


def _time(text: str) -> time | None:
    return time.fromisoformat(text) if text else None


# ---------------------------------------------------------------- the door
def notices_of(counter: Unit) -> QuerySet[HolidayPlan]:
    """The published plans that a counter past the guard hangs at its door: its own and those of the city above it."""
    rows = HolidayPlan.objects.filter(unit__path__in=ancestor_paths(counter.path)).exclude(published_at=None)
    return rows.order_by("-first")


@dataclass(frozen=True)
class Notice:
    """What hangs at the door: the counter's own days, and nothing of any other counter."""

    name: str
    first: date
    last: date
    days: tuple[DoorTimes, ...]


def notice_of(counter: Unit, first: date) -> Notice | None:
    plan = notices_of(counter).filter(first=first).first()
    line = next((one for one in (plan.lines or []) if one["code"] == counter.code), None) if plan else None
    if plan is None or line is None:
        return None
    return Notice(holiday_name(plan), plan.first, plan.last, _counter(line).days)


# ---------------------------------------------------------------- in the background
def cities(day: date) -> QuerySet[Unit]:
    """Every city that stands on the day: for work in the background, past no guard."""
    return units_standing(unit_model().objects.filter(level="CITY").order_by("path"), day, True)


def breaks_ahead(day: date, ahead: int, least: int) -> tuple[Period, ...]:
    """Long holidays that begin within so many days after the day. One query."""
    last = day + timedelta(days=ahead)
    marks = calendar.marks_between(day - FORTNIGHT, last + FORTNIGHT)
    return tuple(rules.long_breaks(day + timedelta(days=1), last, marks, least))


def name_of_break(period: Period) -> tuple[str, str]:
    """The name of the first marked day in it, in Chinese and English."""
    marked = calendar.marked_days(period[0].year) | calendar.marked_days(period[1].year)
    row = marked.filter(day__range=period).first()
    return (row.name, row.name_en) if row else ("", "")


def holiday_name(plan: HolidayPlan) -> str:
    """The holiday's name in the language of the page."""
    return plan.name_en if language() == "en" and plan.name_en else plan.name
