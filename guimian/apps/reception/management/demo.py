"""The demo company's hall: what customers come for, the screens, and today in full swing at each open counter.

Everything is made by the services, in the order of its times, none of them before the day was opened or after now. A day
that has just begun has less to tell.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from django.db import transaction

from guimian.apps.calendar.queries import business_day_of
from guimian.apps.organisation import queries as organisation
from guimian.apps.reception import queries, services
from guimian.base.access import Role

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit, Window
    from guimian.apps.reception.models import Seat, Service, Ticket

#: code, name, English name, letter, skill
SERVICES = (
    ("CHANGE", "保全变更", "Policy change", "A", "POLICY_SERVICE"),
    ("SURRENDER", "退保", "Surrender", "A", "POLICY_SERVICE"),
    ("LOAN", "保单借款", "Policy loan", "A", "POLICY_SERVICE"),
    ("CLAIM", "理赔申请", "Claim", "B", "CLAIM"),
    ("MATURITY", "满期给付", "Maturity payout", "C", "PAYOUT"),
    ("RENEWAL", "续期交费", "Renewal premium", "D", "RENEWAL"),
    ("NEW", "新契约", "New policy", "E", "NEW_BUSINESS"),
    ("CASH", "现金收付费", "Cash in and out", "F", "CASH"),
)
SEATED = {"FLAGSHIP": (4, 1), "LARGE": (3, 1), "MEDIUM": (2, 1), "SMALL": (1, 1), "INNER": (1, 0)}  # tellers, cashiers
WAITING = (24, 17, 9, 6, 3, 1)  # minutes ago
QUEUE = {"FLAGSHIP": 6, "LARGE": 5, "MEDIUM": 4, "SMALL": 3, "INNER": 2}
MOST_SERVED, A_VISIT = 3, timedelta(minutes=16)
SCREENS = (("KIOSK", "取号机"), ("BOARD", "叫号屏"), ("PAD", "评价器"))
#: direction, way, amount of what goes with a service
MONEY = {
    "SURRENDER": ("OUT", "TRANSFER", 18_600), "LOAN": ("OUT", "TRANSFER", 30_000), "MATURITY": ("OUT", "TRANSFER", 52_000),
    "RENEWAL": ("IN", "CARD", 3_650), "NEW": ("IN", "CARD", 6_000), "CASH": ("IN", "CASH", 480),
}  # fmt: skip


def load(now: datetime) -> dict[str, int]:
    """Make what is missing and say how many of each were made; a second call on the same day makes nothing."""
    return offer(now) | live(now, list(organisation.every_counter()))


@transaction.atomic
def offer(now: datetime) -> dict[str, int]:
    """What customers can come for."""
    top, known = organisation.every_unit()[0], {row.code for row in queries.services_offered()}
    for place, (code, name, name_en, letter, skill) in enumerate(SERVICES):
        services.add_service(
            code=code, name=name, name_en=name_en, letter=letter, skill=organisation.skill(skill), place=place, unit=top,
            by=None, now=now,
        )  # fmt: skip
    return {"services": len({row[0] for row in SERVICES} - known)}


@transaction.atomic
def live(now: datetime, counters: Sequence[Unit]) -> dict[str, int]:
    """The screens, and today so far."""
    offered = list(queries.services_offered())
    screens = sum(screens_of(unit, now) for unit in counters)
    tickets = sum(day_of(unit, offered, now) for unit in counters)
    return {"screens": screens, "tickets": tickets}


def screens_of(unit: Unit, now: datetime) -> int:
    """A kiosk, a board, and a rating pad at the first window; none where some stand."""
    if queries.devices_of(unit).exists():
        return 0
    for kind, name in SCREENS:
        window = organisation.window_of(unit, 1) if kind == "PAD" else None
        services.add_device(unit=unit, kind=kind, name=name, window=window, by=None, now=now)
    return len(SCREENS)


def day_of(unit: Unit, offered: list[Service], now: datetime) -> int:
    """Today's visits so far; nothing where today is not open or tickets were issued."""
    row = business_day_of(unit, now)
    if row is None or row.state != "OPEN" or row.day != unit.local_day(now) or queries.waits_of(unit, row.day):
        return 0
    play = Play(unit, row.day, row.opened_at, now, offered)
    play.write()
    for _at, _place, deed in sorted(play.deeds, key=lambda one: one[:2]):
        deed()
    return play.tickets


@dataclass
class Chair:
    """A teller at a window with what is served there; `seat` once it is taken."""

    teller: Person
    window: Window
    services: list[Service]
    seat: Seat | None = None


