"""Writes of findings: found wrong, given to somebody, reported done, verified by another person."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from guimian.base.errors import Unable
from guimian.base.findings import files
from guimian.base.journal import record
from guimian.base.live import publish
from guimian.base.models import Action, Evidence, Finding

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit

TOPIC = "findings"
TO_DO = (Action.State.ASSIGNED, Action.State.REJECTED)
MOST_EVIDENCE = 40  # files of one finding


class UnableToRecordFinding(Unable):
    """Nothing is said of what was found."""


class UnableToAssign(Unable):
    """The finding is closed or in somebody's hands, or the owner cannot see it."""


class UnableToReportDone(Unable):
    """The action is not this person's to do."""


class UnableToVerify(Unable):
    """Only another person, and only what was reported done."""


class UnableToAttach(Unable):
    """The file is not one that is kept as evidence."""


def record_finding(
    *,
    unit: Unit,
    code: str,
    clause: str,
    what: str,
    by: Person | None,
    now: datetime,
    key: str = "",
    details: dict[str, Any] | None = None,
) -> Finding:
    """What a rule (`by` None) or a person found wrong at the unit.

    `key` says what makes it the same finding when it is found again: an open one is given back as it is, a closed one is
    opened again. Without a key it is a new finding each time. Raises UnableToRecordFinding.
    """
    if not what.strip():
        raise UnableToRecordFinding(_("Say what is wrong."), clause=clause)
    key = key or uuid.uuid4().hex
    with transaction.atomic():
        finding = Finding.objects.select_for_update().filter(unit=unit, key=key).first()
        if finding is not None:
            return finding if finding.state == Finding.State.OPEN else reopened(finding, by, now)
        try:
            with transaction.atomic():
                finding = Finding.objects.create(
                    unit=unit, code=code, clause=clause, key=key, what=what.strip(), details=details or {},
                    found_at=now, found_by=by,
                )  # fmt: skip
        except IntegrityError:  # somebody found the same in this moment
            return Finding.objects.get(unit=unit, key=key)
        told(finding, "findings.finding.recorded", by, now, after={"code": code, "clause": clause})
    return finding


def reopened(finding: Finding, by: Person | None, now: datetime) -> Finding:
    finding.state, finding.closed_at = Finding.State.OPEN, None
    finding.save(update_fields=["state", "closed_at"])
    told(finding, "findings.finding.reopened", by, now)
    return finding


def told(finding: Finding, event: str, by: Person | None, now: datetime, **facts: Any) -> None:
    record(unit=finding.unit, by=by, event=event, subject=finding, now=now, **facts)
    publish(TOPIC, finding.unit)


def assign_action(*, finding: Finding, what: str, owner: Person, due_date: date, by: Person, now: datetime) -> Action:
    """Give the mending of an open finding to somebody whose posts reach its unit, until a day from today on.

    Raises UnableToAssign.
    """
    today = finding.unit.local_day(now)
    if due_date < today:
        raise UnableToAssign(_("The day has passed."), clause=finding.clause, found=due_date, wanted=f"≥ {today}")
    if not any(grant.reaches(finding.unit.path) for grant in owner.grants_on(today)):
        raise UnableToAssign(
            _("The owner holds no post that reaches this unit."), clause=finding.clause, found=owner.label
        )
    with transaction.atomic():
        open_one = Finding.objects.select_for_update().get(pk=finding.pk)
        if open_one.state != Finding.State.OPEN:
            raise UnableToAssign(_("The finding is closed."), clause=finding.clause)
        if finding.actions.exclude(state=Action.State.VERIFIED).exists():
            raise UnableToAssign(_("Somebody has it already."), clause=finding.clause)
        action = Action.objects.create(
            finding=finding,
            what=what.strip() or finding.what,
            owner=owner,
            assigned_by=by,
            assigned_at=now,
            due_date=due_date,
        )
        told(
            finding,
            "findings.action.assigned",
            by,
            now,
            after={"owner": owner.staff_number, "due": due_date.isoformat()},
        )
    return action


