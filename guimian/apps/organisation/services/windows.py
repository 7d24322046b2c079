"""The windows of a counter (F8.2: how many at most; F3.2: no cashier's window at an inner counter)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from guimian.apps.organisation import rules
from guimian.apps.organisation.models import Person, Skill, Unit, Window
from guimian.apps.organisation.services.shared import differences, locked, require
from guimian.base import journal, policy
from guimian.base.errors import Unable


class UnableToAddWindow(Unable):
    """The window cannot stand there."""


class UnableToChangeWindow(Unable):
    """The window cannot be what it is asked to become."""


class UnableToCloseWindow(Unable):
    """The window is closed already."""


def add_skill(*, code: str, name: str, name_en: str, unit: Unit, by: Person | None, now: datetime) -> Skill:
    """Add a line of business to the company's list, or give back the one that has the code. Journalled at `unit`."""
    with transaction.atomic():
        skill, is_new = Skill.objects.get_or_create(code=code, defaults={"name": name, "name_en": name_en})
        if is_new:
            journal.record(
                unit=unit, by=by, event="organisation.skill.added", subject=skill, now=now, after={"code": code}
            )
    return skill


def _facts(window: Window, skills: Iterable[Skill]) -> dict[str, Any]:
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
            after=_facts(window, skills),
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
    _cashier_fits(unit, is_cashier, now, UnableToAddWindow)


def _cashier_fits(unit: Unit, is_cashier: bool, now: datetime, error: type[Unable]) -> None:
    verdict = rules.judge_cashier_window(policy.on(unit.local_day(now), unit), size=unit.size, is_cashier=is_cashier)
    require(verdict, error, _("An inner counter has no cashier's area."))


def change_window(
    *,
    window: Window,
    name: str,
    skills: Sequence[Skill],
    is_cashier: bool,
    is_priority: bool,
    by: Person | None,
    now: datetime,
) -> Window:
    """Change what a window is called and serves; only what differs is written. Raises UnableToChangeWindow (F3.2)."""
    with transaction.atomic():
        row = Window.objects.select_for_update(of=("self",)).select_related("unit").get(pk=window.pk)
        if row.is_closed(row.unit.local_day(now)):
            raise UnableToChangeWindow(_("The window is closed."), found=row.closed_on)
        _cashier_fits(row.unit, is_cashier, now, UnableToChangeWindow)
        before = _facts(row, row.skills.all())
        differences(row, {"name": name, "is_cashier": is_cashier, "is_priority": is_priority})
        after = _facts(row, skills)
        if before == after:
            return row
        row.save(update_fields=["name", "is_cashier", "is_priority"])
        row.skills.set(skills)
        journal.record(
            unit=row.unit,
            by=by,
            event="organisation.window.changed",
            subject=row,
            now=now,
            before=before,
            after=after,
        )
    return row


def close_window(*, window: Window, reason: str = "", by: Person | None, now: datetime) -> Window:
    """Close a window from today on. Raises UnableToCloseWindow when it is closed."""
    with transaction.atomic():
        row = Window.objects.select_for_update(of=("self",)).select_related("unit").get(pk=window.pk)
        today = row.unit.local_day(now)
        if row.is_closed(today):
            raise UnableToCloseWindow(_("The window is closed already."), found=row.closed_on)
        before = {"closed_on": row.closed_on}
        row.closed_on = today
        row.save(update_fields=["closed_on"])
        journal.record(
            unit=row.unit,
            by=by,
            event="organisation.window.closed",
            subject=row,
            now=now,
            before=before,
            after={"closed_on": row.closed_on},
            reason=reason,
        )
    return row
