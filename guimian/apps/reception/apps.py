from __future__ import annotations

from typing import ClassVar

from django.apps import AppConfig
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guimian.base.schedule import Schedule
from guimian.base.ui.nav import NavItem

COUNTERS = frozenset({"COUNTER"})


class ReceptionConfig(AppConfig):
    name = "guimian.apps.reception"
    label = "reception"
    nav: ClassVar[tuple[NavItem, ...]] = (
        NavItem(pgettext_lazy("console", "Window"), "reception:console", "speakerphone", "R6", COUNTERS),
        NavItem(pgettext_lazy("page", "Guide"), "reception:guide", "ticket", "R6", COUNTERS),
        NavItem(pgettext_lazy("hall", "Floor"), "reception:floor", "chart-bar", "R6"),
        NavItem(_("Visits"), "reception:visits", "list-check", "R6"),
        NavItem(_("Screens"), "reception:devices", "devices", "R6", COUNTERS),
    )
    schedules = (Schedule("reception.learn", "40 3 * * *", "guimian.apps.reception.tasks.learn"),)
    journal_events: ClassVar[dict[str, str | Promise]] = {
        "reception.device.added": _("Screen added"),
        "reception.device.retired": _("Screen retired"),
        "reception.record.attached": _("Business recorded"),
        "reception.record.voided": _("Business record voided"),
        "reception.seat.left": _("Window left"),
        "reception.seat.taken": _("Window taken"),
        "reception.service.added": _("Service added"),
        "reception.ticket.called": _("Number called"),
        "reception.ticket.finished": _("Visit finished"),
        "reception.ticket.issued": _("Ticket issued"),
        "reception.ticket.left": _("Customer gave up"),
        "reception.ticket.missed": _("Number passed over"),
        "reception.ticket.recalled": _("Number called again"),
        "reception.ticket.started": _("Service started"),
        "reception.visit.rated": _("Visit rated"),
    }
    journal_words: ClassVar[dict[str, str | Promise]] = {
        "reception.businessrecord": _("business record"),
        "reception.device": _("screen"),
        "reception.rating": _("rating"),
        "reception.seat": _("window"),
        "reception.service": _("Service"),
        "reception.ticket": _("Ticket"),
        "calls": _("calls"),
        "score": _("Score"),
        "service": _("Service"),
        "way": _("Way of payment"),
        "window": _("window"),
    }
    case_words: ClassVar[dict[str, str | Promise]] = {
        "line": _("The line"),
        "minutes": _("minutes waited"),
        "priority": _("class of the customer"),
        "wanted": _("wanted"),
        "wanted.APPOINTMENT": _("Appointment"),
        "wanted.DISABLED": _("Customer with a disability"),
        "wanted.NORMAL": _("Usual"),
        "wanted.OLDER": _("Older customer"),
        "wanted.VIP": _("VIP"),
    }
