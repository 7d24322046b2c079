"""The duties of a day: one counter's in the order of the day, and how the counters below stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from guimian.apps.organisation.queries import units_visible_to
from guimian.apps.routines.models import DayDuty, DutyPhoto
from guimian.apps.routines.models.shared import Part
from guimian.base.access import Actor
from guimian.base.templatetags.ui import language, title_of

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

State = DayDuty.State
STATES = State.choices


def day_duties_visible_to(actor: Actor, under: Unit) -> QuerySet[DayDuty]:
    """The duties at and below the unit within reach, the newest days first."""
    rows = DayDuty.objects.filter(actor.within(), unit__path__startswith=under.path)
    return rows.select_related("unit", "duty", "done_by").order_by("-day", "unit__path", "due_at", "code", "number")


def day_duty_of(actor: Actor, unit: Unit, pk: int) -> DayDuty | None:
    """A duty at or below the unit, past the guard."""
    return day_duties_visible_to(actor, unit).filter(pk=pk).first()


def photo_of(actor: Actor, unit: Unit, pk: int) -> DutyPhoto | None:
    """A photo of a duty at or below the unit, past the guard."""
    here = DutyPhoto.objects.filter(actor.within("day_duty__unit"), day_duty__unit__path__startswith=unit.path)
    return here.filter(pk=pk).first()


def duties_named_like(rows: QuerySet[DayDuty], text: str) -> QuerySet[DayDuty]:
    """Those whose title, code or note holds the text."""
    titles = Q(duty__title_zh__icontains=text) | Q(duty__title_en__icontains=text)
    return rows.filter(titles | Q(code__icontains=text) | Q(note__icontains=text))


@dataclass(frozen=True)
class Stand:
    """Where something stands; as text it is the word."""

    code: str
    label: str

    def __str__(self) -> str:
        return self.label


@dataclass(frozen=True)
class DutyRow:
    """A duty as the list of the day shows it. `state` is OVERDUE for one that is due and not done."""

    pk: int
    title: str
    clause: str
    whom: str
    number: int
    due: datetime
    begins: datetime
    state: str
    state_label: str
    as_needed: bool
    needs_note: bool
    needs_photo: bool
    may_do: bool
    too_early: bool
    done_by: str
    done_at: datetime | None
    note: str
    photos: tuple[int, ...]
    finding: int | None

    @property
    def stand(self) -> Stand:
        return Stand(self.state, self.state_label)

    @property
    def simple(self) -> bool:
        """Done with one tap."""
        return not (self.needs_note or self.needs_photo)


@dataclass(frozen=True)
class PartOfDay:
    """One of the three parts of a day with its duties (R1.1)."""

    part: str
    label: str
    rows: tuple[DutyRow, ...]


@dataclass(frozen=True)
class Tally:
    """How duties stand: `due` is to come, `overdue` past its time, the others as their states. As needed ones do not count."""

    due: int = 0
    overdue: int = 0
    done: int = 0
    late: int = 0
    missed: int = 0

    @property
    def total(self) -> int:
        return self.due + self.overdue + self.done + self.late + self.missed


@dataclass(frozen=True)
class DutiesPage:
    """A counter's day in its order."""

    day: date
    parts: tuple[PartOfDay, ...]
    tally: Tally


def duties_page(actor: Actor, unit: Unit, day: date, now: datetime) -> DutiesPage:
    """Two queries."""
    rows = list(day_duties_visible_to(actor, unit).filter(unit=unit, day=day).prefetch_related("photos"))
    roles = frozenset(str(role) for role in actor.roles_at(unit.path))
    shown = [duty_row(row, roles, unit, now) for row in rows]
    by_part = {part: [one for row, one in zip(rows, shown, strict=True) if row.part == part] for part in Part.values}
    parts = tuple(
        PartOfDay(part, str(Part(part).label), tuple(sorted(found, key=lambda one: (one.due, one.pk))))
        for part, found in by_part.items()
        if found
    )
    return DutiesPage(day, parts, tally_of(shown))


