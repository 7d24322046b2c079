"""A counter's working and opening hours, from a day on (R1.3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guimian.apps.calendar import rules
from guimian.apps.calendar.models import Hours
from guimian.apps.calendar.rules import Times
from guimian.base import journal, policy
from guimian.base.errors import Unable
from guimian.base.live import publish
from guimian.base.templatetags.ui import quantity, title_of
from guimian.engines.policy import Outcome, Policy, Verdict

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit

TOPIC = "calendar.hours"
#: What is said of a verdict that is not met.
BROKEN = {
    "calendar.hours.order": gettext_lazy("The doors have to close after they open."),
    "calendar.hours.opening_after_work": gettext_lazy("The doors open too soon after work starts."),
    "calendar.hours.ending_before_work": gettext_lazy("The doors close too late before work ends."),
    "calendar.hours.ending_before_banks": gettext_lazy(
        "The doors close too late before local banks stop corporate business."
    ),
    "calendar.hours.weekend": gettext_lazy("A flagship counter is open on Saturdays and Sundays."),
}


class UnableToSetHours(Unable):
    """The hours break R1.3 or R2.5, are not complete, or would change what has passed."""


class UnableToWithdrawHours(Unable):
    """The hours hold already."""


def set_hours(*, unit: Unit, day_kind: str, from_date: date, times: Times, by: Person | None, now: datetime) -> Hours:
    """Set the counter's hours on one kind of day, from a day on; hours planned from the same day are replaced.

    The first hours of a kind may begin in the past, when nothing was judged yet; any later ones begin tomorrow at the
    earliest. Raises UnableToSetHours with the clause, what was found and what would pass, for each margin that is broken.
    """
    with transaction.atomic():
        _may_begin(unit, day_kind, from_date, now)
        _complete(times)
        figures = policy.on(max(from_date, unit.local_day(now)), unit)
        _judged(figures, rules.judge_hours(figures, times=times, day_kind=day_kind, size=unit.size), times)
        kept = asdict(times if times.is_open else Times(is_open=False))
        try:
            with transaction.atomic():
                row, _made = Hours.objects.update_or_create(
                    unit=unit, day_kind=day_kind, from_date=from_date, defaults={**kept, "set_by": by, "set_at": now}
                )
        except IntegrityError as error:
            raise UnableToSetHours(_("Doors open and close within working hours."), clause="R1.3") from error
        journal.record(
            unit=unit,
            by=by,
            event="calendar.hours.set",
            subject=row,
            now=now,
            after={"days": day_kind, "from_date": from_date, **kept},
        )
        publish(TOPIC, unit)
    return row


def _may_begin(unit: Unit, day_kind: str, from_date: date, now: datetime) -> None:
    if not unit.is_counter:
        raise UnableToSetHours(_("Only a counter has hours."), clause="R1.3")
    today = unit.local_day(now)
    if from_date > today:
        return
    if Hours.objects.filter(unit=unit, day_kind=day_kind).exists():
        raise UnableToSetHours(
            _("Hours begin on a later day than today: what has passed is judged by the hours of its day."),
            clause="R1.3",
            found=from_date,
            wanted=_("a later day than %(day)s") % {"day": today},
        )
    if unit.opened_on and from_date < unit.opened_on:
        message = _("The counter was not open yet on that day.")
        raise UnableToSetHours(message, clause="R1.3", found=from_date, wanted=unit.opened_on)


def _complete(times: Times) -> None:
    if times.is_open and None in (times.work_from, times.work_to, times.open_from, times.open_to):
        raise UnableToSetHours(_("Say when work starts and ends and when the doors open and close."), clause="R1.3")


def _judged(figures: Policy, verdicts: Iterable[Verdict], times: Times) -> None:
    """Refuse for the first verdict that is not met; the others stand beside it, so that all is put right at once."""
    broken = [_refusal(figures, verdict, times) for verdict in verdicts if verdict.outcome is Outcome.NOT_MET]
    if broken:
        broken[0].more = tuple(broken[1:])
        raise broken[0]


def _refusal(figures: Policy, verdict: Verdict, times: Times) -> UnableToSetHours:
    return UnableToSetHours(
        BROKEN.get(verdict.code) or title_of(verdict),
        clause=verdict.clause,
        found=quantity(verdict.found, verdict.unit),
        wanted=would_pass(figures, verdict, times),
    )


def would_pass(figures: Policy, verdict: Verdict, times: Times) -> str:
    """In words, what would pass: the margin, and the time that keeps it beside the others given, where one does."""
    said = {"limit": f"{verdict.comparator} {quantity(verdict.limit, verdict.unit)}".removeprefix("= ")}
    passing, name = rules.passing_times(figures, times), verdict.code.rpartition(".")[2]
    if name == "opening_after_work" and passing.open_from:
        return _("%(limit)s: doors open at %(time)s or later") % (said | {"time": f"{passing.open_from:%H:%M}"})
    if name in {"ending_before_work", "ending_before_banks"} and passing.open_to:
        return _("%(limit)s: doors close at %(time)s or earlier") % (said | {"time": f"{passing.open_to:%H:%M}"})
    return said["limit"]


def withdraw_hours(*, unit: Unit, pk: int, by: Person | None, now: datetime) -> None:
    """Take back hours that have not begun. Raises UnableToWithdrawHours when they hold, or are not the counter's."""
    with transaction.atomic():
        row = Hours.objects.select_for_update().filter(unit=unit, pk=pk).first()
        if row is None or row.from_date <= unit.local_day(now):
            raise UnableToWithdrawHours(_("Only hours that have not begun are taken back."), clause="R1.3")
        journal.record(
            unit=unit,
            by=by,
            event="calendar.hours.withdrawn",
            subject=row,
            now=now,
            before={"days": row.day_kind, "from_date": row.from_date},
        )
        row.delete()
        publish(TOPIC, unit)
