"""Months of plausible days for the demo company, drawn by chance from a fixed seed and lived through the services.

A day of a counter is one transaction: a start that is killed half-way goes on where it stopped. Every figure here is
made up to look like a counter's; none is measured.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from time import sleep
from typing import TYPE_CHECKING

from django.db import transaction

from guimian.apps.calendar import queries as calendar_queries
from guimian.apps.organisation.queries import in_post
from guimian.apps.reception import queries as reception_queries
from guimian.apps.reception import services as reception
from guimian.apps.today.management import chores, closing
from guimian.apps.today.management.crews import crew_at
from guimian.apps.today.management.living import ARRIVE, GIVE_UP, Hall
from guimian.base.access import Role
from guimian.engines.queueing import Customer, Demand, customers

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit
    from guimian.apps.reception.models import Seat, Service

#: Customers of a usual day by class of the counter, and how the days of the week differ (Monday first).
EXPECTED: Mapping[str, float] = {"FLAGSHIP": 36, "LARGE": 20, "MEDIUM": 12, "SMALL": 7, "INNER": 4}
LEADS = {
    "HQ": Role.HQ_OFFICER,
    "PROVINCE": Role.PROVINCE_OFFICER,
    "CITY": Role.CITY_OFFICER,
    "CENTRE": Role.CENTRE_MANAGER,
}
WEEK = (1.25, 1.05, 0.95, 1.0, 1.1, 0.7, 0.55)
#: code of a service -> how often, mean minutes, chance of a record, money in yuan (least, most), direction
BUSINESS: Mapping[str, tuple[float, float, float, tuple[int, int], str]] = {
    "CHANGE": (30, 9, 0.9, (0, 0), "NONE"),
    "SURRENDER": (8, 16, 0.9, (2_000, 80_000), "OUT"),
    "LOAN": (10, 13, 0.9, (1_000, 60_000), "OUT"),
    "CLAIM": (14, 15, 0.85, (0, 0), "NONE"),
    "MATURITY": (9, 11, 0.9, (3_000, 120_000), "OUT"),
    "RENEWAL": (14, 6, 0.95, (500, 12_000), "IN"),
    "NEW": (6, 18, 0.5, (1_000, 20_000), "IN"),
    "CASH": (9, 5, 0.95, (200, 8_000), "IN"),
}
USUAL = (5, 10, 0.8, (0, 0), "NONE")
WORK_SHARE = 0.78  # of a window's time that is service when as many stand open as the day needs
RATED = 0.3
RECENT, FEW = timedelta(days=20), 10  # a past that was lived ends lately and has more days than these
ROUTINES = timedelta(days=40)  # so far back duties and rounds are lived too: enough for last month's appraisal


@dataclass
class Simulated(Hall):
    """A day whose customers are drawn; the line decides who is called when."""

    came: tuple[Customer, ...] = ()
    services: Mapping[str, Service] = field(default_factory=dict)
    serves: dict[int, int] = field(default_factory=dict)  # seat -> customer at it
    dice: Random = field(default_factory=Random)
    closes: int = 0  # the second at which the doors close
    waiting: dict[int, int] = field(default_factory=dict)  # ticket's key -> customer

    def second(self) -> int:
        return round((self.now - self.moment(0)).total_seconds())

    def come(self, number: int) -> None:
        who = self.came[number]
        self.tickets[number] = reception.issue_ticket(
            unit=self.unit, service=self.services[who.kind], priority=who.priority,
            source="GUIDE" if who.priority != "NORMAL" else "KIOSK", by=None, now=self.now,
        )  # fmt: skip
        self.waiting[self.tickets[number].pk] = number
        self.later(self.second() + who.patience, GIVE_UP, lambda: self.give_up(number))
        self.call_all()

    def give_up(self, number: int) -> None:
        ticket = self.tickets[number]
        if self.waiting.pop(ticket.pk, None) is not None:
            reception.leave_line(ticket=ticket, by=None, now=self.now)

    def call_all(self) -> None:
        """Every free window calls."""
        for place in list(self.seats):
            if place not in self.serves:
                self.call_at(place)

    def call_at(self, place: int) -> None:
        seat = self.seats[place]
        ticket = reception.call_next(seat=seat, by=seat.teller, now=self.now) if self.waiting else None
        if ticket is None:
            return
        number = self.waiting.pop(ticket.pk)
        self.tickets[number] = ticket
        self.serves[place] = number
        started = self.second() + self.dice.randrange(8, 50)
        self.serve(number, place, started, started + self.came[number].service)

    def finished(self, number: int, place: int) -> None:
        seat = self.seats[place]
        self.record(number, seat)
        if self.dice.random() < RATED:
            score = self.dice.choices((5, 4, 3, 2, 1), (62, 24, 9, 3, 2))[0]
            reception.rate_visit(ticket=self.tickets[number], score=score, way="PAD", now=self.now)
        del self.serves[place]
        self.call_at(place)

    def record(self, number: int, seat: Seat) -> None:
        """What was done, in the teller's list."""
        who = self.came[number]
        _often, _minutes, chance, (least, most), direction = BUSINESS.get(who.kind, USUAL)
        if self.dice.random() > chance:
            return
        amount = Decimal(round(least * (most / least) ** self.dice.random(), -1)) if most else Decimal(0)
        way = "NONE" if direction == "NONE" else "CASH" if amount < 5_000 and self.dice.random() < 0.4 else "TRANSFER"
        reception.attach_record(
            unit=self.unit, service=self.services[who.kind], ticket=self.tickets[number],
            reference=f"P{self.dice.randrange(10**11, 10**12)}", amount=amount, direction=direction, way=way,
            papers=self.dice.randrange(1, 7), by=seat.teller, now=self.now,
        )  # fmt: skip


