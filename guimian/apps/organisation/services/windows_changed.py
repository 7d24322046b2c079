"""Changing and closing windows (F3.2)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from guimian.apps.organisation.models import Person, Skill, Window
from guimian.apps.organisation.services.shared import differences
from guimian.apps.organisation.services.windows import cashier_fits, facts
from guimian.base import journal
from guimian.base.errors import Unable


class UnableToChangeWindow(Unable):
    """The window cannot be what it is asked to become."""


class UnableToCloseWindow(Unable):
    """The window is closed already."""


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
        cashier_fits(row.unit, is_cashier, now, UnableToChangeWindow)
        before = facts(row, row.skills.all())
        differences(row, {"name": name, "is_cashier": is_cashier, "is_priority": is_priority})
        after = facts(row, skills)
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
