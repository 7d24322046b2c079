"""The demo company's last business days: a little business, lists confirmed, counters closed; one of them was not.

Runs once the hours are set and before today's days are opened, so that each counter closes its days in order. Whenever
the demo is started on a later day, what was left open in between is closed the same way, at its own closing time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction

from guimian.apps.calendar import queries as calendar_queries
from guimian.apps.calendar import services as calendar
from guimian.apps.calendar.management.demo import LEFT_OPEN
from guimian.apps.daily_close import queries, services
from guimian.apps.daily_close.services import Cash, Check
from guimian.apps.organisation import queries as organisation
from guimian.apps.reception import queries as reception_queries
from guimian.apps.reception import services as reception
from guimian.base.access import Role

if TYPE_CHECKING:
    from guimian.apps.calendar.models import BusinessDay
    from guimian.apps.daily_close.queries import TellerList
    from guimian.apps.organisation.models import Person, Unit

DIFFERS = "K32010101"  # one record of it lacks a paper
LATE = "K51010101"  # closed after the cut-off
LOOK_BACK = 15  # days
#: of each role: service, direction, way, amount
BUSINESS = {
    Role.TELLER: (("CHANGE", "NONE", "NONE", 0), ("RENEWAL", "IN", "CARD", 3_650)),
    Role.CASHIER: (("CASH", "IN", "CASH", 480), ("MATURITY", "OUT", "TRANSFER", 52_000)),
}


@dataclass(frozen=True)
class Evening:
    """Who closes a counter's day, and from when on."""

    unit: Unit
    day: date
    supervisor: Person
    closes: datetime
    latest: datetime

    def at(self, minutes: float) -> datetime:
        """So many minutes after the doors closed, never after now."""
        late = 180 if self.unit.code == LATE else 0
        return min(self.closes + timedelta(minutes=minutes + late), self.latest)


def load(now: datetime, counters: Sequence[Unit]) -> dict[str, int]:
    """Make what is missing and say how many counters were closed; a second call on the same day makes nothing."""
    with transaction.atomic():
        closed = sum(caught_up(unit, now) for unit in counters)
    services.follow_up(now=now)
    return {"counters closed": closed}


def caught_up(unit: Unit, now: datetime) -> int:
    """The counter's days before today: lived through where there are none, closed where one was left open."""
    today, supervisor = unit.local_day(now), next(holders(unit, Role.SUPERVISOR, now), None)
    if supervisor is None:
        return 0
    row, latest = calendar_queries.business_day_of(unit, now), calendar_queries.latest_day(unit)
    if row is None and (latest is None or unit.code == LEFT_OPEN):
        days = [day for day in last_days(unit, today, 2) if latest is None or day > latest]
        return sum(lived(evening_of(unit, day, supervisor, now), day == days[-1]) for day in days)
    if row is None or row.day >= today or unit.code == LEFT_OPEN:
        return 0
    close(row, evening_of(unit, row.day, supervisor, now))
    return 1


def holders(unit: Unit, role: Role, now: datetime) -> Iterator[Person]:
    day = unit.local_day(now)
    people = organisation.people_within(unit.path, day)
    yield from organisation.in_role(people, role, day, unit).order_by("pk")


def last_days(unit: Unit, today: date, count: int) -> list[date]:
    """The last days before today that the counter is open by its hours, the earliest first."""
    back = (today - timedelta(days=number) for number in range(1, LOOK_BACK))
    open_days = (day for day in back if (hours := calendar_queries.hours_on(unit, day)) and hours.is_open)
    return sorted(day for day, _count in zip(open_days, range(count), strict=False))


def evening_of(unit: Unit, day: date, supervisor: Person, now: datetime) -> Evening:
    hours = calendar_queries.hours_on(unit, day)
    closes = hours.open_to if hours and hours.open_to else time(16)
    return Evening(unit, day, supervisor, datetime.combine(day, closes, unit.zone), now)


def lived(evening: Evening, is_last: bool) -> int:
    """One day from its opening to its close; business only on the last one. Whether it was closed."""
    opened = evening.closes - timedelta(hours=5)
    row = calendar.open_day(unit=evening.unit, by=evening.supervisor, now=opened)
    if is_last:
        do_business(evening, opened)
    if is_last and evening.unit.code == LEFT_OPEN:
        leave_open(row, evening)
        return 0
    close(row, evening)
    return 1


def do_business(evening: Evening, opened: datetime) -> None:
    known = {one.code: one for one in reception_queries.services_offered()}
    for role, lines in BUSINESS.items():
        by = next(holders(evening.unit, role, evening.latest), None)
        for number, (service, direction, way, amount) in enumerate(lines, 1):
            if by is not None and service in known:
                reception.attach_record(
                    unit=evening.unit, service=known[service], reference=f"2026{evening.unit.pk:04}{number:02}",
                    amount=Decimal(amount), direction=direction, way=way, papers=2, by=by,
                    now=opened + timedelta(minutes=40 * number),
                )  # fmt: skip


# ---------------------------------------------------------------- the evening
def close(row: BusinessDay, evening: Evening) -> None:
    """The hall is emptied, everybody confirms, the counter closes."""
    begin(row, evening)
    for found in queries.lists_of(evening.unit, row.day):
        if not found.is_confirmed:
            confirm(found, evening)
    services.close_counter(unit=evening.unit, by=evening.supervisor, now=evening.at(25))


def begin(row: BusinessDay, evening: Evening) -> None:
    now = evening.at(0)
    for ticket in reception_queries.unfinished_visits(evening.unit, row.day):
        done = reception.finish_service if ticket.state == "SERVING" else reception.leave_line
        done(ticket=ticket, by=evening.supervisor, now=max(now, ticket.started_at or ticket.issued_at))
    for seat in reception_queries.seats_at(evening.unit, row.day):
        reception.leave_seat(seat=seat, by=seat.teller, now=max(now, seat.taken_at))
    if row.state == "OPEN":
        calendar.start_closing(day=row, by=evening.supervisor, now=max(now, row.opened_at))


def confirm(found: TellerList, evening: Evening) -> None:
    checks = {record.number: check_of(evening.unit, record.number) for record in found.records}
    cash = Cash(found.cash_expected) if found.has_cash else None
    services.confirm_list(
        unit=evening.unit, day=evening.day, digest=found.digest, checks=checks, cash=cash, by=found.teller,
        now=evening.at(12),
    )  # fmt: skip


def check_of(unit: Unit, number: int) -> Check:
    """All agree, but for one record of one counter."""
    if unit.code == DIFFERS and number == 2 and (cause := queries.causes().first()):
        return Check(False, cause, "缺投保人身份证复印件。")
    return Check(True)


def leave_open(row: BusinessDay, evening: Evening) -> None:
    """The closing began, the first teller confirmed, then everybody went home."""
    begin(row, evening)
    confirm(queries.lists_of(evening.unit, row.day)[0], evening)
