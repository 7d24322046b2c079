"""The quarter's round of the counters: planned for the officers of a city, made, or missed (R1.2)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from guimian.apps.organisation.queries import in_post
from guimian.apps.routines import queries, rules
from guimian.apps.routines.models import Visit
from guimian.base import journal
from guimian.base.access import OFFICERS, Role
from guimian.base.errors import Unable
from guimian.base.findings.services import record_finding
from guimian.base.live import publish

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit

TOPIC = "routines.visits"
CLAUSE = "R1.2"


class UnableToRecordVisit(Unable):
    """Not an officer's, without a word of what was seen, or recorded already."""


def plan_quarter(*, city: Unit, day: date, now: datetime) -> int:
    """Plan a visit to every counter of the city in the day's quarter, in turn among its officers; says how many were missing.

    What is planned stays; a counter that is opened in the quarter gets its visit as well.
    """
    first, last = rules.quarter_of(day)
    begins = max(first, day)
    counters = [unit for unit in queries.counters_in_operation(day) if unit.path.startswith(city.path)]
    with transaction.atomic():
        there = set(
            Visit.objects.filter(unit__path__startswith=city.path, quarter=first).values_list("unit", flat=True)
        )
        missing = [unit for unit in counters if unit.pk not in there]
        officers = list(in_post(city, Role.CITY_OFFICER, day))
        planned = rules.plan_visits(len(missing), len(officers), begins, last)
        Visit.objects.bulk_create(
            [
                Visit(
                    unit=missing[one.counter], quarter=first, due_on=one.due,
                    officer=officers[one.officer] if one.officer is not None else None,
                )
                for one in planned
            ],
            ignore_conflicts=True,
        )  # fmt: skip
        if missing:
            facts = {"quarter": first, "counters": len(missing)}
            journal.record(unit=city, by=None, event="routines.visits.planned", subject=city, now=now, after=facts)
            publish(TOPIC, city)
    return len(missing)


def record_visit(*, visit: Visit, note: str, by: Person, now: datetime) -> Visit:
    """An officer was there, today, and says what was seen. Raises UnableToRecordVisit."""
    unit, day = visit.unit, visit.unit.local_day(now)
    if not {grant.role for grant in by.grants_on(day) if grant.reaches(unit.path)} & OFFICERS:
        raise UnableToRecordVisit(_("Officers of the city make the round."), clause=CLAUSE, found=by.label)
    if not note.strip():
        raise UnableToRecordVisit(_("Say what you saw."), clause=CLAUSE, wanted=_("a note"))
    with transaction.atomic():
        change = {"visited_on": day, "visited_by": by, "note": note.strip()}
        if not Visit.objects.filter(pk=visit.pk, visited_on=None, missed_at=None).update(**change):
            raise UnableToRecordVisit(_("The visit is on record, or its quarter is over."), clause=CLAUSE)
        visit.refresh_from_db()
        facts = {"quarter": visit.quarter, "day": day, "note": visit.note}
        journal.record(unit=unit, by=by, event="routines.visit.made", subject=visit, now=now, after=facts)
        publish(TOPIC, unit)
    return visit


def miss_visits(*, now: datetime) -> int:
    """Counters that were not visited in a quarter that is over go up as findings; says how many."""
    before = rules.quarter_of((now + timedelta(hours=14)).date())[0]
    rows = Visit.objects.filter(visited_on=None, missed_at=None, quarter__lt=before).select_related("unit")
    return sum(miss_visit(row, now) for row in rows if row.unit.local_day(now) >= before)


def miss_visit(visit: Visit, now: datetime) -> bool:
    unit = visit.unit
    with transaction.atomic():
        if not Visit.objects.filter(pk=visit.pk, visited_on=None, missed_at=None).update(missed_at=now):
            return False
        what = _("The counter was not visited in the quarter from %(day)s.") % {"day": visit.quarter}
        record_finding(
            unit=unit, code="routines.visit.missed", clause=CLAUSE, what=what, by=None, now=now,
            key=f"routines.visit:{visit.quarter}", details={"quarter": visit.quarter.isoformat()},
        )  # fmt: skip
        facts = {"quarter": visit.quarter}
        journal.record(unit=unit, by=None, event="routines.visit.missed", subject=visit, now=now, after=facts)
        publish(TOPIC, unit)
    return True
