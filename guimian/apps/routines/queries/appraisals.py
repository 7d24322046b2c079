"""The month's appraisal: what it would be, and what was published, to those it is about (R1.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.urls import NoReverseMatch, reverse

from guimian.apps.organisation.queries import people_within, units_visible_to
from guimian.apps.routines import rules
from guimian.apps.routines.models import Appraisal, Mark, Point
from guimian.apps.routines.rules import PointFact
from guimian.base import policy
from guimian.base.access import APPROVERS, LEADERS, Actor

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit


def points_of(unit: Unit, month: date) -> QuerySet[Point]:
    """The points of a counter past the guard within a month, in the order of their days."""
    first, last = rules.month_of(month)
    return Point.objects.filter(unit=unit, day__range=(first, last)).select_related("person").order_by("day", "pk")


@dataclass(frozen=True)
class Line:
    """A point as the appraisal explains it, with the page of its source."""

    day: str
    clause: str
    why: str
    points: Decimal
    url: str


@dataclass(frozen=True)
class MarkRow:
    """A score and what made it. `person` is empty for the counter itself; `pk` 0 before it is published."""

    pk: int
    person: str
    is_mine: bool
    base: Decimal
    points: Decimal
    score: Decimal
    lines: tuple[Line, ...]
    objection: str


@dataclass(frozen=True)
class AppraisalPage:
    """A month of a counter. `row` is None before it is published; then only who may publish it sees the marks."""

    month: date
    row: Appraisal | None
    marks: tuple[MarkRow, ...]
    is_over: bool
    may_publish: bool


@dataclass(frozen=True)
class PlannedMark:
    """A mark as it would be published."""

    person: Person | None
    base: Decimal
    points: Decimal
    score: Decimal
    lines: list[dict[str, Any]]


def planned_marks(unit: Unit, month: date) -> tuple[PlannedMark, ...]:
    """What an appraisal of the month would say: the counter first, then its people. Three queries."""
    rows, last = list(points_of(unit, month)), rules.month_of(month)[1]
    figures = policy.on(last, unit)
    facts = [PointFact(row.points, row.person_id) for row in rows]
    people = {person.pk: person for person in people_within(unit.path, last)}
    people |= {row.person_id: row.person for row in rows if row.person_id and row.person}
    marks = []
    for person in (None, *people.values()):
        score = rules.add_up(figures, facts, person.pk if person else None)
        lines = [kept_line(row) for row in rows if person is None or row.person_id == person.pk]
        marks.append(PlannedMark(person, score.base, score.points, score.score, lines))
    return tuple(marks)


def kept_line(row: Point) -> dict[str, Any]:
    return {
        "day": row.day.isoformat(), "clause": row.clause, "code": row.code, "why": row.why, "points": str(row.points),
        "route": row.route, "key": row.key,
    }  # fmt: skip


def lines_of(unit: Unit, kept: Iterable[dict[str, Any]]) -> tuple[Line, ...]:
    return tuple(
        Line(one["day"], one["clause"], one["why"], Decimal(one["points"]), url_of(unit, one["route"], one["key"]))
        for one in kept
    )


def url_of(unit: Unit, route: str, key: str) -> str:
    """The page of a source; empty where there is none any more."""
    try:
        return reverse(route, args=[unit.code, key] if key else [unit.code]) if route else ""
    except NoReverseMatch:
        return ""


def appraisal_page(actor: Actor, unit: Unit, month: date, now: datetime) -> AppraisalPage | None:
    """The month of a counter as the actor may see it; None when it is none of theirs."""
    row = Appraisal.objects.filter(actor.within(), unit=unit, month=month).select_related("published_by").first()
    publishes = bool(actor.roles_at(unit.path) & APPROVERS)
    if row is None and not publishes:
        return None
    marks = published_marks(actor, row, unit) if row else previewed(actor, unit, month)
    if row is not None and not marks:
        return None
    is_over = rules.month_of(month)[1] < unit.local_day(now)
    return AppraisalPage(month, row, marks, is_over, publishes and row is None and is_over)


def previewed(actor: Actor, unit: Unit, month: date) -> tuple[MarkRow, ...]:
    return tuple(
        MarkRow(
            0, one.person.label if one.person else "", one.person == actor.user, one.base, one.points, one.score,
            lines_of(unit, one.lines), "",
        )
        for one in planned_marks(unit, month)
    )  # fmt: skip


def marks_visible_to(actor: Actor, appraisal: Appraisal) -> QuerySet[Mark]:
    """Those it is about, and no one else: who leads the counter sees all, who works there the counter's and their own."""
    path = appraisal.unit.path
    rows = Mark.objects.filter(actor.within("appraisal__unit"), appraisal=appraisal).select_related("person")
    if actor.roles_at(path) & LEADERS:
        return rows
    works_here = any(grant.path == path for grant in actor.grants)
    return rows.filter(Q(person=actor.user) | Q(person=None) if works_here else Q(person=actor.user))


