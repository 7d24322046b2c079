"""The catalogues of duties and of round items: what is in force at a unit on a day, and what was and will be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from django.db.models import QuerySet

from guimian.apps.routines import rules
from guimian.apps.routines.models import Duty, RoundItem
from guimian.apps.routines.models.shared import Entry, Part
from guimian.base.access import Role
from guimian.base.policy.queries import ancestor_paths
from guimian.base.templatetags.ui import title_of

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

PART_CHOICES = Part.choices
RHYTHMS = Duty.Rhythm.choices
ANCHORS = Duty.Anchor.choices
#: Who keeps the catalogues (R1.2): headquarters for the company, a province for itself.
KEEPERS = frozenset({Role.HQ_OFFICER, Role.PROVINCE_OFFICER})
KEPT_AT = frozenset({"HQ", "PROVINCE"})

E = TypeVar("E", bound=Entry)


def all_duties() -> QuerySet[Duty]:
    """Every row of the company's catalogue: for work in the background, past no guard."""
    return Duty.objects.select_related("unit")


def duties_kept_for(unit: Unit) -> QuerySet[Duty]:
    """The rows that can hold at the unit: its own and those of the units above it."""
    return all_duties().filter(unit__path__in=ancestor_paths(unit.path))


def items_kept_for(unit: Unit) -> QuerySet[RoundItem]:
    """The same of the walk-round form."""
    return RoundItem.objects.select_related("unit").filter(unit__path__in=ancestor_paths(unit.path))


def kept_for(catalogue: type[Duty] | type[RoundItem], unit: Unit) -> QuerySet[Any]:
    """The rows of one of the catalogues that can hold at the unit."""
    return duties_kept_for(unit) if catalogue is Duty else items_kept_for(unit)


def items_on(unit: Unit, day: date) -> tuple[RoundItem, ...]:
    """The form's items in force at the unit on the day, in their order. One query."""
    return rules.in_force(items_kept_for(unit), unit.path, day)


#: The catalogues by the word in an address.
CATALOGUES: dict[str, type[Duty] | type[RoundItem]] = {"duties": Duty, "rounds": RoundItem}


@dataclass(frozen=True)
class EntryRow:
    """An entry in force as the list shows it. `change_from` is the day a planned change begins."""

    pk: int
    code: str
    title: str
    clause: str
    part: str
    points: object
    kept_by: str
    from_date: date
    detail: str
    change_from: date | None


def catalogue(rows: QuerySet[E], unit: Unit, day: date) -> tuple[EntryRow, ...]:
    """What is in force at the unit on the day. One query."""
    known = list(rows)
    planned = {row.code: row.from_date for row in known if row.from_date > day and row.unit_id == unit.pk}
    return tuple(_row(row, planned.get(row.code)) for row in rules.in_force(known, unit.path, day))


def _row(row: Entry, change_from: date | None) -> EntryRow:
    return EntryRow(
        pk=row.pk,
        code=row.code,
        title=title_of(row),
        clause=row.clause,
        part=row.get_part_display(),
        points=row.points,
        kept_by=row.unit.label,
        from_date=row.from_date,
        detail=str(Duty.Rhythm(row.rhythm).label) if isinstance(row, Duty) else "",
        change_from=change_from,
    )


def entry_of(rows: QuerySet[E], unit: Unit, code: str, day: date) -> E | None:
    """The row that decides about the code at the unit on the day, retired or not."""
    return rules.standing(rows.filter(code=code), unit.path, day).get(code)


def planned_of(rows: QuerySet[E], unit: Unit, code: str, day: date) -> tuple[E, ...]:
    """The unit's own rows of the code that have not begun."""
    return tuple(rows.filter(code=code, unit=unit, from_date__gt=day).order_by("from_date"))