# ---------------------------------------------------------------- one day
def seconds_at(at: time) -> int:
    return at.hour * 3600 + at.minute * 60


def demand_of(unit: Unit, day: date, kinds: Mapping[str, Service], doors: tuple[time, time], dice: Random) -> Demand:
    """How many customers the day expects: the class of the counter, the day of the week, the start of a month, luck."""
    early = 1.15 if day.day <= 5 else 1.0
    expected = EXPECTED[unit.size] * WEEK[day.weekday()] * early * dice.lognormvariate(0, 0.15)
    opens, closes = (seconds_at(one) for one in doors)
    return Demand(expected, opens, closes, {code: BUSINESS.get(code, USUAL)[:2] for code in kinds})


def windows_needed(demand: Demand, most: int) -> int:
    """As many windows as make the work of the day fill WORK_SHARE of their time; at least one."""
    weights = sum(weight for weight, _minutes in demand.kinds.values())
    mean = sum(weight * minutes for weight, minutes in demand.kinds.values()) / weights
    open_minutes = (demand.closes - demand.opens) / 60
    return min(max(math.ceil(demand.expected * mean / open_minutes / WORK_SHARE), 1), most)


def prepared(unit: Unit, day: date, services: Mapping[str, Service]) -> Simulated | None:
    """The day with its customers, opened, its windows taken; None when the counter is shut that day or has nobody."""
    hours = calendar_queries.hours_on(unit, day)
    crew = crew_at(unit, day)
    if crew is None or not crew.tellers or hours is None or hours.open_from is None or hours.open_to is None:
        return None
    dice = Random(f"{unit.code} {day}")  # noqa: S311  # a simulation, no secret
    hall = Simulated(unit, day, crew, services=services, dice=dice, closes=seconds_at(hours.open_to))
    hall.now = hall.moment(seconds_at(hours.open_from) - dice.randrange(5 * 60, 25 * 60))
    hall.open()
    kinds = take_windows(hall, services)
    demand = demand_of(unit, day, kinds, (hours.open_from, hours.open_to), dice)
    for place in list(hall.seats)[::-1]:
        enough = len(hall.seats) > windows_needed(demand, len(hall.seats))
        if enough and served_by(hall, without=place) == served_by(hall):  # nobody needs this very window
            hall.leave(place)
    hall.came = customers(f"{unit.code} {day} customers", demand)
    for number, who in enumerate(hall.came):
        hall.later(who.arrived, ARRIVE, _coming(hall, number))
    return hall


def _coming(hall: Simulated, number: int) -> Callable[[], None]:
    return lambda: hall.come(number)


def take_windows(hall: Simulated, services: Mapping[str, Service]) -> dict[str, Service]:
    """Everybody sits down; the services that somebody at a window can do."""
    for place in range(len(hall.crew.tellers)):
        hall.seat_at(place)
    served = served_by(hall)
    return {code: service for code, service in services.items() if service.skill_id in served}


def served_by(hall: Hall, without: int = -1) -> set[int]:
    seats = [seat for place, seat in hall.seats.items() if place != without]
    return {skill for seat in seats for skill in reception_queries.skills_at(seat)}


def live_whole(hall: Simulated) -> None:
    """The day to its end: everybody is served, the lists are confirmed, the counter closes, the last duties are done."""
    hall.live(until=hall.closes)
    while hall.waiting or hall.serves:
        hall.step()
    hall.now = max(hall.now, hall.moment(hall.closes)) + timedelta(minutes=hall.dice.randrange(3, 12))
    closing.close(hall, hall.dice)
    hall.live()


# ---------------------------------------------------------------- the months
def is_made(unit: Unit, now: datetime) -> bool:
    """Whether the counter's past was lived up to today: then today is opened, or the last day is not long ago."""
    latest = calendar_queries.latest_day(unit)
    return (
        latest is not None and latest >= unit.local_day(now) - RECENT and len(calendar_queries.days_known(unit)) > FEW
    )


def last_day_of(unit: Unit, now: datetime, left_open: str) -> date:
    """The first day that is not lived: today, but at the counter that forgot to close its last day."""
    today = unit.local_day(now)
    if unit.code != left_open:
        return today
    back = (today - timedelta(days=number) for number in range(1, 15))
    return next((day for day in back if (found := calendar_queries.hours_on(unit, day)) and found.is_open), today)


def make_history(unit: Unit, now: datetime, days: int, until: date | None = None, pause: float = 0) -> int:
    """The days before `until` (today) at the counter that come after its last one, the oldest first. How many were made.

    `pause`: seconds of rest after each day, in which those who wait to write into the same file get their turn.
    """
    services = {one.code: one for one in reception_queries.services_offered()}
    last, latest = until or unit.local_day(now), calendar_queries.latest_day(unit)
    chosen = [last - timedelta(days=back) for back in range(days, 0, -1)]
    made = 0
    for day in chosen:
        if latest is None or day > latest:
            made += live_one(unit, day, services, now)
            sleep(pause)
    return made


def live_one(unit: Unit, day: date, services: Mapping[str, Service], now: datetime) -> bool:
    """One day of one counter, whole or not at all."""
    with transaction.atomic():
        hall = prepared(unit, day, services)
        if hall is None:
            return False
        chores.report(unit, hall.crew.supervisor, hall.now)
        if unit.local_day(now) - day <= ROUTINES:
            chores.appraise(hall)
            chores.mend(hall, hall.dice)
            chores.plan(hall, hall.dice)
        live_whole(hall)
    return True


def report_above(unit: Unit, now: datetime) -> None:
    """A unit above counters signs the reports of its last periods, by whoever leads it."""
    leader = in_post(unit, LEADS[unit.level], unit.local_day(now)).first()
    if leader is not None:
        chores.report(unit, leader, now, back=100)
