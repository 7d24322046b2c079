"""Findings for programs: read, recorded, given to somebody, reported done, verified by another person."""
# Annotations are read when the module is loaded: the framework makes the description of the API from them.

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema
from ninja.pagination import paginate

from guimian.base.access import EVERYONE, LEADERS, Role, unit_within_reach
from guimian.base.api.house import Pages, done_once
from guimian.base.api.units import RowId, Words, called, unit_of
from guimian.base.findings import queries, services
from guimian.base.findings.services import UnableToAssign, UnableToRecordFinding, UnableToReportDone, UnableToVerify
from guimian.base.models import Action, Finding
from guimian.base.policy.clauses import clauses

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person

router = Router(tags=["findings"])
OfUnit = Annotated[str, Query(pattern=r"^[A-Z0-9]{2,16}$", description="The unit's code; those below it are in.")]
InState = Annotated[Literal["OPEN", "CLOSED"] | None, Query()]
Clause = Annotated[str, Field(pattern=r"^[FR][0-9]{1,2}(\.[0-9]{1,2})?$", description="Such as R1.5.")]
Code = Annotated[
    str, Field(pattern=r"^[a-z_]+(\.[a-z_]+)+$", max_length=80, description="Dotted: what kind of finding.")
]


class FindingOut(Schema):
    """Something that was found wrong. It is closed once another person has verified its mending."""

    id: int
    unit: str = Field(alias="unit.code")
    code: str
    clause: str
    what: str
    state: str
    found_at: datetime
    found_by: str = Field(description="The staff number; empty when a rule found it.")
    closed_at: datetime | None
    action_state: str | None = Field(description="ASSIGNED, DONE, REJECTED or VERIFIED; null before it is assigned.")
    due: date | None

    @staticmethod
    def resolve_found_by(finding: Any) -> str:
        return finding.found_by.staff_number if finding.found_by else ""


class FindingIn(Schema):
    """What was found. The same `key` at a unit is the same finding: it is given back, or opened again."""

    unit: Annotated[str, Field(pattern=r"^[A-Z0-9]{2,16}$")]
    code: Code = "findings.recorded"
    clause: Clause
    what: Annotated[Words, Field(max_length=2000)]
    key: Annotated[str, Field(pattern=r"^[!-~]*$", max_length=200)] = ""


class ActionIn(Schema):
    """Who mends it until when; without words of its own it is what was found."""

    owner: Annotated[str, Field(pattern=r"^[0-9A-Za-z]{4,20}$", description="The staff number.")]
    due: date
    what: Annotated[Words, Field(max_length=2000)] | None = None


class NoteIn(Schema):
    """What was done, or seen."""

    note: Annotated[Words, Field(max_length=2000)]


@router.get("", response=list[FindingOut], summary="Findings at a unit and below")
@paginate(Pages)
def list_findings(request: HttpRequest, unit: OfUnit, state: InState = None) -> "QuerySet[Finding]":
    """Open ones first, by the day they are due."""
    found = queries.findings_visible_to(called(request).actor, unit_of(request, unit))
    return found.filter(state=state) if state else found


@router.get("/{pk}", response=FindingOut, summary="One finding")
def read_finding(request: HttpRequest, pk: RowId) -> Finding:
    """404 when it does not exist or lies out of reach."""
    return finding_of(request, pk)


@router.post("", response={201: FindingOut}, summary="Record a finding")
@done_once(201)
def record_finding(request: HttpRequest, finding: FindingIn) -> FindingOut:
    """For everybody within reach of the unit."""
    call = called(request)
    if finding.clause not in clauses():
        raise UnableToRecordFinding(_("There is no such clause."), found=finding.clause)
    said = finding.model_dump(exclude={"unit"})
    row = services.record_finding(unit=unit_of(request, finding.unit), by=call.actor.user, now=call.now, **said)
    return shown(request, row.pk)


@router.post("/{pk}/actions", response={201: FindingOut}, summary="Give a finding to somebody")
@done_once(201)
def assign_action(request: HttpRequest, pk: RowId, action: ActionIn) -> FindingOut:
    """For leaders of the unit."""
    call, finding = called(request), finding_of(request, pk, LEADERS)
    owner = owner_of(finding, action.owner, call.day_at(finding.unit))
    services.assign_action(
        finding=finding, what=action.what or "", owner=owner, due_date=action.due, by=call.actor.user, now=call.now
    )
    return shown(request, pk)


@router.post("/{pk}/done", response=FindingOut, summary="Report an action done")
@done_once()
def report_done(request: HttpRequest, pk: RowId, report: NoteIn) -> FindingOut:
    """For the action's owner."""
    call, finding = called(request), finding_of(request, pk)
    services.report_done(
        action=current_action(finding, UnableToReportDone), note=report.note, by=call.actor.user, now=call.now
    )
    return shown(request, pk)


@router.post("/{pk}/verify", response=FindingOut, summary="Verify that it is mended")
@done_once()
def verify_action(request: HttpRequest, pk: RowId, seen: NoteIn) -> FindingOut:
    """For a leader who neither owns nor did it (R1.5). The finding is closed."""
    call, finding = called(request), finding_of(request, pk, LEADERS)
    services.verify_action(
        action=current_action(finding, UnableToVerify), note=seen.note, by=call.actor.user, now=call.now
    )
    return shown(request, pk)


@router.post("/{pk}/reject", response=FindingOut, summary="Send an action back")
@done_once()
def reject_action(request: HttpRequest, pk: RowId, seen: NoteIn) -> FindingOut:
    """For a leader who neither owns nor did it (R1.5): it is not mended, and why."""
    call, finding = called(request), finding_of(request, pk, LEADERS)
    services.reject_action(
        action=current_action(finding, UnableToVerify), note=seen.note, by=call.actor.user, now=call.now
    )
    return shown(request, pk)


# ---------------------------------------------------------------- what they share
def finding_of(request: HttpRequest, pk: int, roles: frozenset[Role] = EVERYONE) -> Finding:
    """The finding past the guard: Http404 out of reach, PermissionDenied without one of the roles at its unit."""
    actor = called(request).actor
    finding = queries.findings_visible_to(actor).filter(pk=pk).first()
    if finding is None:
        raise Http404(pk)
    unit_within_reach(actor, finding.unit.code, roles)
    return finding


def shown(request: HttpRequest, pk: int) -> FindingOut:
    """The finding as it stands now."""
    return FindingOut.from_orm(finding_of(request, pk))


def current_action(finding: Finding, error: type[UnableToReportDone | UnableToVerify]) -> Action:
    action = finding.actions.exclude(state=Action.State.VERIFIED).select_related("finding__unit", "owner").first()
    if action is None:
        raise error(_("Nobody has this finding in hand."), clause=finding.clause)
    return action


def owner_of(finding: Finding, staff_number: str, day: date) -> "Person":
    owner = queries.possible_owners(finding.unit, day).filter(staff_number=staff_number).first()
    if owner is None:
        raise UnableToAssign(
            _("The owner holds no post that reaches this unit."), clause=finding.clause, found=staff_number
        )
    return owner
