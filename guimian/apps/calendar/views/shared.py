"""What the doors of the calendar share."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date, time
from typing import TYPE_CHECKING

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from guimian.base.ui.parts import Tab

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

FORM = ["GET", "POST"]


def today_at(unit: Unit) -> date:
    return unit.local_day(timezone.now())


def day_of_calendar(day: date) -> date:
    """The day itself, unless it lies at the edge of what a calendar can show (404)."""
    if not MINYEAR < day.year < MAXYEAR:
        raise Http404(day)
    return day


def doors(opens: time | None, closes: time | None) -> str:
    """09:00–17:00; empty when a time is missing."""
    return f"{opens:%H:%M}–{closes:%H:%M}" if opens and closes else ""


def day_tabs(unit: Unit, current: str) -> list[Tab]:
    """The parts of the pages of a business day."""
    named = (("day", _("Today")), ("days", _("All days")))
    return [Tab(title, reverse(f"calendar:{name}", args=[unit.code]), name == current) for name, title in named]
