"""Walk-rounds: started, seen item by item, signed; or missed (R1.5). Each item is kept as it is tapped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from guimian.apps.routines import queries
from guimian.apps.routines.models import Round, RoundAnswer, RoundItem
from guimian.apps.routines.services.points import record_point
from guimian.base import journal, policy
from guimian.base.access import LEADERS
from guimian.base.errors import Unable
from guimian.base.findings.services import UnableToAssign, assign_action, attach_evidence, record_finding
from guimian.base.live import publish
from guimian.base.templatetags.ui import title_of

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit
    from guimian.base.models import Finding

Slot, State = Round.Slot, Round.State
TOPIC = "routines.rounds"
PAGE = "routines:round"
CLAUSE = "R1.5"


class UnableToStartRound(Unable):
    """Not this person's, not yet, or walked already."""


class UnableToAnswer(Unable):
    """The round is not being walked, the item is none of its form, or what was seen is not said."""


class UnableToSignRound(Unable):
    """Items are open, or the round is not being walked."""


@dataclass(frozen=True)
class Seen:
    """What was seen at an item that is not in order. `owner` and `due_date` give the finding to somebody on the spot."""

    what: str
    points: Decimal | None = None  # None: all that the item may cost
    photos: tuple[tuple[str, bytes], ...] = ()
    owner: Person | None = None
    due_date: date | None = None
    task: str = field(default="")  # what to do; empty: mend what was found


# ---------------------------------------------------------------- started
def start_round(*, round: Round, by: Person, now: datetime) -> Round:
    """Begin a planned round, in its window or late. Raises UnableToStartRound."""
    unit = round.unit
    leads(unit, by, now, UnableToStartRound)
    if now < round.from_at:
        begins = f"≥ {round.from_at.astimezone(unit.zone):%Y-%m-%d %H:%M}"
        raise UnableToStartRound(_("A round is walked around its peak, not before."), clause=CLAUSE, wanted=begins)
    change = {"state": State.WALKING, "started_at": now, "started_by": by, "is_late": now > round.due_at}
    with transaction.atomic():
        try:
            with transaction.atomic():
                moved = Round.objects.filter(pk=round.pk, state=State.PLANNED).update(**change)
        except IntegrityError as error:
            raise UnableToStartRound(_("Sign the round that you are walking first."), clause=CLAUSE) from error
        round.refresh_from_db()
        if not moved:
            raise UnableToStartRound(
                _("The round is in another state by now."), clause=CLAUSE, found=round.get_state_display()
            )
        told(round, "routines.round.started", by, now)
    return round


def start_extra(*, unit: Unit, by: Person, now: datetime) -> Round:
    """A round that nobody planned, walked at any time. Raises UnableToStartRound."""
    if not unit.is_counter:
        raise UnableToStartRound(_("Only a counter is walked."), clause=CLAUSE, found=unit.label)
    leads(unit, by, now, UnableToStartRound)
    with transaction.atomic():
        try:
            with transaction.atomic():
                row = Round.objects.create(
                    unit=unit, day=unit.local_day(now), slot=Slot.EXTRA, from_at=now, due_at=now,
                    state=State.WALKING, started_at=now, started_by=by,
                )  # fmt: skip
        except IntegrityError as error:
            raise UnableToStartRound(_("Sign the round that you are walking first."), clause=CLAUSE) from error
        told(row, "routines.round.started", by, now)
    return row


def leads(unit: Unit, by: Person, now: datetime, error: type[Unable]) -> None:
    held = {grant.role for grant in by.grants_on(unit.local_day(now)) if grant.reaches(unit.path)}
    if not held & LEADERS:
        raise error(_("Rounds are walked by those who lead."), clause=CLAUSE, found=by.label)


# ---------------------------------------------------------------- seen
def answer_item(*, round: Round, item: RoundItem, by: Person, now: datetime, seen: Seen | None = None) -> RoundAnswer:
    """Keep what was seen at one item: in order (`seen` None), or points off with a finding. A repeated tap changes nothing.

    Raises UnableToAnswer, and what findings raise for a photo or an owner that cannot be.
    """
    leads(round.unit, by, now, UnableToAnswer)
    with transaction.atomic():
        walked = Round.objects.select_for_update().select_related("unit").get(pk=round.pk)
        may_answer(walked, item)
        standing = RoundAnswer.objects.filter(round=walked, item=item).select_related("finding").first()
        if seen is None:
            return in_order(walked, item, standing, by, now)
        return points_off(walked, item, standing, by, now, seen)


def answer_rest(*, round: Round, by: Person, now: datetime) -> int:
    """Keep that every item not looked at yet is in order; says how many. For programs that know all of a round at once.

    Raises UnableToAnswer.
    """
    leads(round.unit, by, now, UnableToAnswer)
    with transaction.atomic():
        walked = Round.objects.select_for_update().select_related("unit").get(pk=round.pk)
        is_walked(walked)
        seen = set(walked.answers.values_list("item", flat=True))
        rest = [item for item in queries.form_of(walked) if item.pk not in seen]
        rows = (RoundAnswer(round=walked, item=item, is_fine=True, at=now, by=by) for item in rest)
        return len(RoundAnswer.objects.bulk_create(rows))


