from __future__ import annotations

from typing import ClassVar

from django.apps import AppConfig
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guimian.base.schedule import Schedule
from guimian.base.ui.nav import NavItem


class RoutinesConfig(AppConfig):
    name = "guimian.apps.routines"
    label = "routines"
    nav = (
        NavItem(_("Duties"), "routines:duties", "list-check", "R1"),
        NavItem(_("Walk-rounds"), "routines:rounds", "clipboard-check", "R1"),
        NavItem(_("Reports"), "routines:reports", "report", "R1"),
        NavItem(_("Appraisal"), "routines:appraisals", "certificate", "R1"),
    )
    journal_events: ClassVar[dict[str, str | Promise]] = {
        "routines.duties.made": _("Duties of the day made"),
        "routines.duty.done": _("Duty done"),
        "routines.duty.missed": _("Duty missed"),
        "routines.appraisal.objected": _("Objection to an appraisal"),
        "routines.appraisal.published": _("Appraisal published"),
        "routines.report.commented": _("Report commented"),
        "routines.report.signed": _("Report signed"),
        "routines.peaks.set": _("Peaks of the counter set"),
        "routines.round.missed": _("Round missed"),
        "routines.round.signed": _("Round signed"),
        "routines.round.started": _("Round started"),
        "routines.catalogue.set": _("Catalogue entry set"),
        "routines.catalogue.retired": _("Catalogue entry retired"),
        "routines.catalogue.withdrawn": _("Planned catalogue entry taken back"),
        "routines.catalogue.seeded": _("Catalogue put in"),
    }
    schedules = (
        Schedule("routines.tend", "*/5 * * * *", "guimian.apps.routines.tasks.tend"),
        Schedule("routines.daily", "20 0 * * *", "guimian.apps.routines.tasks.daily"),
    )
