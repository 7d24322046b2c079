"""Rounds that nobody walked, or nobody signed, go up; and the peaks that rounds are planned by (R1.5)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from guimian.apps.routines import queries, rules
from guimian.apps.routines.models import Peaks, Round
from guimian.apps.routines.services.points import record_point
from guimian.apps.routines.services.rounds import CLAUSE, PAGE, TOPIC, told
from guimian.base import journal, policy
from guimian.base.errors import Unable
from guimian.base.findings.services import record_finding
from guimian.base.live import publish
from guimian.engines.policy import Policy

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit

State = Round.State
TO_WALK = (State.PLANNED, State.WALKING)


class UnableToSetPeaks(Unable):
    """No counter, or an afternoon that does not come after the morning."""


def miss_round(*, round: Round, figures: Policy, now: datetime) -> bool:
    """A round that was not signed goes up as a finding and costs its points, once. Says whether it was this call."""
    unit = round.unit
    with transaction.atomic():
        change = {"state": State.MISSED, "missed_at": now}
        if not Round.objects.filter(pk=round.pk, state__in=TO_WALK).update(**change):
            return False
        round.refresh_from_db()
        why = _("The round “%(round)s” was missed on %(day)s.") % {"round": round.get_slot_display(), "day": round.day}
        record_finding(
            unit=unit, code="routines.round.missed", clause=CLAUSE, what=why, by=None, now=now,
            key=f"routines.round.missed:{round.slot}", details={"day": round.day.isoformat(), "slot": round.slot},
        )  # fmt: skip
        record_point(
            unit=unit, day=round.day, code="routines.round.missed", clause=CLAUSE, why=why, now=now,
            points=Decimal(str(figures["routines.round_missed_points"])), source=journal.subject_of(round),
            route=PAGE, key=str(round.pk),
        )  # fmt: skip
        told(round, "routines.round.missed", None, now)
    return True


def miss_rounds(*, now: datetime) -> int:
    """Send up every planned round that is past its time of grace; says how many. Safe to run twice, and at the same time."""
    waiting = Round.objects.filter(state__in=TO_WALK, due_at__lt=now).exclude(slot=Round.Slot.EXTRA)
    figures: dict[tuple[int, date], Policy] = {}
    missed = 0
    for row in waiting.select_related("unit").order_by("unit", "day", "due_at"):
        key = (row.unit_id, row.day)
        if key not in figures:
            figures[key] = policy.on(row.day, row.unit)
        if not rules.judge_round(figures[key], minutes=rules.minutes_late(row.due_at, now)).met:
            missed += miss_round(round=row, figures=figures[key], now=now)
    return missed


def set_peaks(
    *, unit: Unit, morning: time, afternoon: time, by: Person | None = None, now: datetime, day_kind: str = ""
) -> Peaks:
    """From tomorrow on the counter's rounds are planned around these peaks; for one kind of day, or for all of them.

    The app that knows the traffic calls it as often as it likes: peaks that hold already are given back as they are.
    Raises UnableToSetPeaks.
    """
    if not unit.is_counter:
        raise UnableToSetPeaks(_("Only a counter has peaks."), clause=CLAUSE, found=unit.label)
    if afternoon <= morning:
        message = _("The afternoon's peak comes after the morning's.")
        raise UnableToSetPeaks(message, clause=CLAUSE, found=f"{afternoon:%H:%M}", wanted=f"> {morning:%H:%M}")
    tomorrow = unit.local_day(now) + timedelta(days=1)
    with transaction.atomic():
        standing = queries.peaks_of(unit, day_kind, tomorrow)
        if standing and (standing.day_kind, standing.morning, standing.afternoon) == (day_kind, morning, afternoon):
            return standing
        row, _made = Peaks.objects.update_or_create(
            unit=unit, day_kind=day_kind, from_date=tomorrow,
            defaults={"morning": morning, "afternoon": afternoon, "set_by": by, "set_at": now},
        )  # fmt: skip
        facts = {"from_date": tomorrow, "day_kind": day_kind, "morning": morning, "afternoon": afternoon}
        journal.record(unit=unit, by=by, event="routines.peaks.set", subject=row, now=now, after=facts)
        publish(TOPIC, unit)
    return row
