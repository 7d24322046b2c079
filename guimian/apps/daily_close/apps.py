from __future__ import annotations

from typing import ClassVar

from django.apps import AppConfig
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guimian.base.schedule import Schedule
from guimian.base.ui.nav import NavItem

COUNTERS = frozenset({"COUNTER"})


class DailyCloseConfig(AppConfig):
    name = "guimian.apps.daily_close"
    label = "daily_close"
    nav: ClassVar[tuple[NavItem, ...]] = (
        NavItem(_("My close list"), "daily_close:mine", "clipboard-check", "R5", COUNTERS),
        NavItem(_("Counter's close"), "daily_close:counter", "lock", "R5", COUNTERS),
        NavItem(_("Closes"), "daily_close:history", "history", "R5"),
    )
    journal_events: ClassVar[dict[str, str | Promise]] = {
        "daily_close.cause.added": _("Cause of differences added"),
        "daily_close.counter.closed": _("Counter closed"),
        "daily_close.list.confirmed": _("Close list confirmed"),
        "daily_close.list.returned": _("Close list sent back"),
        "daily_close.list.saved": _("Close list put by"),
    }
    journal_words: ClassVar[dict[str, str | Promise]] = {
        "differences": _("Differences"),
        "digest": _("Digest"),
        "tellers": _("Tellers"),
    }
    schedules = (Schedule("daily_close.follow_up", "0 8 * * *", "guimian.apps.daily_close.tasks.follow_up"),)
