"""Changing a figure: one person proposes, another one decides; never back into the past (ADR 3)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from guimian.base import journal, live
from guimian.base.access import APPROVERS, OFFICERS, Role
from guimian.base.errors import Unable
from guimian.base.journal.chain import locked_head
from guimian.base.models import PolicyOverride
from guimian.base.policy import queries
from guimian.engines.policy import Figure, Value

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit

#: Headquarters, a province or a city changes a figure; a counter lives by them.
LEVELS = ("HQ", "PROVINCE", "CITY")
TOPIC = "policy.figures"
State = PolicyOverride.State


class UnableToProposeOverride(Unable):
    """The figure, the unit, the value, the day or the person does not allow it."""


class UnableToDecideOverride(Unable):
    """It is decided already, its day has come, or this person may not decide it."""


class UnableToWithdrawOverride(Unable):
    """It is decided already, or somebody else proposed it."""


def propose_override(
    *,
    unit: Unit,
    key: str,
    value: Value | None,
    from_date: date,
    reason: str,
    by: Person,
    now: datetime,
    until: date | None = None,
) -> PolicyOverride:
    """Propose a figure for the unit and all below it, from a day to come until `until` (exclusive; None: for good).

    `value` None gives the figure back to the unit above. Raises UnableToProposeOverride with the figure's clause.
    """
    with transaction.atomic():
        locked_head(unit)
        figure = _changeable(unit, key, by, now)
        _fits(figure, value)
        _days_to_come(figure, unit, from_date, until, now, UnableToProposeOverride)
        if not reason.strip():
            raise UnableToProposeOverride(_("A change needs a reason."), clause=figure.clause)
        if waiting := PolicyOverride.objects.filter(unit=unit, key=key, state=State.PROPOSED).first():
            raise UnableToProposeOverride(
                _("Another change of this figure waits for its decision."),
                clause=figure.clause,
                found=waiting.from_date,
            )
        row = PolicyOverride.objects.create(
            unit=unit,
            key=key,
            value=queries.as_stored(value),
            from_date=from_date,
            until=until,
            reason=reason.strip(),
            proposed_by=by,
            proposed_at=now,
        )
        _record("proposed", row, by, now, reason=row.reason, after=facts(row))
    return row


def approve_override(*, override: PolicyOverride, note: str = "", by: Person, now: datetime) -> PolicyOverride:
    """Put a proposed change in force from its day on. Raises UnableToDecideOverride.

    `by` is another person than the proposer, and approves at the unit or above it (R10.11).
    """
    with transaction.atomic():
        row = _waiting(override, by, now)
        figure = queries.book().figures[row.key]
        _days_to_come(figure, row.unit, row.from_date, row.until, now, UnableToDecideOverride)
        same = PolicyOverride.objects.filter(unit=row.unit, key=row.key, from_date=row.from_date, state=State.APPROVED)
        if same.exists():
            raise UnableToDecideOverride(
                _("The figure changes on this day already."), clause=figure.clause, found=row.from_date
            )
        before = queries.on(row.from_date, row.unit).resolve(row.key)[0]
        _decide(row, State.APPROVED, by, now, note)
        _record("approved", row, by, now, reason=note, before={"value": queries.as_stored(before)}, after=facts(row))
    return row


def reject_override(*, override: PolicyOverride, note: str, by: Person, now: datetime) -> PolicyOverride:
    """Turn a proposed change down, with the reason. Raises UnableToDecideOverride."""
    with transaction.atomic():
        row = _waiting(override, by, now)
        if not note.strip():
            raise UnableToDecideOverride(_("Say why the change is turned down."))
        _decide(row, State.REJECTED, by, now, note)
        _record("rejected", row, by, now, reason=row.decision_note, after=facts(row))
    return row


def withdraw_override(*, override: PolicyOverride, by: Person, now: datetime) -> PolicyOverride:
    """Take one's own proposal back before it is decided. Raises UnableToWithdrawOverride."""
    with transaction.atomic():
        row = _locked(override)
        if row.state != State.PROPOSED:
            raise UnableToWithdrawOverride(_("The change is decided already."), found=row.get_state_display())
        if row.proposed_by_id != by.pk:
            raise UnableToWithdrawOverride(
                _("Only the one who proposed a change takes it back."), clause="R10.11", wanted=row.proposed_by.label
            )
        _decide(row, State.WITHDRAWN, by, now, "")
        _record("withdrawn", row, by, now, after=facts(row))
    return row


