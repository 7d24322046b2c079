"""What of the routines waits for somebody at a unit, for their home page. At most nine queries, however many units."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef, Q

from guimian.apps.organisation.queries import units_visible_to
from guimian.apps.routines import rules
from guimian.apps.routines.models import Appraisal, DayDuty, Report
from guimian.apps.routines.queries.appraisals import last_month
from guimian.apps.routines.queries.duties import day_duties_visible_to
from guimian.apps.routines.queries.holidays import holiday_name, plans_visible_to
from guimian.apps.routines.queries.reports import DUE, period_words
from guimian.apps.routines.queries.rounds import rounds_visible_to
from guimian.apps.routines.queries.visits import visits_due
from guimian.apps.routines.rules.periods import Period
from guimian.base import policy
from guimian.base.access import LEADERS, Actor, Role

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

NEAR = timedelta(hours=1)  # a duty is told of so long before it is due
SOON = timedelta(days=14)  # a visit is told of so long before
PUBLISHERS = frozenset({Role.CENTRE_MANAGER, Role.CITY_OFFICER})


@dataclass(frozen=True)
class DueRound:
    """A round that may be walked now, or is being walked; `until` is the end of its window (None: an extra one)."""

    pk: int
    label: str
    until: datetime | None


@dataclass(frozen=True)
class DueReport:
    """A report that is to be signed."""

    label: str
    due: date


@dataclass(frozen=True)
class DuePlan:
    """A holiday plan whose next step is this person's."""

    pk: int
    label: str
    due: date
    unit: str
    unit_label: str


@dataclass(frozen=True)
class Waiting:
    """`duties` are due soon and this person's to do, `overdue` of them are past their time; `first_due` is the nearest."""

    duties: int = 0
    overdue: int = 0
    first_due: datetime | None = None
    rounds: tuple[DueRound, ...] = ()
    reports: tuple[DueReport, ...] = ()
    unpublished: int = 0
    publish_by: date | None = None
    visits: int = 0
    visit_by: date | None = None
    plans: tuple[DuePlan, ...] = ()


def waiting_for(actor: Actor, unit: Unit, now: datetime) -> Waiting:
    """What waits for the actor at the unit."""
    roles, day = actor.roles_at(unit.path), unit.local_day(now)
    dues = duties_now(actor, unit, now) if unit.is_counter else []
    unpublished = appraisals_open(actor, unit, now) if roles & PUBLISHERS else 0
    visits = visits_soon(actor, unit, day) if Role.CITY_OFFICER in roles else []
    return Waiting(
        duties=len(dues),
        overdue=sum(due < now for due in dues),
        first_due=min(dues, default=None),
        rounds=tuple(rounds_now(actor, unit, now)) if unit.is_counter and roles & LEADERS else (),
        reports=tuple(reports_open(actor, unit, now)),
        unpublished=unpublished,
        publish_by=publish_by(unit, now) if unpublished else None,
        visits=len(visits),
        visit_by=min(visits, default=None),
        plans=tuple(plans_open(actor, unit, roles, day)),
    )


def duties_now(actor: Actor, unit: Unit, now: datetime) -> list[datetime]:
    """When the duties are due that the actor may do now: those overdue, and those due soon."""
    rows = day_duties_visible_to(actor, unit).filter(
        unit=unit,
        day=unit.local_day(now),
        state=DayDuty.State.DUE,
        from_at__lte=now,
        due_at__lte=now + NEAR,
        duty__as_needed=False,
    )
    roles = {str(role) for role in actor.roles_at(unit.path)}
    return [row.due_at for row in rows if roles & set(row.duty.roles)]


def rounds_now(actor: Actor, unit: Unit, now: datetime) -> Iterator[DueRound]:
    rows = rounds_visible_to(actor, unit).filter(
        unit=unit, day=unit.local_day(now), state__in=["PLANNED", "WALKING"], from_at__lte=now
    )
    for row in rows.exclude(~Q(started_by=actor.user), slot="EXTRA"):
        yield DueRound(
            row.pk, row.get_slot_display(), None if row.slot == "EXTRA" else row.due_at.astimezone(unit.zone)
        )


def reports_open(actor: Actor, unit: Unit, now: datetime) -> Iterator[DueReport]:
    """Last week's and last month's report of the unit that the actor leads, where the house was in use by then."""
    if not any(grant.path == unit.path and grant.role in LEADERS for grant in actor.grants):
        return
    day = unit.local_day(now)
    periods: dict[Report.Kind, Period] = {
        Report.Kind.WEEK: rules.week_of(day - timedelta(days=7)),
        Report.Kind.MONTH: rules.month_of(day.replace(day=1) - timedelta(days=1)),
    }
    here = DayDuty.objects.filter(actor.within(), unit__path__startswith=unit.path)
    used = here.aggregate(**{kind: Count("pk", filter=Q(day__range=period)) for kind, period in periods.items()})
    if not any(used.values()):
        return
    signed = {(row.kind, row.first) for row in Report.objects.filter(unit=unit).exclude(signed_at=None)}
    figures = policy.on(day, unit)
    for kind, (first, last) in periods.items():
        if used[kind] and (kind, first) not in signed:
            yield DueReport(
                f"{kind.label} {period_words(kind, first)}", last + timedelta(days=figures.whole(DUE[kind]))
            )


def appraisals_open(actor: Actor, unit: Unit, now: datetime) -> int:
    """How many counters wait for last month's appraisal, where the house was in use by then."""
    month = last_month(unit, now)
    used = DayDuty.objects.filter(unit=OuterRef("pk"), day__range=rules.month_of(month))
    done = Appraisal.objects.filter(unit=OuterRef("pk"), month=month)
    counters = units_visible_to(actor, unit).filter(level="COUNTER")
    return counters.filter(Exists(used), ~Exists(done)).count()


def visits_soon(actor: Actor, unit: Unit, day: date) -> list[date]:
    """When the actor's own visits are due that are near or overdue."""
    return list(visits_due(actor, unit, day).filter(due_on__lte=day + SOON).values_list("due_on", flat=True))


def publish_by(unit: Unit, now: datetime) -> date:
    last = rules.month_of(last_month(unit, now))[1]
    return last + timedelta(days=policy.on(unit.local_day(now), unit).whole("routines.appraisal_due"))


def plans_open(actor: Actor, unit: Unit, roles: frozenset[Role], day: date) -> Iterator[DuePlan]:
    """A city's officers report and publish, the province tells the hotline."""
    mine = Q(pk__in=())
    if Role.CITY_OFFICER in roles:
        mine |= Q(reported_at=None) | Q(published_at=None)
    if Role.PROVINCE_OFFICER in roles:
        mine |= Q(reported_at__isnull=False, told_at=None)
    if not roles & {Role.CITY_OFFICER, Role.PROVINCE_OFFICER}:
        return
    rows = list(plans_visible_to(actor, unit).filter(mine, last__gte=day))
    before = timedelta(days=policy.on(day, unit).whole("routines.holiday_report")) if rows else timedelta()
    for row in rows:
        yield DuePlan(row.pk, holiday_name(row), row.first - before, row.unit.code, row.unit.label)
