"""What is done once a day: points for what is overdue, the quarter's round, long holidays ahead."""

from __future__ import annotations

from datetime import datetime

from guimian.apps.routines import queries
from guimian.apps.routines.services.appraisals import charge_overdue
from guimian.apps.routines.services.holidays import make_plans
from guimian.apps.routines.services.visits import miss_visits, plan_quarter


def look_ahead(*, now: datetime) -> dict[str, int]:
    """Says how much of each was new. Repeatable."""
    cities = list(queries.cities(now.date()))
    return {
        "overdue": charge_overdue(now=now),
        "missed": miss_visits(now=now),
        "visits": sum(plan_quarter(city=city, day=city.local_day(now), now=now) for city in cities),
        "holidays": sum(make_plans(city=city, now=now) for city in cities),
    }