def duty_row(row: DayDuty, roles: frozenset[str], unit: Unit, now: datetime) -> DutyRow:
    state, label = stand_of(row, now)
    return DutyRow(
        pk=row.pk,
        title=title_of(row.duty),
        clause=row.duty.clause,
        whom=row.duty.whom_en if language() == "en" else row.duty.whom_zh,
        number=row.number if row.duty.every else 0,
        due=row.due_at.astimezone(unit.zone),
        begins=row.from_at.astimezone(unit.zone),
        state=state,
        state_label=label,
        as_needed=row.duty.as_needed,
        needs_note=row.duty.needs_note,
        needs_photo=row.duty.needs_photo,
        may_do=row.state == State.DUE and unit.local_day(now) <= row.day and bool(roles & set(row.duty.roles)),
        too_early=now < row.from_at,
        done_by=row.done_by.label if row.done_by else "",
        done_at=row.done_at.astimezone(unit.zone) if row.done_at else None,
        note=row.note,
        photos=tuple(photo.pk for photo in row.photos.all()),
        finding=row.finding_id,
    )


def stand_of(row: DayDuty, now: datetime) -> tuple[str, str]:
    """Code and word of where a duty stands."""
    if row.state == State.DUE and row.duty.as_needed:
        return "AS_NEEDED", _("As needed")
    if row.state == State.DUE and now > row.due_at:
        return "OVERDUE", _("Overdue")
    return row.state, str(State(row.state).label)


def tally_of(rows: Iterable[DutyRow]) -> Tally:
    counted = [row.state for row in rows if not row.as_needed]
    return Tally(*(counted.count(state) for state in ("DUE", "OVERDUE", "DONE", "LATE", "MISSED")))


# ---------------------------------------------------------------- many counters
NOTHING = (0, 0, 0, 0, 0)


@dataclass(frozen=True)
class CounterTally:
    """A counter with how its duties of the day stand."""

    code: str
    label: str
    path: str
    due: int
    overdue: int
    done: int
    late: int
    missed: int

    @property
    def total(self) -> int:
        return self.due + self.overdue + self.done + self.late + self.missed

    @property
    def percent(self) -> float | None:
        """Of what is past its time, how much was done in time; None while nothing is."""
        past = self.overdue + self.done + self.late + self.missed
        return round(100 * self.done / past, 1) if past else None


def counts(now: datetime) -> dict[str, Count]:
    """What a query of duties is added up to."""
    judged = Q(duty__as_needed=False)
    return {
        "due": Count("pk", filter=judged & Q(state=State.DUE, due_at__gte=now)),
        "overdue": Count("pk", filter=judged & Q(state=State.DUE, due_at__lt=now)),
        "done": Count("pk", filter=judged & Q(state=State.DONE)),
        "late": Count("pk", filter=judged & Q(state=State.LATE)),
        "missed": Count("pk", filter=judged & Q(state=State.MISSED)),
    }


def counters_on(actor: Actor, under: Unit, day: date, now: datetime) -> tuple[CounterTally, ...]:
    """The counters in operation at and below the unit with their duties, the worst first. Two queries, however many."""
    rows = day_duties_visible_to(actor, under).filter(day=day).order_by()
    counted = rows.values("unit").annotate(**counts(now)).values_list("unit", *counts(now))
    found = {pk: tuple(numbers) for pk, *numbers in counted}
    begun = Q(opened_on=None) | Q(opened_on__lte=day)
    units = units_visible_to(actor, under).filter(begun, Q(closed_on=None) | Q(closed_on__gt=day), level="COUNTER")
    tallies = [CounterTally(unit.code, unit.label, unit.path, *found.get(unit.pk, NOTHING)) for unit in units]
    return tuple(sorted(tallies, key=lambda one: (-one.missed, -one.overdue, -one.late, one.path)))
