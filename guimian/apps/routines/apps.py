from __future__ import annotations

from typing import ClassVar

from django.apps import AppConfig
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guimian.base.schedule import Schedule
from guimian.base.ui.nav import NavItem

ABOVE_CENTRES = frozenset({"HQ", "PROVINCE", "CITY"})


class RoutinesConfig(AppConfig):
    name = "guimian.apps.routines"
    label = "routines"
    nav = (
        NavItem(_("Duties"), "routines:duties", "list-check", "R1"),
        NavItem(_("Walk-rounds"), "routines:rounds", "clipboard-check", "R1"),
        NavItem(_("Reports"), "routines:reports", "report", "R1"),
        NavItem(_("Appraisal"), "routines:appraisals", "certificate", "R1"),
        NavItem(_("Round of the counters"), "routines:visits", "map-pin", "R1", levels=ABOVE_CENTRES),
        NavItem(_("Long holidays"), "routines:holidays", "calendar-event", "R2"),
    )
    journal_events: ClassVar[dict[str, str | Promise]] = {
        "routines.duties.made": _("Duties of the day made"),
        "routines.duty.done": _("Duty done"),
        "routines.duty.missed": _("Duty missed"),
        "routines.appraisal.objected": _("Objection to an appraisal"),
        "routines.appraisal.published": _("Appraisal published"),
        "routines.report.commented": _("Report commented"),
        "routines.report.signed": _("Report signed"),
        "routines.holiday.planned": _("Holiday plan begun"),
        "routines.holiday.published": _("Holiday plan published"),
        "routines.holiday.reported": _("Holiday plan reported"),
        "routines.holiday.told": _("Hotline told of holiday hours"),
        "routines.visit.made": _("Counter visited"),
        "routines.visit.missed": _("Visit missed"),
        "routines.visits.planned": _("Visits of the quarter planned"),
        "routines.peaks.set": _("Peaks of the counter set"),
        "routines.round.missed": _("Round missed"),
        "routines.round.signed": _("Round signed"),
        "routines.round.started": _("Round started"),
        "routines.catalogue.set": _("Catalogue entry set"),
        "routines.catalogue.retired": _("Catalogue entry retired"),
        "routines.catalogue.withdrawn": _("Planned catalogue entry taken back"),
        "routines.catalogue.seeded": _("Catalogue put in"),
    }
    journal_words: ClassVar[dict[str, str | Promise]] = {
        "routines.appraisal": _("Appraisal"),
        "routines.dayduty": _("Duty"),
        "routines.duty": _("Duty"),
        "routines.holidayplan": _("Long holidays"),
        "routines.mark": _("Score"),
        "routines.peaks": _("peaks"),
        "routines.report": _("Report"),
        "routines.round": _("Round"),
        "routines.rounditem": _("Walk-round form"),
        "routines.visit": _("Round of the counters"),
        "afternoon": _("Afternoon peak"),
        "counters": _("Counters"),
        "day_kind": _("days"),
        "duties": _("Duties"),
        "duty": _("Duty"),
        "entries": _("entries"),
        "first": _("First day"),
        "is_retired": _("retired"),
        "month": _("Month"),
        "morning": _("Morning peak"),
        "points_off": _("Points off"),
        "quarter": _("Quarter from"),
        "roles": _("Who may do it"),
        "rounds": _("Walk-rounds"),
        "slot": _("Round"),
    }
    case_words: ClassVar[dict[str, str | Promise]] = {
        "AFTERNOON": _("Afternoon peak"),
        "BEFORE": _("Before opening"),
        "MORNING": _("Morning peak"),
        "clause": _("clause"),
        "due": _("Due"),
        "minutes": _("minutes late"),
        "morning": _("Morning peak"),
        "number": _("day of the week, the month or the quarter"),
        "shut": _("shut on these weekdays"),
    }
    schedules = (
        Schedule("routines.tend", "*/5 * * * *", "guimian.apps.routines.tasks.tend"),
        Schedule("routines.daily", "20 0 * * *", "guimian.apps.routines.tasks.daily"),
    )