@dataclass
class Play:
    """One counter's day: deeds with their times, to be done in that order."""

    unit: Unit
    day: date
    opened: datetime
    now: datetime
    offered: list[Service]
    deeds: list[tuple[datetime, int, Callable[[], object]]] = field(default_factory=list)
    tickets: int = 0

    def __post_init__(self) -> None:
        self.dice = Random(f"{self.unit.code} {self.day}")  # noqa: S311  # a story, not a secret
        self.start = max(self.opened + timedelta(minutes=1), self.now - timedelta(minutes=80))

    def at(self, moment: datetime, deed: Callable[[datetime], object]) -> datetime:
        """Do it then, or as soon after the start as it can be, never after now."""
        when = min(max(moment, self.start), self.now)
        self.deeds.append((when, len(self.deeds), lambda: deed(when)))
        return when

    def write(self) -> None:
        chairs = list(self.chairs())
        for place, chair in enumerate(chairs):
            self.at(self.start, lambda when, chair=chair: take(chair, when))  # type: ignore[misc]  # bound at once
            self.serve(chair, place)
        for minutes in WAITING[-QUEUE[self.unit.size] :]:
            came = self.now - timedelta(minutes=minutes)
            if came > self.start:
                self.issue(Visit(self.dice.choice(self.offered)), came)

    def chairs(self) -> Iterator[Chair]:
        """Tellers at the first windows, cashiers at the cashiers'; each serves what the window and they can."""
        people = organisation.people_within(self.unit.path, self.day)
        tellers, cashiers = (
            list(organisation.in_role(people, role, self.day, self.unit)) for role in (Role.TELLER, Role.CASHIER)
        )
        windows = list(self.unit.windows.order_by("number").prefetch_related("skills"))
        most_tellers, most_cashiers = SEATED[self.unit.size]
        desks = [one for one in windows if not one.is_cashier], [one for one in windows if one.is_cashier]
        pairs = [
            *zip(tellers[:most_tellers], desks[0], strict=False),
            *zip(cashiers[:most_cashiers], desks[1], strict=False),
        ]
        for teller, window in pairs:
            skills = {skill.pk for skill in window.skills.all()} & {one.skill_id for one in teller.skills.all()}
            if served := [one for one in self.offered if one.skill_id in skills]:
                yield Chair(teller, window, served)

    def serve(self, chair: Chair, place: int) -> None:
        """Some visits one after the other up to a little while ago, and the one that is at the window now."""
        begins = self.now - timedelta(minutes=4 + 3 * place)
        room = max((begins - self.start) // A_VISIT, 0)
        for turn in range(min(room, MOST_SERVED), 0, -1):
            called = begins - turn * A_VISIT
            self.visit(chair, called, called + timedelta(minutes=self.dice.randint(7, 14)))
        self.visit(chair, begins, None)

    def visit(self, chair: Chair, called: datetime, ended: datetime | None) -> None:
        """From the ticket to the rating; `ended` None: the customer is still there."""
        visit = Visit(self.dice.choice(chair.services))
        self.issue(visit, called - timedelta(minutes=self.dice.randint(1, 13), seconds=self.dice.randint(0, 59)))
        called = self.at(called, lambda when: visit.call(chair, when))
        started = self.at(called + timedelta(seconds=50), lambda when: visit.start(chair, when))
        if ended is None:
            return
        paid = self.dice.randint(60, 140)
        self.at(started + (ended - started) / 2, lambda when: visit.record(self.unit, chair, paid, when))
        ended = self.at(ended, lambda when: visit.finish(chair, when))
        if self.dice.random() < 0.6:
            score = self.dice.choice((5, 5, 5, 4, 4, 3))
            self.at(ended + timedelta(seconds=40), lambda when: visit.rate(score, when))

    def issue(self, visit: Visit, came: datetime) -> None:
        priority = self.dice.choice(("NORMAL",) * 5 + ("OLDER",))
        self.tickets += 1
        self.at(came, lambda when: visit.issue(self.unit, priority, when))


def take(chair: Chair, when: datetime) -> None:
    chair.seat = services.take_seat(unit=chair.window.unit, window=chair.window, by=chair.teller, now=when)


@dataclass
class Visit:
    """One customer's visit; `ticket` once it is issued."""

    service: Service
    ticket: Ticket | None = None

    @property
    def issued(self) -> Ticket:
        if self.ticket is None:
            raise RuntimeError("The ticket comes before everything else.")
        return self.ticket

    def issue(self, unit: Unit, priority: str, when: datetime) -> None:
        self.ticket = services.issue_ticket(unit=unit, service=self.service, priority=priority, by=None, now=when)

    def call(self, chair: Chair, when: datetime) -> None:
        if chair.seat is None:
            raise RuntimeError("The window is taken before anybody is called.")
        services.call_ticket(seat=chair.seat, ticket=self.issued, by=chair.teller, now=when)

    def start(self, chair: Chair, when: datetime) -> None:
        services.start_service(ticket=self.issued, by=chair.teller, now=when)

    def record(self, unit: Unit, chair: Chair, paid: int, when: datetime) -> None:
        direction, way, usual = MONEY.get(self.service.code, ("NONE", "NONE", 0))
        services.attach_record(
            unit=unit, service=self.service, ticket=self.issued, reference=f"DEMO{self.issued.pk:08}",
            amount=Decimal(usual) * paid / 100, direction=direction, way=way, papers=paid % 7 + 1, by=chair.teller, now=when,
        )  # fmt: skip

    def finish(self, chair: Chair, when: datetime) -> None:
        services.finish_service(ticket=self.issued, by=chair.teller, now=when)

    def rate(self, score: int, when: datetime) -> None:
        services.rate_visit(ticket=self.issued, score=score, way="PAD", now=when)
