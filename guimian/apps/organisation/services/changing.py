"""Changing what a unit is called, where it is, and at a counter its kind and class (F2.1, F4.1, F8.2)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from guimian.apps.organisation import rules
from guimian.apps.organisation.models import Person, Unit, Window
from guimian.apps.organisation.services.shared import differences, kind_fits, locked, require, roles_at
from guimian.base import journal, policy
from guimian.base.errors import Unable


class UnableToChangeUnit(Unable):
    """The unit cannot be what it is asked to become."""


def change_unit(*, unit: Unit, by: Person | None, now: datetime, **fields: Any) -> Unit:
    """Change a unit's names, address, time zone, kind or class; only what differs is written and journalled.

    Raises UnableToChangeUnit (F2.1 kind and class; F4.1 when an inner counter would become another one; F8.2 when
    the new class allows fewer windows than stand open).
    """
    unknown = set(fields) - {"name", "name_en", "address", "timezone", "place", "size"}
    if unknown:
        raise TypeError(f"{sorted(unknown)} of a unit never change")
    with transaction.atomic():
        row = locked(unit)
        before, after = differences(row, fields)
        if not after:
            return row
        if row.closed_on is not None:
            raise UnableToChangeUnit(_("The unit is closed."), found=row.closed_on)
        kind_fits(row, UnableToChangeUnit, now)
        _may_become(row, before.get("place", row.place), by, now)
        if "size" in after and row.is_counter:
            _windows_fit(row, now)
        row.save(update_fields=list(after))
        journal.record(
            unit=row, by=by, event="organisation.unit.changed", subject=row, now=now, before=before, after=after
        )
    return row


def _may_become(unit: Unit, was: str, by: Person | None, now: datetime) -> None:
    """Inner counters are opened without headquarters: that must not be a way around them (F4.1)."""
    if by is None or was not in rules.INNER_PLACES:
        return
    day = unit.local_day(now)
    verdict = rules.judge_opening(
        policy.on(day, unit), level=unit.level, place=unit.place, roles=roles_at(by, unit, day)
    )
    require(verdict, UnableToChangeUnit, _("Only headquarters make an inner counter one of another kind."))


def _windows_fit(unit: Unit, now: datetime) -> None:
    day = unit.local_day(now)
    standing = unit.windows.filter(Window.standing(day)).count()
    verdict = rules.judge_windows(policy.on(day, unit), size=unit.size, windows=standing)
    require(verdict, UnableToChangeUnit, _("This class allows fewer windows than the counter has."))


def rename_unit(*, unit: Unit, name: str, name_en: str, by: Person | None, now: datetime) -> Unit:
    """Give a unit other names. Its code and path stay."""
    return change_unit(unit=unit, by=by, now=now, name=name, name_en=name_en)