def is_walked(round: Round) -> None:
    if round.state != State.WALKING:
        found, wanted = round.get_state_display(), State.WALKING.label
        raise UnableToAnswer(_("The round is not being walked."), clause=CLAUSE, found=found, wanted=wanted)


def may_answer(round: Round, item: RoundItem) -> None:
    is_walked(round)
    if item.pk not in {one.pk for one in queries.form_of(round)}:
        raise UnableToAnswer(_("The item is none of this round's form."), clause=CLAUSE, found=title_of(item))


def in_order(round: Round, item: RoundItem, standing: RoundAnswer | None, by: Person, now: datetime) -> RoundAnswer:
    if standing is not None and not standing.is_fine:
        raise UnableToAnswer(
            _("Points were taken off and a finding stands: close it there."), clause=CLAUSE, found=standing.what
        )
    return standing or RoundAnswer.objects.create(round=round, item=item, is_fine=True, at=now, by=by)


def points_off(
    round: Round, item: RoundItem, standing: RoundAnswer | None, by: Person, now: datetime, seen: Seen
) -> RoundAnswer:
    what, points = seen.what.strip()[:500], item.points if seen.points is None else seen.points
    if not what:
        raise UnableToAnswer(_("Say what is not in order."), clause=CLAUSE, found=title_of(item))
    if not 0 <= points <= item.points:
        raise UnableToAnswer(
            _("So many points are not the item's."), clause=CLAUSE, found=points, wanted=f"≤ {item.points}"
        )
    finding = record_finding(
        unit=round.unit, code="routines.round.item", clause=item.clause, what=f"{title_of(item)}: {what}", by=by, now=now,
        key=f"routines.round:{item.code}", details={"round": round.pk, "item": item.code},
    )  # fmt: skip
    follow_up(finding, seen, by, now)
    told_before = standing is not None and (standing.what, standing.points, standing.is_fine) == (what, points, False)
    if standing is not None and told_before:
        return standing
    fields = {"is_fine": False, "points": points, "what": what, "finding": finding, "at": now, "by": by}
    answer, _made = RoundAnswer.objects.update_or_create(round=round, item=item, defaults=fields)
    return answer


def follow_up(finding: Finding, seen: Seen, by: Person, now: datetime) -> None:
    """Photos with the finding, and somebody who mends it; one that is in somebody's hands stays there."""
    for name, content in seen.photos:
        attach_evidence(finding=finding, name=name, content=content, note=seen.what[:300], by=by, now=now)
    if seen.owner is not None and seen.due_date is not None:
        if finding.actions.exclude(state="VERIFIED").exists():
            return
        assign_action(finding=finding, what=seen.task, owner=seen.owner, due_date=seen.due_date, by=by, now=now)
    elif seen.owner is not None:
        raise UnableToAssign(_("Say until when."), clause=finding.clause)


# ---------------------------------------------------------------- signed
def sign_round(*, round: Round, remark: str, by: Person, now: datetime) -> Round:
    """Sign a round whose items are all seen: its points add up and cost the counter. Raises UnableToSignRound."""
    leads(round.unit, by, now, UnableToSignRound)
    with transaction.atomic():
        walked = Round.objects.select_for_update(of=("self",)).select_related("unit", "started_by").get(pk=round.pk)
        if walked.state != State.WALKING:
            raise UnableToSignRound(
                _("The round is not being walked."), clause=CLAUSE, found=walked.get_state_display()
            )
        answers = list(walked.answers.select_related("item"))
        wanted = len(queries.form_of(walked))
        if len(answers) < wanted:
            message = _("Some items have not been looked at.")
            raise UnableToSignRound(message, clause=CLAUSE, found=len(answers), wanted=wanted)
        walked.points_off = sum((answer.points for answer in answers), Decimal(0))
        walked.state, walked.signed_at, walked.signed_by, walked.remark = State.SIGNED, now, by, remark.strip()[:500]
        walked.save(update_fields=["points_off", "state", "signed_at", "signed_by", "remark"])
        costs(walked, answers, now)
        told(walked, "routines.round.signed", by, now)
    return walked


def costs(round: Round, answers: Iterable[RoundAnswer], now: datetime) -> None:
    """One row of points for each item that cost some, and one for a round begun late."""
    page: dict[str, Any] = {"unit": round.unit, "day": round.day, "now": now, "route": PAGE, "key": str(round.pk)}
    for answer in answers:
        if answer.points:
            why = f"{title_of(answer.item)}: {answer.what}"
            record_point(
                code="routines.round.item", clause=answer.item.clause, points=answer.points, why=why,
                source=journal.subject_of(answer), **page,
            )  # fmt: skip
    late = Decimal(str(policy.on(round.day, round.unit)["routines.round_late_points"]))
    if round.is_late and late:
        why = _("The round was walked late.")
        record_point(
            code="routines.round.late", clause=CLAUSE, points=late, why=why, person=round.started_by,
            source=journal.subject_of(round), **page,
        )  # fmt: skip


def told(round: Round, event: str, by: Person | None, now: datetime) -> None:
    facts = {"day": round.day, "slot": round.slot, "state": round.state, "points_off": round.points_off}
    journal.record(unit=round.unit, by=by, event=event, subject=round, now=now, after=facts)
    publish(TOPIC, round.unit)
