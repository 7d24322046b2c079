"""The facts that the plan is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from guimian.apps.calendar.queries import today_at, unconfirmed_years
from guimian.apps.daily_close.queries import list_to_confirm
from guimian.apps.organisation.queries import tellers_without_skills
from guimian.apps.today.queries.hall import HallNow, hall_fact
from guimian.apps.today.queries.routines import routines_due
from guimian.apps.today.rules import ActionFact, DayFact, ListFact, ProposalFact, Situation
from guimian.base.access import APPROVERS, LEADERS, MANAGERS, Actor, Role
from guimian.base.findings.services import TO_DO
from guimian.base.models import Action, Finding, PolicyOverride
from guimian.base.policy.queries import book
from guimian.base.templatetags.ui import title_of

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

MOST_OF_A_KIND = 30  # rows of one kind that are planned; lists show the rest
LIVE = (*TO_DO, Action.State.DONE)


@dataclass(frozen=True)
class Counted:
    """Findings of a unit that are open, and how many of their actions are overdue."""

    open: int
    late: int


def situation_of(actor: Actor, unit: Unit, now: datetime, hall: HallNow | None) -> Situation:
    """What stands at and below the unit, as the actor sees it."""
    day = unit.local_day(now)
    roles = actor.roles_at(unit.path)
    leads, approves = bool(roles & LEADERS), bool(roles & APPROVERS)
    return Situation(
        day=day,
        now=now.astimezone(unit.zone).time(),
        roles=frozenset(str(role) for role in roles),
        business_day=day_fact(unit, now),
        close_list=list_fact(actor, unit, now),
        hall=hall_fact(actor, unit, hall),
        mine=action_facts(my_actions(actor, unit)),
        to_verify=action_facts(actions_to_verify(actor, unit)) if leads else (),
        proposals=proposal_facts(proposals_of_others(actor, unit)) if approves else (),
        routines=tuple(routines_due(actor, unit, now)),
        unassigned=findings_without_action(actor, unit).count() if leads else 0,
        unconfirmed=unconfirmed_years(day) if Role.HQ_OFFICER in roles else (),
        unskilled=tellers_without_skills(actor, unit, day).count() if roles & MANAGERS else 0,
    )


def day_fact(unit: Unit, now: datetime) -> DayFact | None:
    """How the counter's day stands; None for any other unit."""
    found = today_at(unit, now)
    return DayFact(found.day, found.state, found.opens, found.closes, found.earlier) if found else None


def list_fact(actor: Actor, unit: Unit, now: datetime) -> ListFact | None:
    """One's own close list that waits to be confirmed; None when there is none."""
    found = list_to_confirm(unit, actor.user, now) if unit.is_counter else None
    return ListFact(*found) if found else None


# ---------------------------------------------------------------- findings
def _actions(actor: Actor, unit: Unit) -> QuerySet[Action]:
    rows = Action.objects.filter(actor.within("finding__unit"), finding__unit__path__startswith=unit.path)
    return rows.select_related("finding__unit").order_by("due_date", "pk")


def my_actions(actor: Actor, unit: Unit) -> QuerySet[Action]:
    """The actor's own actions that are to be done."""
    return _actions(actor, unit).filter(owner=actor.user, state__in=TO_DO)


def actions_to_verify(actor: Actor, unit: Unit) -> QuerySet[Action]:
    """Actions that others have done and nobody has verified, where the actor leads."""
    done = _actions(actor, unit).filter(actor.within("finding__unit", LEADERS), state=Action.State.DONE)
    return done.exclude(owner=actor.user).exclude(done_by=actor.user)


def action_facts(rows: QuerySet[Action]) -> tuple[ActionFact, ...]:
    return tuple(
        ActionFact(
            pk=row.finding_id,
            what=row.what,
            clause=row.finding.clause,
            due=row.due_date,
            state=row.state,
            unit=row.finding.unit.code,
            unit_label=row.finding.unit.label,
        )
        for row in rows[:MOST_OF_A_KIND]
    )


def open_findings(actor: Actor, unit: Unit) -> QuerySet[Finding]:
    return Finding.objects.filter(actor.within(), unit__path__startswith=unit.path, state=Finding.State.OPEN)


def findings_without_action(actor: Actor, unit: Unit) -> QuerySet[Finding]:
    """Open findings that nobody mends yet."""
    led = open_findings(actor, unit).filter(actor.within(roles=LEADERS))
    return led.filter(~Exists(Action.objects.filter(finding=OuterRef("pk"), state__in=LIVE)))


def counted_findings(actor: Actor, unit: Unit, day: date) -> dict[str, Counted]:
    """Open findings at and below the unit by the path of their unit. One query."""
    late = Q(actions__state__in=TO_DO, actions__due_date__lt=day)
    rows = open_findings(actor, unit).order_by().values("unit__path")
    counted = rows.annotate(found=Count("pk", distinct=True), late=Count("actions", filter=late, distinct=True))
    return {row["unit__path"]: Counted(row["found"], row["late"]) for row in counted}


# ---------------------------------------------------------------- policy
def proposals_of_others(actor: Actor, unit: Unit) -> QuerySet[PolicyOverride]:
    """Changes of figures at and below the unit that the actor may decide: another person proposed them."""
    rows = PolicyOverride.objects.filter(
        actor.within(roles=APPROVERS), unit__path__startswith=unit.path, state=PolicyOverride.State.PROPOSED
    )
    return rows.exclude(proposed_by=actor.user).select_related("unit").order_by("from_date", "pk")


def proposal_facts(rows: QuerySet[PolicyOverride]) -> tuple[ProposalFact, ...]:
    return tuple(_proposal_facts(rows[:MOST_OF_A_KIND]))


def _proposal_facts(rows: Iterable[PolicyOverride]) -> Iterable[ProposalFact]:
    figures = book().figures
    for row in rows:
        figure = figures.get(row.key)
        what, clause = (title_of(figure), figure.clause) if figure else (row.key, "")
        yield ProposalFact(row.pk, what, clause, row.from_date, row.unit.code, row.unit.label)
