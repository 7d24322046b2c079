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
        "daily_close.cause": _("Cause"),
        "daily_close.counterclose": _("Counter's close"),
        "daily_close.tellerclose": _("Close list"),
        "differences": _("Differences"),
        "digest": _("Digest"),
        "paid": _("Paid out"),
        "received": _("Received"),
        "records": _("Records"),
        "teller": _("Teller"),
        "tellers": _("Tellers"),
        "voided": _("Voided"),
    }
    case_words: ClassVar[dict[str, str | Promise]] = {
        "closed_at": _("Closed at"),
        "confirmed": _("digest when confirmed"),
        "days_after": _("days later"),
        "kept": _("State"),
        "kept.CONFIRMED": _("Confirmed"),
        "present": _("digest now"),
        "state": _("Business day"),
        "state.CLOSING": _("Closing"),
        "state.OPEN": _("Open"),
        "tellers": _("Tellers"),
        "tellers.CONFIRMED": _("Confirmed"),
        "tellers.MISSING": _("Not begun"),
        "tellers.RETURNED": _("Sent back"),
        "tellers.STALE": _("Changed since: confirm again"),
        "visits": _("Tickets"),
        "wanted": _("wanted"),
        "wanted.CONFIRMED": _("Confirmed"),
        "windows": _("Windows"),
    }
    schedules = (Schedule("daily_close.follow_up", "0 8 * * *", "guimian.apps.daily_close.tasks.follow_up"),)
