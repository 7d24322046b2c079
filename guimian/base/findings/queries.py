"""Reads of findings: what may be seen, one's inbox, one finding with all that happened to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from guimian.base.access import LEADERS, Actor
from guimian.base.findings.services import TO_DO
from guimian.base.journal import subject_of
from guimian.base.models import Action, Evidence, Finding, JournalEntry
from guimian.base.policy.queries import ancestor_paths

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit

MOST_CARDS = 100


def findings_visible_to(actor: Actor, under: Unit | None = None) -> QuerySet[Finding]:
    """Findings within reach, at and below `under` when it is given, each with what its action stands at."""
    latest = Action.objects.filter(finding=OuterRef("pk")).order_by("-assigned_at", "-pk")
    findings = Finding.objects.filter(actor.within()).select_related("unit", "found_by")
    if under is not None:
        findings = findings.filter(unit__path__startswith=under.path)
    return findings.annotate(
        action_state=Subquery(latest.values("state")[:1]),
        due=Subquery(latest.values("due_date")[:1]),
        owner_name=Subquery(latest.values("owner__name")[:1]),
        owner_name_en=Subquery(latest.values("owner__name_en")[:1]),
    ).order_by(F("closed_at").desc(nulls_first=True), F("due").asc(nulls_last=True), "-found_at")


def overdue(day: date) -> Q:
    """Open findings whose action is past its day."""
    return Q(state=Finding.State.OPEN, due__lt=day) & ~Q(action_state=Action.State.DONE)


def finding_of(actor: Actor, unit: Unit, pk: int) -> Finding | None:
    return findings_visible_to(actor, unit).filter(pk=pk).first()


def evidence_of(actor: Actor, unit: Unit, pk: int) -> Evidence | None:
    """A file of a finding at or below the unit, past the guard."""
    return Evidence.objects.filter(
        actor.within("finding__unit"), finding__unit__path__startswith=unit.path, pk=pk
    ).first()


@dataclass(frozen=True)
class Inbox:
    """What waits for a person: actions that are theirs, those done by others for them to verify, findings nobody has."""

    mine: tuple[Action, ...]
    to_verify: tuple[Action, ...]
    unassigned: tuple[Finding, ...]

    @property
    def empty(self) -> bool:
        return not (self.mine or self.to_verify or self.unassigned)


def inbox_of(actor: Actor, unit: Unit) -> Inbox:
    """The inbox at and below a unit; at most MOST_CARDS of each kind. Three queries."""
    here = Action.objects.filter(actor.within("finding__unit"), finding__unit__path__startswith=unit.path)
    here = here.select_related("finding", "finding__unit", "owner").order_by("due_date", "pk")
    led = actor.within("finding__unit", LEADERS)
    done = here.filter(led, state=Action.State.DONE).exclude(owner=actor.user).exclude(done_by=actor.user)
    findings = findings_visible_to(actor, unit).filter(actor.within("unit", LEADERS), state=Finding.State.OPEN)
    return Inbox(
        mine=tuple(here.filter(owner=actor.user, state__in=TO_DO)[:MOST_CARDS]),
        to_verify=tuple(done[:MOST_CARDS]),
        unassigned=tuple(findings.filter(Q(action_state=None) | Q(action_state=Action.State.VERIFIED))[:MOST_CARDS]),
    )


def counts_by_state(actor: Actor, unit: Unit, day: date) -> dict[str, int]:
    """How many findings at and below the unit are open, late and closed. One query."""
    return findings_visible_to(actor, unit).aggregate(
        open=Count("pk", filter=Q(state=Finding.State.OPEN)),
        late=Count("pk", filter=overdue(day)),
        closed=Count("pk", filter=Q(state=Finding.State.CLOSED)),
    )


def possible_owners(unit: Unit, day: date) -> QuerySet[Person]:
    """Who may be given an action at the unit: those with a post in force there or above it, the nearest first."""
    in_force = Q(posts__starts_on__lte=day) & (Q(posts__ends_on=None) | Q(posts__ends_on__gt=day))
    people = get_user_model()._default_manager.filter(is_active=True)
    near = people.filter(in_force, posts__unit__path__in=ancestor_paths(unit.path))
    here = Exists(people.filter(in_force, pk=OuterRef("pk"), posts__unit=unit))
    return people.filter(pk__in=near.values("pk")).order_by(here.desc(), "staff_number")


@dataclass(frozen=True)
class FindingPage:
    """One finding with what is done about it; what the actor may do follows from posts and from who did what."""

    finding: Finding
    actions: tuple[Action, ...]
    evidence: tuple[Evidence, ...]
    history: tuple[JournalEntry, ...]
    leads: bool
    me: int

    @property
    def current(self) -> Action | None:
        """The action under way; None before one is assigned and after it was verified."""
        return next((action for action in self.actions if action.state != Action.State.VERIFIED), None)

    @property
    def may_assign(self) -> bool:
        return self.leads and self.finding.state == Finding.State.OPEN and self.current is None

    @property
    def may_report(self) -> bool:
        return self.current is not None and self.current.state in TO_DO and self.current.owner_id == self.me

    @property
    def may_decide(self) -> bool:
        action = self.current
        if action is None or action.state != Action.State.DONE:
            return False
        return self.leads and self.me not in {action.owner_id, action.done_by_id}

    @property
    def photos(self) -> tuple[Evidence, ...]:
        return tuple(one for one in self.evidence if one.kind.startswith("image/"))

    @property
    def papers(self) -> tuple[Evidence, ...]:
        return tuple(one for one in self.evidence if not one.kind.startswith("image/"))


def finding_page(actor: Actor, finding: Finding) -> FindingPage:
    """Three queries."""
    people = ("owner", "assigned_by", "done_by", "verified_by")
    actions = finding.actions.select_related(*people).order_by("-assigned_at", "-pk")
    entries = JournalEntry.objects.filter(unit=finding.unit, subject=subject_of(finding))
    return FindingPage(
        finding=finding,
        actions=tuple(actions),
        evidence=tuple(finding.evidence.select_related("added_by").order_by("added_at", "pk")),
        history=tuple(entries.select_related("by").order_by("-seq")),
        leads=bool(actor.roles_at(finding.unit.path) & LEADERS),
        me=actor.user.pk,
    )
