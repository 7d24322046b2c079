"""Opening, changing and closing units (F2.1, F4.1, F8.2)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from guimian.apps.organisation import rules
from guimian.apps.organisation.models import Person, Post, Unit, valid_unit_code
from guimian.apps.organisation.services.shared import differences, require, roles_at
from guimian.base import journal, policy
from guimian.base.errors import Unable


class UnableToOpenUnit(Unable):
    """The unit cannot stand there, or its code is taken."""


class UnableToChangeUnit(Unable):
    """The unit cannot be what it is asked to become."""


class UnableToCloseUnit(Unable):
    """Something still stands in the unit."""


def open_unit(
    *,
    parent: Unit | None,
    code: str,
    name: str,
    name_en: str = "",
    place: str = "",
    size: str = "",
    address: str = "",
    timezone: str = "Asia/Shanghai",
    opened_on: date,
    by: Person | None,
    now: datetime,
) -> Unit:
    """Open a unit directly under `parent` (None: the company's headquarters), one level below it.

    A unit never moves: its code and path stand in journals, numbers and links for good. One that belongs elsewhere is
    closed here and opened there. Raises UnableToOpenUnit (F2.1 kind and class, F4.1 who opens a counter).
    """
    level = rules.level_below(parent.level) if parent else "HQ"
    unit = Unit(
        parent=parent,
        code=code,
        path=f"{parent.path if parent else ''}{code}/",
        level=level or "",
        name=name,
        name_en=name_en,
        place=place,
        size=size,
        address=address,
        timezone=timezone,
        opened_on=opened_on,
    )
    with transaction.atomic():
        _may_open(unit, by, now)
        try:
            with transaction.atomic():
                unit.save(force_insert=True)
        except IntegrityError as error:
            raise UnableToOpenUnit(_("This code is taken."), found=code, wanted=_("a code not used yet")) from error
        journal.record(unit=unit, by=by, event="organisation.unit.opened", subject=unit, now=now, after=_facts(unit))
    return unit


def _facts(unit: Unit) -> dict[str, Any]:
    names = ("code", "path", "level", "name", "name_en", "place", "size", "address", "timezone", "opened_on")
    return {name: getattr(unit, name) for name in names}


def _may_open(unit: Unit, by: Person | None, now: datetime) -> None:
    if not unit.level:
        raise UnableToOpenUnit(_("Nothing stands below a counter."), found="COUNTER", wanted=_("a unit above"))
    if unit.parent is not None and unit.parent.closed_on is not None:
        raise UnableToOpenUnit(_("The unit above is closed."), found=unit.parent.code)
    if unit.parent is None and Unit.objects.filter(parent=None).exists():
        raise UnableToOpenUnit(_("The company has its headquarters already."))
    try:
        valid_unit_code(unit.code)
        ZoneInfo(unit.timezone)
    except ValidationError as error:
        raise UnableToOpenUnit(error.messages[0], found=unit.code) from error
    except (KeyError, ValueError) as error:
        raise UnableToOpenUnit(_("There is no such time zone."), found=unit.timezone) from error
    _kind_fits(unit, UnableToOpenUnit, now)
    if by is not None and unit.parent is not None:
        day = unit.local_day(now)
        verdict = rules.judge_opening(
            policy.on(day, unit.parent),
            level=unit.level,
            place=unit.place,
            roles=roles_at(by, unit.parent, day),
        )
        require(verdict, UnableToOpenUnit, _("A new counter is opened by headquarters, except an inner one."))


def _kind_fits(unit: Unit, error: type[Unable], now: datetime) -> None:
    if not unit.is_counter:
        if unit.place or unit.size:
            raise error(_("Only a counter has a kind and a class."), clause="F2.1", found=unit.level)
        return
    if not (unit.place and unit.size):
        raise error(_("A counter has a kind and a class."), clause="F2.1", wanted=_("kind and class"))
    verdict = rules.judge_kind(policy.on(unit.local_day(now), unit.parent or unit), place=unit.place, size=unit.size)
    require(verdict, error, _("The inner kinds, and only they, are of the inner class."))


def change_unit(*, unit: Unit, by: Person | None, now: datetime, **fields: Any) -> Unit:
    """Change a unit's names, address, time zone, kind or class; only what differs is written and journalled.

    Raises UnableToChangeUnit (F2.1 kind and class; F8.2 when the new class allows fewer windows than stand open).
    """
    unknown = set(fields) - {"name", "name_en", "address", "timezone", "place", "size"}
    if unknown:
        raise TypeError(f"{sorted(unknown)} of a unit never change")
    with transaction.atomic():
        row = Unit.objects.select_for_update().get(pk=unit.pk)
        before, after = differences(row, fields)
        if not after:
            return row
        if row.closed_on is not None:
            raise UnableToChangeUnit(_("The unit is closed."), found=row.closed_on)
        _kind_fits(row, UnableToChangeUnit, now)
        if "size" in after and row.is_counter:
            _windows_fit(row, now)
        row.save(update_fields=list(after))
        journal.record(
            unit=row, by=by, event="organisation.unit.changed", subject=row, now=now, before=before, after=after
        )
    return row


def _windows_fit(unit: Unit, now: datetime) -> None:
    standing = unit.windows.filter(closed_on=None).count()
    verdict = rules.judge_windows(policy.on(unit.local_day(now), unit), size=unit.size, windows=standing)
    require(verdict, UnableToChangeUnit, _("This class allows fewer windows than the counter has."))


def rename_unit(*, unit: Unit, name: str, name_en: str, by: Person | None, now: datetime) -> Unit:
    """Give a unit other names. Its code and path stay."""
    return change_unit(unit=unit, by=by, now=now, name=name, name_en=name_en)


def close_unit(*, unit: Unit, closed_on: date, reason: str, by: Person | None, now: datetime) -> Unit:
    """Close a unit from `closed_on` on (the first day it is no more); its windows close with it.

    Raises UnableToCloseUnit while a unit below is open or somebody holds a post on that day, and for headquarters.
    """
    with transaction.atomic():
        row = Unit.objects.select_for_update().get(pk=unit.pk)
        _may_close(row, closed_on, now)
        row.closed_on = closed_on
        row.save(update_fields=["closed_on"])
        row.windows.filter(closed_on=None).update(closed_on=closed_on)
        journal.record(
            unit=row,
            by=by,
            event="organisation.unit.closed",
            subject=row,
            now=now,
            before={"closed_on": None},
            after={"closed_on": closed_on},
            reason=reason,
        )
    return row


def _may_close(unit: Unit, closed_on: date, now: datetime) -> None:
    if unit.parent_id is None:
        raise UnableToCloseUnit(_("Headquarters are not closed."))
    if unit.closed_on is not None:
        raise UnableToCloseUnit(_("The unit is closed already."), found=unit.closed_on)
    earliest = max(unit.local_day(now), unit.opened_on or date.min)
    if closed_on < earliest or closed_on == unit.opened_on:
        raise UnableToCloseUnit(_("A unit does not close in the past."), found=closed_on, wanted=earliest)
    below = unit.children.filter(closed_on=None).count()
    if below:
        raise UnableToCloseUnit(_("Units below it are still open."), clause="F4.2", found=below, wanted=0)
    held = Post.objects.filter(unit=unit).exclude(ends_on__lte=closed_on).count()
    if held:
        raise UnableToCloseUnit(
            _("Posts at the unit go on beyond that day: end or move them first."), clause="F4.2", found=held, wanted=0
        )
