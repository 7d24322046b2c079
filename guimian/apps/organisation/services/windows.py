"""The windows of a counter (F8.2: how many at most; F3.2: no cashier's window at an inner counter)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from guimian.apps.organisation import rules
from guimian.apps.organisation.models import Person, Skill, Unit, Window
from guimian.apps.organisation.services.shared import locked, require
from guimian.base import journal, policy
from guimian.base.errors import Unable


class UnableToAddWindow(Unable):
    """The window cannot stand there."""


def facts(window: Window, skills: Iterable[Skill]) -> dict[str, Any]:
    return {
        "number": window.number,
        "name": window.name,
        "is_cashier": window.is_cashier,
        "is_priority": window.is_priority,
        "skills": sorted(skill.code for skill in skills),
    }


def add_window(
    *,
    unit: Unit,
    number: int,
    name: str = "",
    skills: Sequence[Skill] = (),
    is_cashier: bool = False,
    is_priority: bool = False,
    by: Person | None,
    now: datetime,
) -> Window:
    """Open a window; one that stood there under the number before is opened again.

    Raises UnableToAddWindow: not a counter, closed, the number in use, more than the class allows (F8.2), a cashier's
    window at an inner counter (F3.2).
    """
    with transaction.atomic():
        counter = locked(unit)
        window = Window.objects.filter(unit=counter, number=number).first() or Window(unit=counter, number=number)
        _may_add(counter, window, is_cashier, now)
        window.name, window.is_cashier, window.is_priority = name, is_cashier, is_priority
        window.closed_on = None
        window.save()
        window.skills.set(skills)
        journal.record(
            unit=counter,
            by=by,
            event="organisation.window.added",
            subject=window,
            now=now,
            after=facts(window, skills),
        )
    return window


def _may_add(unit: Unit, window: Window, is_cashier: bool, now: datetime) -> None:
    day = unit.local_day(now)
    if not unit.is_counter or unit.closed_on is not None:
        raise UnableToAddWindow(
            _("Windows stand at an open counter."), found=unit.closed_on or unit.get_level_display()
        )
    if window.pk is not None and not window.is_closed(day):
        raise UnableToAddWindow(_("This number is in use."), found=window.number, wanted=_("a free number"))
    figures = policy.on(day, unit)
    standing = Window.objects.filter(Window.standing(day), unit=unit).count()
    require(
        rules.judge_windows(figures, size=unit.size, windows=standing + 1),
        UnableToAddWindow,
        _("The counter would have more windows than its class allows."),
    )
    cashier_fits(unit, is_cashier, now, UnableToAddWindow)


def cashier_fits(unit: Unit, is_cashier: bool, now: datetime, error: type[Unable]) -> None:
    verdict = rules.judge_cashier_window(policy.on(unit.local_day(now), unit), size=unit.size, is_cashier=is_cashier)
    require(verdict, error, _("An inner counter has no cashier's area."))
