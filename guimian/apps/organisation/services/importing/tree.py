"""Lines of units: new ones below what is known, changes of those that stand."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from guimian.apps.organisation import rules
from guimian.apps.organisation.intake import Line, word_of
from guimian.apps.organisation.models import Unit
from guimian.apps.organisation.services.changing import change_unit
from guimian.apps.organisation.services.importing.plans import RowPlan, outcome_of
from guimian.apps.organisation.services.importing.reach import Reach, Refused
from guimian.apps.organisation.services.opening import open_unit

STAYS = ("parent", "level", "opened_on")  # a unit never moves


def from_above(lines: Iterable[Line]) -> tuple[list[Line], list[Line]]:
    """The lines, each after its parent's; and those whose parents go in a circle."""
    ready: list[Line] = []
    waiting = list(lines)
    while waiting:
        codes = {line.values["code"] for line in waiting}
        now = [line for line in waiting if line.values.get("parent") not in codes]
        if not now:
            break
        ready += now
        waiting = [line for line in waiting if line.values.get("parent") in codes]
    return ready, waiting


def unit_line(reach: Reach, line: Line) -> RowPlan:
    unit = reach.units.get(line.values["code"])
    if unit is None:
        return _new(reach, line)
    if not reach.holds(unit):
        raise Refused(_("This code is taken, outside your reach."), found=unit.code)
    _stays(unit, line)
    values = {name: value for name, value in line.values.items() if name not in {"code", *STAYS}}
    before = {name: getattr(unit, name) for name in values}
    reach.units[unit.code] = change_unit(unit=unit, by=reach.by, now=reach.now, **values)
    return outcome_of(line, unit.code, before, values)


def _stays(unit: Unit, line: Line) -> None:
    stands = {"parent": unit.parent and unit.parent.code, "level": unit.level, "opened_on": unit.opened_on}
    for name in STAYS:
        given = line.values.get(name)
        if given is not None and given != stands[name]:
            raise Refused(
                _("A unit never moves: its level, the unit above and its first day stay."),
                found=word_of(given),
                wanted=word_of(stands[name]),
            )


def _new(reach: Reach, line: Line) -> RowPlan:
    values = {name: value for name, value in line.values.items() if name not in STAYS}
    parent, level = line.values.get("parent"), line.values.get("level")
    above = reach.unit(parent) if parent else None
    if above is None and reach.scope is not None:
        raise Refused(_("A new unit names the one above it."), wanted=_("Parent code"))
    wanted = rules.level_below(above.level) if above else "HQ"
    if level is not None and level != wanted:
        raise Refused(_("The level does not fit the unit above."), found=word_of(level), wanted=word_of(wanted))
    if "name" not in values:
        raise Refused(_("A new unit has a name."), wanted=_("Name"))
    day = line.values.get("opened_on") or (above.local_day(reach.now) if above else reach.day)
    unit = open_unit(parent=above, opened_on=day, by=reach.by, now=reach.now, **values)
    reach.units[unit.code] = unit
    return outcome_of(line, unit.code, None, line.values)
