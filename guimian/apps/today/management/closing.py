"""The evening of a lived day: windows left, every teller's list confirmed, the counter closed (R5.2, R5.3)."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from guimian.apps.calendar import queries as calendar_queries
from guimian.apps.calendar import services as calendar
from guimian.apps.daily_close import queries, services
from guimian.apps.daily_close.services import Cash, Check
from guimian.apps.today.management.living import Hall

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person

DIFFERENCES = 0.004  # share of records whose papers do not agree


def close(hall: Hall, dice: Random | None = None) -> None:
    """In this order, some seconds apart. With dice some records differ from their papers."""
    supervisor = hall.crew.supervisor
    day = calendar_queries.day_of(hall.unit, hall.day)
    if day is None:
        raise RuntimeError("The day that was opened is not there.")
    calendar.start_closing(day=day, by=supervisor, now=hall.now)
    for place in list(hall.seats):
        hall.leave(place)
    for teller in {teller.pk: teller for teller in hall.sat}.values():
        hall.now += timedelta(seconds=dice.randrange(30, 240) if dice else 1)
        confirm(hall, teller, dice)
    hall.now += timedelta(minutes=2)
    services.close_counter(unit=hall.unit, by=supervisor, now=hall.now)


def confirm(hall: Hall, teller: Person, dice: Random | None) -> None:
    """The teller's list as it stands, each line held against its papers, the cash counted."""
    found = queries.list_of(hall.unit, hall.day, teller)
    causes = list(queries.causes()) if dice else []
    checks = {}
    for record in found.records:
        differs = bool(dice and causes and record.voided_at is None and dice.random() < DIFFERENCES)
        cause = dice.choice(causes) if dice and differs else None
        checks[record.number] = Check(not differs, cause, "已联系柜员补件。" if differs else "")
    cash = Cash(found.cash_expected) if found.has_cash else None
    services.confirm_list(
        unit=hall.unit, day=hall.day, digest=found.digest, checks=checks, cash=cash, by=teller, now=hall.now
    )
