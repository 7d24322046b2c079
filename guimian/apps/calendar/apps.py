from __future__ import annotations

from typing import ClassVar

from django.apps import AppConfig
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guimian.base.ui.nav import NavItem


class CalendarConfig(AppConfig):
    name = "guimian.apps.calendar"
    label = "calendar"
    nav = (
        NavItem(_("Business day"), "calendar:day", "calendar-event", "R1"),
        NavItem(_("Hours"), "calendar:hours", "clock", "R1"),
        NavItem(_("State's calendar"), "calendar:this_year", "calendar", "R2"),
    )
    journal_events: ClassVar[dict[str, str | Promise]] = {
        "calendar.day.opened": _("Day opened"),
        "calendar.day.closing_started": _("Closing started"),
        "calendar.day.closed": _("Day closed"),
        "calendar.hours.set": _("Hours set"),
        "calendar.hours.withdrawn": _("Planned hours taken back"),
        "calendar.holiday.set": _("Days marked in the State's calendar"),
        "calendar.holiday.removed": _("Mark in the State's calendar taken away"),
        "calendar.year.confirmed": _("Holidays of a year confirmed"),
        "calendar.year.seeded": _("Holidays of a year put in"),
    }
    journal_words: ClassVar[dict[str, str | Promise]] = {
        "calendar.businessday": _("Business day"),
        "calendar.calendarday": _("State's calendar"),
        "calendar.calendaryear": _("State's calendar"),
        "calendar.calendaryear.days": _("days put in"),
        "calendar.hours": _("Hours"),
        "confirmed": _("Confirmed"),
        "days": _("days"),
        "days.HOLIDAY": _("Holidays"),
        "days.SATURDAY": _("Saturdays"),
        "days.SUNDAY": _("Sundays"),
        "days.WORKDAY": _("Workdays"),
        "holidays": _("Holidays"),
        "last": _("Last day"),
        "source": _("Notice of the State"),
        "year": _("year"),
    }
    case_words: ClassVar[dict[str, str | Promise]] = {
        "banks_until": _("local banks stop corporate business"),
        "day_kind": _("days"),
        "said": _("mark in the calendar"),
        "said.HOLIDAY": _("Holiday"),
        "said.STATUTORY": _("Statutory holiday"),
        "said.WORKDAY": _("Make-up workday"),
        "wanted": _("wanted"),
        "wanted.HOLIDAY": _("Holidays"),
        "wanted.WORKDAY": _("Workdays"),
    }
