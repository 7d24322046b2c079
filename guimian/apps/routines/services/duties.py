"""Duties of a day: made by the calendar, done by people, sent up when they are missed (R1.1, R1.2, R1.4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from guimian.apps.routines import queries, rules
from guimian.apps.routines.models import DayDuty, DutyPhoto, Round
from guimian.apps.routines.queries import DayPlan, Known
from guimian.apps.routines.services.points import record_point
from guimian.base import journal, policy
from guimian.base.access import Role
from guimian.base.errors import Unable
from guimian.base.findings import files
from guimian.base.findings.services import record_finding
from guimian.base.live import publish
from guimian.base.templatetags.ui import title_of
from guimian.engines.policy import Policy

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit

State = DayDuty.State
TOPIC = "routines.duties"
PAGE = "routines:duty"


class UnableToDoDuty(Unable):
    """Not this person's, not yet, not without a note or photo, or decided already."""


# ---------------------------------------------------------------- made
def make_duties(*, unit: Unit, day: date, now: datetime, known: Known | None = None) -> int:
    """Make the duties and rounds of the counter's day that its calendar asks for; says how many were missing.

    It may run as often as one likes: what is there stays as it is. A shut day, or a unit that is no counter, has none.
    """
    if not unit.is_counter:
        return 0
    return apply_plan(queries.day_plan(unit, known or queries.known_on(day)), now)


def apply_plan(plan: DayPlan, now: datetime) -> int:
    """Write exactly this plan, but for what is there already."""
    unit, day = plan.unit, plan.day
    with transaction.atomic():
        duties, rounds = missing_duties(plan), missing_rounds(plan)
        if not (duties or rounds):
            return 0
        DayDuty.objects.bulk_create(duties, ignore_conflicts=True)
        Round.objects.bulk_create(rounds, ignore_conflicts=True)
        made = len(duties) + len(rounds)
        facts = {"day": day, "duties": len(duties), "rounds": len(rounds)}
        journal.record(unit=unit, by=None, event="routines.duties.made", subject=unit, now=now, after=facts)
        publish(TOPIC, unit)
    return made


def missing_duties(plan: DayPlan) -> list[DayDuty]:
    unit, day = plan.unit, plan.day
    there = set(DayDuty.objects.filter(unit=unit, day=day).values_list("code", "number"))
    return [
        DayDuty(
            unit=unit, day=day, duty=duty, code=one.code, number=one.number, part=one.part,
            from_at=moment(unit, day, one.begins), due_at=moment(unit, day, one.due),
        )
        for one, duty in plan.duties
        if (one.code, one.number) not in there
    ]  # fmt: skip


def missing_rounds(plan: DayPlan) -> list[Round]:
    unit, day = plan.unit, plan.day
    there = set(Round.objects.filter(unit=unit, day=day).values_list("slot", flat=True))
    return [
        Round(
            unit=unit, day=day, slot=one.slot, from_at=moment(unit, day, one.begins), due_at=moment(unit, day, one.due)
        )
        for one in plan.rounds
        if one.slot not in there
    ]


def moment(unit: Unit, day: date, at: time) -> datetime:
    """The time of the counter's own day."""
    return datetime.combine(day, at, unit.zone)


# ---------------------------------------------------------------- done
def do_duty(
    *, day_duty: DayDuty, by: Person, now: datetime, note: str = "", photos: Iterable[tuple[str, bytes]] = ()
) -> DayDuty:
    """Say that a duty is done: in time, or late. `photos` are names with contents. One of many at once gets through.

    Raises UnableToDoDuty.
    """
    note, kept = note.strip()[:500], kept_photos(photos)
    may_do(day_duty, by, now, note, bool(kept))
    late = now > day_duty.due_at and not day_duty.duty.as_needed
    state = State.LATE if late else State.DONE
    with transaction.atomic():
        change = {"state": state, "done_by": by, "done_at": now, "note": note}
        moved = DayDuty.objects.filter(pk=day_duty.pk, state=State.DUE).update(**change)
        day_duty.refresh_from_db()
        if not moved:
            raise decided(day_duty)
        DutyPhoto.objects.bulk_create(
            DutyPhoto(day_duty=day_duty, kind=one.kind, path=one.path, sha256=one.sha256) for one in kept
        )
        if late:
            cost_of_late(day_duty, by, now)
        told(day_duty, "routines.duty.done", by, now)
    return day_duty


def kept_photos(photos: Iterable[tuple[str, bytes]]) -> list[files.Kept]:
    """The photos, safe on disk; each once."""
    kept: dict[str, files.Kept] = {}
    for name, content in photos:
        try:
            one = files.keep(content)
        except files.NotKept as refusal:
            raise UnableToDoDuty(str(refusal), found=name, wanted=_("JPEG, PNG or WebP, up to 10 MB")) from refusal
        if not one.kind.startswith("image/"):
            raise UnableToDoDuty(_("Only a photo shows it."), found=name, wanted=_("JPEG, PNG or WebP, up to 10 MB"))
        kept[one.sha256] = one
    return list(kept.values())