def facts(row: PolicyOverride) -> dict[str, Any]:
    """What the journal keeps of a change."""
    return {"key": row.key, "value": row.value, "from_date": row.from_date, "until": row.until, "state": row.state}


def roles_of(by: Person, unit: Unit, now: datetime) -> frozenset[Role]:
    """The roles by which somebody reaches the unit today."""
    return frozenset(grant.role for grant in by.grants_on(unit.local_day(now)) if grant.reaches(unit.path))


def _changeable(unit: Unit, key: str, by: Person, now: datetime) -> Figure:
    figure = queries.book().figures.get(key)
    if figure is None:
        raise UnableToProposeOverride(_("There is no such figure."), found=key)
    if figure.locked:
        raise UnableToProposeOverride(_("This figure is the same everywhere."), clause=figure.clause)
    if unit.level not in LEVELS:
        raise UnableToProposeOverride(
            _("Headquarters, a province or a city changes a figure."), clause=figure.clause, found=unit.label
        )
    if not roles_of(by, unit, now) & OFFICERS:
        raise UnableToProposeOverride(_("Your posts do not let you change figures here."), clause="R10.11")
    return figure


def _fits(figure: Figure, value: Value | None) -> None:
    if value is None or figure.accepts(value):
        return
    raise UnableToProposeOverride(
        _("The figure cannot have this value."),
        clause=figure.clause,
        found=value,
        wanted=queries.bounds_text(figure) or figure.unit,
    )


def _days_to_come(
    figure: Figure, unit: Unit, from_date: date, until: date | None, now: datetime, error: type[Unable]
) -> None:
    today = unit.local_day(now)
    if from_date <= today:
        raise error(
            _("A change begins tomorrow at the earliest: the past is judged by the past's figures."),
            clause=figure.clause,
            found=from_date,
            wanted=date.fromordinal(today.toordinal() + 1),
        )
    if from_date < figure.values[0].from_date:
        raise error(
            _("The regulation begins later."),
            clause=figure.clause,
            found=from_date,
            wanted=figure.values[0].from_date,
        )
    if until is not None and until <= from_date:
        raise error(_("A change ends after it begins."), clause=figure.clause, found=until, wanted=from_date)


def _locked(override: PolicyOverride) -> PolicyOverride:
    locked_head(override.unit)
    rows = PolicyOverride.objects.select_for_update(of=("self",)).select_related("unit", "proposed_by")
    return rows.get(pk=override.pk)


def _waiting(override: PolicyOverride, by: Person, now: datetime) -> PolicyOverride:
    row = _locked(override)
    if row.state != State.PROPOSED:
        raise UnableToDecideOverride(_("The change is decided already."), found=row.get_state_display())
    if row.proposed_by_id == by.pk:
        raise UnableToDecideOverride(_("Nobody decides on his own proposal."), clause="R10.11", found=by.label)
    if not roles_of(by, row.unit, now) & APPROVERS:
        raise UnableToDecideOverride(_("Your posts do not let you decide on changes here."), clause="R10.11")
    return row


def _decide(row: PolicyOverride, state: State, by: Person, now: datetime, note: str) -> None:
    row.state, row.decided_by, row.decided_at, row.decision_note = state, by, now, note.strip()
    row.save(update_fields=["state", "decided_by", "decided_at", "decision_note"])


def _record(verb: str, row: PolicyOverride, by: Person, now: datetime, **facts: Any) -> None:
    journal.record(unit=row.unit, by=by, event=f"policy.override.{verb}", subject=row, now=now, **facts)
    live.publish(TOPIC, row.unit)
