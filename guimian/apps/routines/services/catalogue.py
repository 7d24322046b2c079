"""The catalogues of duties and round items: changed from a day on, by headquarters or a province for itself (R1.2)."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from guimian.apps.routines import queries
from guimian.apps.routines.models import Duty, RoundItem
from guimian.apps.routines.models.shared import Entry
from guimian.base import journal
from guimian.base.errors import Unable
from guimian.base.live import publish
from guimian.base.policy.clauses import clauses

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit

Catalogue = type[Duty] | type[RoundItem]
TOPIC = "routines.catalogue"
SEEDS = Path(__file__).parent.parent / "management"
SINCE = date(2021, 10, 1)  # the regulation is in force


class UnableToSetEntry(Unable):
    """Not the keeper of the catalogue, a day that has begun, or an entry that cannot stand."""


def set_entry(
    *, catalogue: Catalogue, unit: Unit, code: str, from_date: date, by: Person | None, now: datetime, **fields: Any
) -> Entry:
    """Add an entry to the unit's catalogue or change it, from a later day than today; a planned change of that day is replaced.

    Raises UnableToSetEntry.
    """
    may_keep(unit, from_date, now)
    if fields.get("clause") not in clauses():
        raise UnableToSetEntry(_("There is no such clause."), clause="R1.2", found=fields.get("clause"))
    if catalogue is Duty and not fields.get("roles"):
        raise UnableToSetEntry(_("Say who may do it."), clause="R1.2", found=0, wanted=_("at least one role"))
    return kept(catalogue, unit, code, from_date, by, now, {**fields, "is_retired": False})


def retire_entry(
    *, catalogue: Catalogue, unit: Unit, code: str, from_date: date, by: Person | None, now: datetime
) -> Entry:
    """From a later day than today on the entry is no more at the unit and below. Raises UnableToSetEntry."""
    may_keep(unit, from_date, now)
    standing = queries.entry_of(queries.kept_for(catalogue, unit), unit, code, from_date)
    if standing is None or standing.is_retired:
        raise UnableToSetEntry(_("It does not stand on that day."), clause="R1.2", found=code)
    fields = {name: value for name, value in standing.facts.items() if name not in {"code", "from_date"}}
    return kept(catalogue, unit, code, from_date, by, now, fields | {"is_retired": True})


def withdraw_entry(
    *, catalogue: Catalogue, unit: Unit, code: str, from_date: date, by: Person | None, now: datetime
) -> None:
    """Take a planned change back. Raises UnableToSetEntry when there is none or it has begun."""
    may_keep(unit, from_date, now)
    with transaction.atomic():
        row = catalogue.objects.select_for_update().filter(unit=unit, code=code, from_date=from_date).first()
        if row is None:
            raise UnableToSetEntry(_("No change is planned for that day."), clause="R1.2", found=from_date)
        told(row, "routines.catalogue.withdrawn", by, now, before=row.facts)
        row.delete()


def may_keep(unit: Unit, from_date: date, now: datetime) -> None:
    if unit.level not in queries.KEPT_AT:
        raise UnableToSetEntry(
            _("Headquarters keep the catalogue for the company, a province for itself."),
            clause="R1.2",
            found=unit.label,
        )
    if from_date <= unit.local_day(now):
        raise UnableToSetEntry(
            _("A change begins on a later day than today: what has passed stays as it was."),
            clause="R1.2",
            found=from_date,
            wanted=_("a later day than %(day)s") % {"day": unit.local_day(now)},
        )


def kept(
    catalogue: Catalogue,
    unit: Unit,
    code: str,
    from_date: date,
    by: Person | None,
    now: datetime,
    fields: Mapping[str, Any],
) -> Entry:
    with transaction.atomic():
        row, _made = catalogue.objects.update_or_create(
            unit=unit, code=code, from_date=from_date, defaults={**fields, "set_by": by, "set_at": now}
        )
        event = "routines.catalogue.retired" if row.is_retired else "routines.catalogue.set"
        told(row, event, by, now, after=row.facts)
    return row


def told(row: Entry, event: str, by: Person | None, now: datetime, **facts: Any) -> None:
    journal.record(unit=row.unit, by=by, event=event, subject=row, now=now, **facts)
    publish(TOPIC, row.unit)


# ---------------------------------------------------------------- the first ones
def seed_catalogues(*, unit: Unit, by: Person | None, now: datetime) -> int:
    """Put in the regulation's own duties and round items, where the company has none; says how many. `unit` is headquarters."""
    if unit.parent_id is not None:
        raise UnableToSetEntry(_("Headquarters begin the catalogue of the whole company."), clause="R1.2")
    made = 0
    with transaction.atomic():
        if not Duty.objects.exists():
            made += len(Duty.objects.bulk_create(Duty(**fields, unit=unit, set_at=now) for fields in seeds("duties")))
        if not RoundItem.objects.exists():
            items = (RoundItem(**fields, unit=unit, set_at=now) for fields in seeds("round_items"))
            made += len(RoundItem.objects.bulk_create(items))
        if made:
            facts = {"entries": made, "from_date": SINCE}
            journal.record(unit=unit, by=by, event="routines.catalogue.seeded", subject=unit, now=now, after=facts)
            publish(TOPIC, unit)
    return made


def seeds(name: str) -> list[dict[str, Any]]:
    """The entries of a file of `management/`, as the model's fields."""
    raw = tomllib.loads((SEEDS / f"{name}.toml").read_text(encoding="utf-8"))["entry"]
    return [seed(entry, position) for position, entry in enumerate(raw, start=1)]


def seed(entry: dict[str, Any], position: int) -> dict[str, Any]:
    fields = {name: value for name, value in entry.items() if name not in {"title", "whom"}}
    fields |= {"title_zh": entry["title"]["zh"], "title_en": entry["title"]["en"], "position": 10 * position}
    if "whom" in entry:
        fields |= {"whom_zh": entry["whom"]["zh"], "whom_en": entry["whom"]["en"]}
    return {"clause": "R1.5", "from_date": SINCE, **fields}