def may_do(day_duty: DayDuty, by: Person, now: datetime, note: str, has_photo: bool) -> None:
    unit, duty = day_duty.unit, day_duty.duty
    held = {str(grant.role) for grant in by.grants_on(unit.local_day(now)) if grant.reaches(unit.path)}
    if not held & set(duty.roles):
        wanted = [str(Role(role).label) for role in duty.roles]
        message = _("This duty is for other roles.")
        raise UnableToDoDuty(message, clause=duty.clause, found=by.label, wanted=", ".join(wanted))
    if day_duty.state != State.DUE:
        raise decided(day_duty)
    if unit.local_day(now) > day_duty.day:
        message = _("Its day is over.")
        raise UnableToDoDuty(message, clause=duty.clause, found=unit.local_day(now), wanted=day_duty.day)
    if now < day_duty.from_at:
        begins = f"{day_duty.from_at.astimezone(unit.zone):%Y-%m-%d %H:%M}"
        raise UnableToDoDuty(_("Its time has not come."), clause=duty.clause, found=None, wanted=f"≥ {begins}")
    if duty.needs_note and not note:
        raise UnableToDoDuty(_("Say in a note what was done."), clause=duty.clause, wanted=_("a note"))
    if duty.needs_photo and not has_photo:
        raise UnableToDoDuty(_("Show it with a photo."), clause=duty.clause, wanted=_("a photo"))


def decided(day_duty: DayDuty) -> UnableToDoDuty:
    """Somebody was faster, or it was missed."""
    if day_duty.state == State.MISSED:
        message = _("It was missed and has gone up as a finding: mend it there.")
        return UnableToDoDuty(message, clause=day_duty.duty.clause, found=day_duty.get_state_display())
    who = day_duty.done_by.label if day_duty.done_by else ""
    return UnableToDoDuty(_("It is done already."), clause=day_duty.duty.clause, found=who)


def cost_of_late(day_duty: DayDuty, by: Person, now: datetime) -> None:
    unit, duty = day_duty.unit, day_duty.duty
    points = rules.late_points(policy.on(day_duty.day, unit), duty.points)
    if points:
        why = _("%(duty)s was done late.") % {"duty": title_of(duty)}
        record_point(
            unit=unit, person=by, day=day_duty.day, code="routines.duty.late", clause=duty.clause, points=points, why=why,
            source=journal.subject_of(day_duty), now=now, route=PAGE, key=str(day_duty.pk),
        )  # fmt: skip


# ---------------------------------------------------------------- missed
def miss_duty(*, day_duty: DayDuty, now: datetime) -> bool:
    """A duty that nobody did goes up as a finding, and costs its points; once. Says whether it was this call.

    The same duty missed again while its finding is open stands under that one finding.
    """
    unit, duty = day_duty.unit, day_duty.duty
    with transaction.atomic():
        change = {"state": State.MISSED, "missed_at": now}
        if not DayDuty.objects.filter(pk=day_duty.pk, state=State.DUE).update(**change):
            return False
        why = _("%(duty)s was missed on %(day)s.") % {"duty": title_of(duty), "day": day_duty.day}
        finding = record_finding(
            unit=unit, code="routines.duty.missed", clause=duty.clause, what=why, by=None, now=now,
            key=f"routines.duty:{duty.code}", details={"day": day_duty.day.isoformat(), "duty": duty.code},
        )  # fmt: skip
        DayDuty.objects.filter(pk=day_duty.pk).update(finding=finding)
        day_duty.refresh_from_db()
        if duty.points:
            record_point(
                unit=unit, day=day_duty.day, code="routines.duty.missed", clause=duty.clause, points=duty.points, why=why,
                source=journal.subject_of(day_duty), now=now, route=PAGE, key=str(day_duty.pk),
            )  # fmt: skip
        told(day_duty, "routines.duty.missed", None, now)
    return True


def miss_duties(*, now: datetime) -> int:
    """Send up every duty that is past its time of grace; says how many. Safe to run twice, and at the same time."""
    waiting = DayDuty.objects.filter(state=State.DUE, due_at__lt=now, duty__as_needed=False)
    rows = waiting.select_related("unit", "duty").order_by("unit", "day", "due_at")
    figures: dict[tuple[int, date], Policy] = {}
    missed = 0
    for row in rows:
        key = (row.unit_id, row.day)
        if key not in figures:
            figures[key] = policy.on(row.day, row.unit)
        verdict = rules.judge_duty(figures[key], minutes=rules.minutes_late(row.due_at, now))
        if not verdict.met:
            missed += miss_duty(day_duty=row, now=now)
    return missed


def told(day_duty: DayDuty, event: str, by: Person | None, now: datetime) -> None:
    facts = {"day": day_duty.day, "duty": day_duty.code, "number": day_duty.number, "state": day_duty.state}
    if day_duty.note:
        facts["note"] = day_duty.note
    journal.record(unit=day_duty.unit, by=by, event=event, subject=day_duty, now=now, after=facts)
    publish(TOPIC, day_duty.unit)