def report_done(*, action: Action, note: str, by: Person, now: datetime) -> None:
    """The owner says that it is mended, and how; another person verifies it. Raises UnableToReportDone."""
    clause = action.finding.clause
    if by.pk != action.owner_id:
        raise UnableToReportDone(
            _("Only the owner reports it done."), clause=clause, found=by.label, wanted=action.owner.label
        )
    if not note.strip():
        raise UnableToReportDone(_("Say what was done."), clause=clause)
    with transaction.atomic():
        change = {"state": Action.State.DONE, "done_by": by, "done_at": now, "done_note": note.strip()}
        if not Action.objects.filter(pk=action.pk, state__in=TO_DO).update(**change):
            raise UnableToReportDone(_("It is reported done already."), clause=clause)
        told(action.finding, "findings.action.done", by, now)


def may_verify(action: Action, person: Person) -> bool:
    """Another person than the one who did it or owns it."""
    return person.pk not in {action.owner_id, action.done_by_id}


def verify_action(*, action: Action, note: str, by: Person, now: datetime) -> None:
    """Another person has seen that it is mended: the finding is closed. Raises UnableToVerify."""
    decided(action, by, now, Action.State.VERIFIED, note)


def reject_action(*, action: Action, note: str, by: Person, now: datetime) -> None:
    """Another person has seen that it is not mended: back to the owner, with the reason. Raises UnableToVerify."""
    if not note.strip():
        raise UnableToVerify(_("Say what is missing."), clause=action.finding.clause)
    decided(action, by, now, Action.State.REJECTED, note)


def decided(action: Action, by: Person, now: datetime, state: Action.State, note: str) -> None:
    finding = action.finding
    if not may_verify(action, by):
        raise UnableToVerify(
            _("What somebody mended is verified by another person."),
            clause=finding.clause,
            found=by.label,
            wanted=_("another person"),
        )
    change = {"state": state, "verified_by": by, "verified_at": now, "verdict_note": note.strip()}
    with transaction.atomic():
        if not Action.objects.filter(pk=action.pk, state=Action.State.DONE).update(**change):
            raise UnableToVerify(_("It is not reported done, or decided already."), clause=finding.clause)
        if state == Action.State.VERIFIED:
            Finding.objects.filter(pk=finding.pk).update(state=Finding.State.CLOSED, closed_at=now)
            told(finding, "findings.action.verified", by, now)
        else:
            told(finding, "findings.action.rejected", by, now, reason=note.strip())


def attach_evidence(*, finding: Finding, name: str, content: bytes, note: str, by: Person, now: datetime) -> Evidence:
    """Keep a photo or file with the finding; the same file twice is one. Raises UnableToAttach.

    The file is safe on disk before its row is written, and is named by its content: nothing half-written is ever shown.
    """
    if finding.evidence.count() >= MOST_EVIDENCE:
        raise UnableToAttach(
            _("This finding has as many files as it may have."), found=MOST_EVIDENCE, wanted=f"≤ {MOST_EVIDENCE}"
        )
    try:
        kept = files.keep(content)
    except files.NotKept as refusal:
        raise UnableToAttach(
            str(refusal), found=name, wanted=_("JPEG, PNG, WebP, PDF or Excel, up to 10 MB")
        ) from refusal
    except OSError as fault:
        raise UnableToAttach(
            _("The disk does not take the file. Nothing was saved; tell your administrator.")
        ) from fault
    with transaction.atomic():
        evidence, made = Evidence.objects.get_or_create(
            finding=finding, sha256=kept.sha256,
            defaults={"name": files.tidy(name, kept), "kind": kept.kind, "size": kept.size, "path": kept.path,
                      "note": note.strip()[:300], "added_by": by, "added_at": now},
        )  # fmt: skip
        if made:
            told(finding, "findings.evidence.added", by, now, after={"sha256": kept.sha256})
    return evidence
