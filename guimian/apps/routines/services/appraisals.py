"""The month's appraisal: reviewed and published by the city or the centre, objected to by those it is about (R1.2)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from guimian.apps.routines import queries, rules
from guimian.apps.routines.models import Appraisal, Mark, Point
from guimian.apps.routines.services.points import record_point
from guimian.base import journal, policy
from guimian.base.access import APPROVERS, LEADERS
from guimian.base.errors import Unable
from guimian.base.findings.services import TO_DO
from guimian.base.live import publish
from guimian.base.models import Action

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit

TOPIC = "routines.appraisals"
CLAUSE = "R1.2"
LOOK_BACK = timedelta(days=40)


class UnableToPublish(Unable):
    """No counter, no month that is over, not this person's, or published already."""


class UnableToObject(Unable):
    """Not about this person, or objected already."""


def publish_appraisal(*, unit: Unit, month: date, note: str, by: Person, now: datetime) -> Appraisal:
    """Publish the month of a counter and of its people with every point that made it; from then on it is as it is.

    Raises UnableToPublish.
    """
    may_publish(unit, month, by, now)
    with transaction.atomic():
        try:
            with transaction.atomic():
                row = Appraisal.objects.create(
                    unit=unit, month=month, note=note.strip(), published_by=by, published_at=now
                )
        except IntegrityError as error:
            raise UnableToPublish(_("The month is published already."), clause=CLAUSE, found=month) from error
        Mark.objects.bulk_create(
            Mark(appraisal=row, person=one.person, base=one.base, points=one.points, score=one.score, lines=one.lines)
            for one in queries.planned_marks(unit, month)
        )
        score = Mark.objects.get(appraisal=row, person=None).score
        facts = {"month": month, "score": score, "note": row.note}
        journal.record(unit=unit, by=by, event="routines.appraisal.published", subject=row, now=now, after=facts)
        publish(TOPIC, unit)
    return row


def may_publish(unit: Unit, month: date, by: Person, now: datetime) -> None:
    day = unit.local_day(now)
    if not unit.is_counter:
        raise UnableToPublish(_("Counters and their people are appraised."), clause=CLAUSE, found=unit.label)
    if month.day != 1 or rules.month_of(month)[1] >= day:
        raise UnableToPublish(_("The month is not over."), clause=CLAUSE, found=month)
    if not {grant.role for grant in by.grants_on(day) if grant.reaches(unit.path)} & APPROVERS:
        raise UnableToPublish(_("The city or the centre publishes it."), clause=CLAUSE, found=by.label)


def object_to(*, mark: Mark, text: str, by: Person, now: datetime) -> Mark:
    """The person, or for the counter who leads it, says why the mark is not right; once. Raises UnableToObject."""
    unit = mark.appraisal.unit
    leads = {grant.role for grant in by.grants_on(unit.local_day(now)) if grant.path == unit.path} & LEADERS
    if mark.person_id != by.pk and not (mark.person_id is None and leads):
        raise UnableToObject(_("Only those it is about object."), clause=CLAUSE, found=by.label)
    if not text.strip():
        raise UnableToObject(_("Say what is not right."), clause=CLAUSE)
    with transaction.atomic():
        change = {"objection": text.strip(), "objected_at": now}
        if not Mark.objects.filter(pk=mark.pk, objected_at=None).update(**change):
            raise UnableToObject(_("An objection is on record."), clause=CLAUSE)
        mark.refresh_from_db()
        facts = {"month": mark.appraisal.month, "note": mark.objection}
        journal.record(unit=unit, by=by, event="routines.appraisal.objected", subject=mark, now=now, after=facts)
        publish(TOPIC, unit)
    return mark


def charge_overdue(*, now: datetime) -> int:
    """Take points off for actions at counters that are past their day; once an action. Says how many were new."""
    rows = Action.objects.filter(
        state__in=TO_DO, due_date__lt=now.date() + timedelta(days=1), due_date__gte=(now - LOOK_BACK).date(),
        finding__unit__level="COUNTER",
    ).select_related("finding__unit", "owner")  # fmt: skip
    sources = {f"base.action:{row.pk}": row for row in rows}
    known = set(Point.objects.filter(source__in=sources).values_list("source", flat=True))
    return sum(charged(row, source, now) for source, row in sources.items() if source not in known)


def charged(action: Action, source: str, now: datetime) -> bool:
    unit = action.finding.unit
    if action.due_date >= unit.local_day(now):
        return False
    points = Decimal(str(policy.on(action.due_date, unit)["routines.finding_overdue_points"]))
    if not points:
        return False
    why = _("Not mended by %(day)s: %(what)s") % {"day": action.due_date, "what": action.what}
    record_point(
        unit=unit, person=action.owner, day=action.due_date + timedelta(days=1), code="findings.action.overdue",
        clause=action.finding.clause, points=points, why=why, source=source, now=now, route="findings:finding",
        key=str(action.finding_id),
    )  # fmt: skip
    return True
