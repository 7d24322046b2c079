"""Closes of many counters: what was closed when, what was late, what was never closed and is followed up (R5.5, R5.6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import BooleanField, Case, F, OuterRef, Q, QuerySet, Subquery, Value, When

from guimian.apps.calendar.queries import days_visible_to
from guimian.apps.daily_close.models import CounterClose
from guimian.base.access import Actor

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

KEPT = ("number", "records", "received", "paid", "differences", "due_at")
#: What a day may be: not closed though it is over, closed late, closed in time, not over yet.
STATES = ("MISSING", "LATE", "CLOSED", "RUNNING")


def closes_visible_to(actor: Actor, under: Unit, today: date) -> QuerySet[Any]:
    """The business days at and below the unit with their closes: those never closed on top, then the newest first.

    Each has `stands` (one of STATES) and the close's figures as `close_number`, `close_records`, …
    """
    close = CounterClose.objects.filter(unit=OuterRef("unit"), day=OuterRef("day"))
    beside: dict[str, Any] = {f"close_{name}": Subquery(close.values(name)[:1]) for name in KEPT}
    rows = days_visible_to(actor, under).annotate(**beside)
    stands = Case(
        When(Q(day__lt=today) & ~Q(state="CLOSED"), then=Value("MISSING")),
        When(~Q(state="CLOSED"), then=Value("RUNNING")),
        When(closed_at__gt=F("close_due_at"), then=Value("LATE")),
        default=Value("CLOSED"),
    )
    over = Case(When(stands="MISSING", then=Value(False)), default=Value(True), output_field=BooleanField())
    return rows.annotate(stands=stands).annotate(over=over).order_by("over", "-day", "unit__path")


@dataclass(frozen=True)
class Followed:
    """The last day before today on which a counter at or below the unit was open; `missing` counts every earlier one too."""

    day: date | None
    counters: int
    closed: int
    late: int
    missing: int


def followed_up(actor: Actor, under: Unit, today: date) -> Followed:
    """How yesterday's closes stand (R5.6). Three queries."""
    rows = closes_visible_to(actor, under, today)
    missing = rows.filter(stands="MISSING").count()
    day = days_visible_to(actor, under).filter(day__lt=today).order_by("-day").values_list("day", flat=True).first()
    if day is None:
        return Followed(None, 0, 0, 0, missing)
    states = list(rows.filter(day=day).values_list("stands", flat=True))
    closed = states.count("CLOSED") + states.count("LATE")
    return Followed(day, len(states), closed, states.count("LATE"), missing)


def late_closes(since: datetime) -> QuerySet[CounterClose]:
    """Every counter's close from that moment on that came after its cut-off: for background work only, which nobody reads."""
    rows = CounterClose.objects.filter(closed_at__gte=since, closed_at__gt=F("due_at"))
    return rows.select_related("unit").order_by("unit__path", "day")