def published_marks(actor: Actor, row: Appraisal, unit: Unit) -> tuple[MarkRow, ...]:
    marks = sorted(marks_visible_to(actor, row), key=lambda mark: (mark.person_id is not None, mark.pk))
    return tuple(
        MarkRow(
            mark.pk, mark.person.label if mark.person else "", mark.person_id == actor.user.pk, mark.base, mark.points,
            mark.score, lines_of(unit, mark.lines), mark.objection,
        )
        for mark in marks
    )  # fmt: skip


def mark_of(actor: Actor, unit: Unit, pk: int) -> Mark | None:
    """A mark of a counter at or below the unit that the actor may see."""
    mark = (
        Mark.objects.filter(actor.within("appraisal__unit"), appraisal__unit__path__startswith=unit.path, pk=pk)
        .select_related("appraisal__unit", "person")
        .first()
    )
    return mark if mark and marks_visible_to(actor, mark.appraisal).filter(pk=pk).exists() else None


# ---------------------------------------------------------------- many
@dataclass(frozen=True)
class CounterMonth:
    """A counter and its month. `score` is None where it is not published, or not this person's to see."""

    code: str
    label: str
    path: str
    month: date
    state: str
    score: Decimal | None


def counters_in(actor: Actor, under: Unit, month: date) -> tuple[CounterMonth, ...]:
    """The counters at and below the unit with the month's score, the lowest first. Two queries."""
    last = rules.month_of(month)[1]
    begun = Q(opened_on=None) | Q(opened_on__lte=last)
    units = units_visible_to(actor, under).filter(begun, Q(closed_on=None) | Q(closed_on__gt=month), level="COUNTER")
    marks = Mark.objects.filter(
        actor.within("appraisal__unit"),
        appraisal__unit__path__startswith=under.path,
        appraisal__month=month,
        person=None,
    )
    found = dict(marks.values_list("appraisal__unit", "score"))
    leads = bool(actor.roles_at(under.path) & LEADERS)
    rows = [
        CounterMonth(
            unit.code, unit.label, unit.path, month, "PUBLISHED" if unit.pk in found else "OPEN",
            found.get(unit.pk) if leads else None,
        )
        for unit in units
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (row.score is not None, row.score or 0, row.path)))


def months_of(actor: Actor, unit: Unit, now: datetime) -> tuple[CounterMonth, ...]:
    """A counter's months that are published, and for those who publish the last ones that are not. Two queries."""
    rows = Appraisal.objects.filter(actor.within(), unit=unit).order_by("-month")
    seen = {row.month: row for row in rows[:24]}
    marks = Mark.objects.filter(actor.within("appraisal__unit"), appraisal__unit=unit, person=None)
    works_here = any(grant.path == unit.path for grant in actor.grants) or actor.roles_at(unit.path) & LEADERS
    scores = dict(marks.values_list("appraisal__month", "score")) if works_here else {}
    months = set(seen)
    if actor.roles_at(unit.path) & APPROVERS:
        months |= {last_month(unit, now)}
    return tuple(
        CounterMonth(
            unit.code, unit.label, unit.path, month, "PUBLISHED" if month in seen else "OPEN", scores.get(month)
        )
        for month in sorted(months, reverse=True)
    )


def last_month(unit: Unit, now: datetime) -> date:
    """The first day of the last month that is over."""
    return rules.month_of(unit.local_day(now).replace(day=1) - timedelta(days=1))[0]
