"""Points that make the month's appraisal (R1.2). Any higher app records its own, once a source."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from guimian.apps.routines.models import Point

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit


def record_point(
    *,
    unit: Unit,
    day: date,
    code: str,
    clause: str,
    points: Decimal,
    why: str,
    source: str,
    now: datetime,
    person: Person | None = None,
    route: str = "",
    key: str = "",
) -> Point:
    """Take points off the counter (and off `person`), or give some back when negative; the same source counts once.

    `source` names the row that it comes from, such as `routines.dayduty:12`; `route` and `key` its page. The journal
    tells of the source itself, so a point writes no row of its own there.
    """
    try:
        with transaction.atomic():
            return Point.objects.create(
                unit=unit, person=person, day=day, code=code, clause=clause, points=points, why=why[:300], source=source,
                route=route, key=key, recorded_at=now,
            )  # fmt: skip
    except IntegrityError:
        return Point.objects.get(source=source)
