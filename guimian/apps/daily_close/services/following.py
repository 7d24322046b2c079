"""Yesterday's closes are checked each day; what was not closed is followed up until it is (R5.5, R5.6)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from guimian.apps.calendar.queries import standing_days
from guimian.apps.daily_close import queries
from guimian.base.findings.services import record_finding
from guimian.base.models import Finding

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

NOT_CLOSED, LATE = "daily_close.not_closed", "daily_close.late"
LOOK_BACK = timedelta(days=2)  # a morning that was missed is made good by the next one


def follow_up(*, now: datetime) -> int:
    """A finding for each counter whose earlier day is not closed, and for each late close; how many are new.

    One finding a counter and day: a day that was not closed and is closed late stays the finding it is. It is closed as
    every finding is, by an action that another person verified; a day that still stands open opens it again.
    """
    found = Finding.objects.count()
    for row in standing_days():
        if row.day < row.unit.local_day(now):
            what = _("The day of %(day)s was not closed.") % {"day": row.day}
            _record(row.unit, row.day, NOT_CLOSED, "R5.6", what, now)
    closes = list(queries.late_closes(now - LOOK_BACK))
    known = set(Finding.objects.filter(key__in={key_of(one.day) for one in closes}).values_list("unit_id", "key"))
    for close in closes:
        if (close.unit_id, key_of(close.day)) not in known:
            at = close.closed_at.astimezone(close.unit.zone)
            due = close.due_at.astimezone(close.unit.zone)
            said = _("The day of %(day)s was closed at %(at)s; %(due)s is the cut-off.")
            facts = {"day": close.day, "at": f"{at:%Y-%m-%d %H:%M}", "due": f"{due:%H:%M}"}
            _record(close.unit, close.day, LATE, "R5.5", said % facts, now)
    return Finding.objects.count() - found


def key_of(day: date) -> str:
    return f"daily_close.close:{day}"


def _record(unit: Unit, day: date, code: str, clause: str, what: str, now: datetime) -> None:
    record_finding(
        unit=unit, code=code, clause=clause, key=key_of(day), what=what, by=None, now=now, details={"day": f"{day}"}
    )
