"""Arrangements for long holidays: made by the calendar, reported to the province, told to 95519, published (R2.3)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from guimian.apps.routines import queries
from guimian.apps.routines.models import HolidayPlan
from guimian.base import journal, policy
from guimian.base.access import OFFICERS, Role, actor_of
from guimian.base.errors import Unable
from guimian.base.live import publish

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit

TOPIC = "routines.holidays"
CLAUSE = "R2.3"
#: Who tells the hotline: the province's operations centre.
TELLERS_OF_HOTLINE = frozenset({Role.PROVINCE_OFFICER, Role.HQ_OFFICER})


class UnableToArrange(Unable):
    """Not this person's step, not its turn, or done already."""


def make_plans(*, city: Unit, now: datetime) -> int:
    """Begin a plan for each long holiday that is near; says how many were new. It may run as often as one likes."""
    day = city.local_day(now)
    figures = policy.on(day, city)
    ahead, least = figures.whole("routines.holiday_notice"), figures.whole("routines.long_holiday")
    made = 0
    for period in queries.breaks_ahead(day, ahead, least):
        name, name_en = queries.name_of_break(period)
        with transaction.atomic():
            plan, new = HolidayPlan.objects.get_or_create(
                unit=city, first=period[0], defaults={"last": period[1], "name": name, "name_en": name_en}
            )
            if new:
                told(plan, "routines.holiday.planned", None, now)
                made += 1
    return made


def report_plan(*, plan: HolidayPlan, remark: str, by: Person, now: datetime) -> HolidayPlan:
    """The city reports its plan to the province: the hours are kept as they are. Raises UnableToArrange."""
    may(plan, by, now, OFFICERS, _("The city's officers report it."))
    lines = queries.planned_lines(actor_of(by, plan.unit.local_day(now)), plan.unit, (plan.first, plan.last))
    change = {"lines": lines, "remark": remark.strip(), "reported_at": now, "reported_by": by}
    return step(plan, "reported", change, by, now)


def tell_hotline(*, plan: HolidayPlan, by: Person, now: datetime) -> HolidayPlan:
    """The province has told 95519. Raises UnableToArrange."""
    may(plan, by, now, TELLERS_OF_HOTLINE, _("The province tells the hotline."))
    return step(plan, "told", {"told_at": now, "told_by": by}, by, now)


def publish_plan(*, plan: HolidayPlan, by: Person, now: datetime) -> HolidayPlan:
    """It is published in writing: each counter hangs its notice at the door. Raises UnableToArrange."""
    may(plan, by, now, OFFICERS, _("The city's officers publish it."))
    return step(plan, "published", {"published_at": now, "published_by": by}, by, now)


def may(plan: HolidayPlan, by: Person, now: datetime, roles: Iterable[Role], message: str) -> None:
    day = plan.unit.local_day(now)
    if not {grant.role for grant in by.grants_on(day) if grant.reaches(plan.unit.path)} & frozenset(roles):
        raise UnableToArrange(message, clause=CLAUSE, found=by.label)


def step(plan: HolidayPlan, name: str, change: dict[str, Any], by: Person, now: datetime) -> HolidayPlan:
    """One of the three steps, once; the report comes first."""
    with transaction.atomic():
        row = HolidayPlan.objects.select_for_update().select_related("unit").get(pk=plan.pk)
        if getattr(row, f"{name}_at") is not None:
            raise UnableToArrange(_("That is done already."), clause=CLAUSE, found=getattr(row, f"{name}_at"))
        if name != "reported" and row.reported_at is None:
            raise UnableToArrange(_("The plan is reported first."), clause=CLAUSE, wanted=_("reported"))
        for field, value in change.items():
            setattr(row, field, value)
        row.save(update_fields=list(change))
        told(row, f"routines.holiday.{name}", by, now)
    return row


def told(plan: HolidayPlan, event: str, by: Person | None, now: datetime) -> None:
    facts = {"first": plan.first, "last": plan.last, "name": plan.name}
    journal.record(unit=plan.unit, by=by, event=event, subject=plan, now=now, after=facts)
    publish(TOPIC, plan.unit)
