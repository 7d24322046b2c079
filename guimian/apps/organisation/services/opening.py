"""Opening units (F2.1, F4.1)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from guimian.apps.organisation import rules
from guimian.apps.organisation.models import Person, Unit, valid_unit_code
from guimian.apps.organisation.services.shared import kind_fits, locked, require, roles_at
from guimian.base import journal, policy
from guimian.base.errors import Unable


class UnableToOpenUnit(Unable):
    """The unit cannot stand there, or its code is taken."""


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
        unit.parent = locked(parent) if parent else None
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
        raise UnableToOpenUnit(
            _("Nothing stands below a counter."), found=Unit.Level.COUNTER.label, wanted=_("a unit above")
        )
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
    kind_fits(unit, UnableToOpenUnit, now)
    if by is not None and unit.parent is not None:
        day = unit.local_day(now)
        verdict = rules.judge_opening(
            policy.on(day, unit.parent),
            level=unit.level,
            place=unit.place,
            roles=roles_at(by, unit.parent, day),
        )
        require(verdict, UnableToOpenUnit, _("A new counter is opened by headquarters, except an inner one."))
