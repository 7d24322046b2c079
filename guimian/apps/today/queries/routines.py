"""What of the routines is due, as facts of the plan and in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guimian.apps.routines.queries import Waiting, waiting_for
from guimian.apps.today.rules import Due, Task
from guimian.base.access import Actor

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit


def routines_due(actor: Actor, unit: Unit, now: datetime) -> Iterator[Due]:
    """Duties and rounds at a counter, reports of the unit, appraisals, visits and holidays at and below it."""
    found, day = waiting_for(actor, unit, now), unit.local_day(now)
    if found.duties and found.first_due:
        at = found.first_due.astimezone(unit.zone).time()
        yield Due("do_duties", "R1.4", day, at, count=found.duties, late=found.overdue)
    for one in found.rounds:
        yield Due("walk_round", "R1.5", day, one.until.time() if one.until else None, key=str(one.pk), what=one.label)
    yield from _of_periods(found)


def _of_periods(found: Waiting) -> Iterator[Due]:
    for report in found.reports:
        yield Due("sign_report", "R1.2", report.due, what=report.label)
    if found.publish_by:
        yield Due("publish_appraisals", "R1.2", found.publish_by, count=found.unpublished)
    if found.visit_by:
        yield Due("visit_counters", "R1.2", found.visit_by, count=found.visits)
    for plan in found.plans:
        yield Due(
            "arrange_holiday", "R2.3", plan.due, key=str(plan.pk), what=plan.label, unit=plan.unit,
            unit_label=plan.unit_label,
        )  # fmt: skip


def title_of_routine(task: Task) -> str:
    """The task in words; empty for one that is none of the routines."""
    match task.kind:
        case "do_duties":
            return ngettext("%(count)s duty waits.", "%(count)s duties wait.", task.count) % {"count": task.count}
        case "walk_round":
            return _("Walk the round: %(what)s") % {"what": task.what}
        case "sign_report":
            return _("Sign the report: %(what)s") % {"what": task.what}
        case "publish_appraisals":
            waiting = ngettext(
                "Last month's appraisal of %(count)s counter is not published.",
                "Last month's appraisals of %(count)s counters are not published.",
                task.count,
            )
            return waiting % {"count": task.count}
        case "visit_counters":
            return ngettext("Visit %(count)s counter.", "Visit %(count)s counters.", task.count) % {"count": task.count}
        case "arrange_holiday":
            return _("Arrange the holiday: %(what)s") % {"what": task.what}
        case _other:
            return ""


def text_of_routine(task: Task) -> str:
    """Until when the nearest of the day's duties is due, or a round is walked."""
    if task.at is None:
        return ""
    return _("By %(time)s.") % {"time": f"{task.at:%H:%M}"}
