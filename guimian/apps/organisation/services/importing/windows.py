"""Lines of windows: new ones, and changes of those that stand."""

from __future__ import annotations

from typing import Any

from guimian.apps.organisation.intake import Line
from guimian.apps.organisation.models import Window
from guimian.apps.organisation.services.importing.plans import RowPlan, outcome_of
from guimian.apps.organisation.services.importing.reach import Reach
from guimian.apps.organisation.services.windows import add_window
from guimian.apps.organisation.services.windows_changed import change_window


def window_line(reach: Reach, line: Line) -> RowPlan:
    values = dict(line.values)
    unit, number = reach.unit(values.pop("unit")), values.pop("number")
    if "skills" in values:
        values["skills"] = sorted((reach.skill(word) for word in values["skills"]), key=lambda skill: skill.code)
    key = f"{unit.code} {number}"
    window = Window.objects.filter(Window.standing(reach.day), unit=unit, number=number).first()
    if window is None:
        add_window(unit=unit, number=number, by=reach.by, now=reach.now, **values)
        return outcome_of(line, key, None, line.values)
    before = _facts(window)
    after = before | values
    change_window(window=window, by=reach.by, now=reach.now, **after)
    return outcome_of(line, key, before, after)


def _facts(window: Window) -> dict[str, Any]:
    facts: dict[str, Any] = {name: getattr(window, name) for name in ("name", "is_cashier", "is_priority")}
    return facts | {"skills": sorted(window.skills.all(), key=lambda skill: skill.code)}
