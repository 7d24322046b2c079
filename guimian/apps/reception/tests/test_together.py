"""Many at once: kiosks that issue, windows that call, hands that press twice. On whichever database this run stands."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from threading import Barrier, local

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from guimian.apps.organisation.models import Person, Unit
from guimian.apps.organisation.tests.cast import make_company, make_person
from guimian.apps.reception import services
from guimian.apps.reception.models import Seat, Service, Ticket
from guimian.apps.reception.tests.rows import make_service, make_window
from guimian.apps.reception.tests.test_guests import open_today
from guimian.base import journal, numbering
from guimian.base.access import Role
from guimian.base.models import JournalEntry, Series
from guimian.base.tests.together import at_once, together

KIOSKS = 50
TICKETS = int(os.environ.get("GUIMIAN_KIOSK_TICKETS", "40"))  # of each kiosk
pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Hall:
    """A counter whose day is open, what it offers, and who works there."""

    unit: Unit
    teller: Person
    services: tuple[Service, ...]


@pytest.fixture
def hall() -> Hall:
    unit = make_company().k1
    teller = make_person("90000001", "柜员", Role.TELLER, unit)
    open_today(unit, teller)
    return Hall(unit, teller, (make_service(), make_service("CLAIM", "B", "CLAIM")))


def seated(hall: Hall, number: int) -> Seat:
    person = make_person(f"9100000{number}", f"柜员{number}", Role.TELLER, hall.unit)
    window = make_window(hall.unit, number, *hall.services)
    return services.take_seat(unit=hall.unit, window=window, by=person, now=timezone.now())


# ---------------------------------------------------------------- kiosks
def issued(hall: Hall, service: Service, key: str) -> Ticket:
    return services.issue_ticket(unit=hall.unit, service=service, key=key, by=None, now=timezone.now())


def issued_by(hall: Hall, number: int, tickets: int, before: Callable[[], None] = lambda: None) -> list[str]:
    """The numbers that one kiosk hands out; "" for one that was lost."""
    got = []
    for turn in range(tickets):
        before()
        try:
            got.append(issued(hall, hall.services[(number + turn) % 2], f"{number}.{turn}").label)
        except IntegrityError:
            got.append("")
    return got


def wrong(unit: Unit, got: list[str]) -> set[str]:
    """What is wrong with the numbers handed out: lost, double, gap."""
    found = {"lost"} if "" in got or len(got) != Ticket.objects.filter(unit=unit).count() else set()
    for letter in "AB":
        mine = sorted(int(one[1:]) for one in got if one[:1] == letter)
        found |= {"double"} if len(set(mine)) != len(mine) else set()
        found |= {"gap"} if set(mine) != set(range(1, len(mine) + 1)) else set()
    return found


def test_fifty_kiosks_at_once_lose_no_number_and_give_none_twice(hall: Hall) -> None:
    handed = together(lambda number: issued_by(hall, number, TICKETS), KIOSKS)
    got = [one for each in handed for one in each]
    assert len(got) == KIOSKS * TICKETS
    assert wrong(hall.unit, got) == set()
    assert journal.verify([hall.unit]) == []
    entries = JournalEntry.objects.filter(unit=hall.unit, event="reception.ticket.issued")
    assert entries.count() == len(got)


def test_without_the_lock_numbers_are_lost(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control: the last number is read before the transaction, with nobody kept out in between."""
    read, barrier, kiosks = local(), Barrier(8, timeout=60), 8
    for letter in "AB":
        Series.objects.create(
            unit=hall.unit, name=f"ticket.{letter}", period=hall.unit.local_day(timezone.now()).isoformat()
        )

    def look() -> None:
        read.last = dict(Series.objects.filter(unit=hall.unit).values_list("name", "last"))
        connection.close()
        barrier.wait()

    def unlocked(unit: Unit, series: str, period: str = "") -> int:
        number: int = read.last[series] + 1
        Series.objects.filter(unit=unit, name=series, period=period).update(last=number)
        return number

    monkeypatch.setattr(numbering, "issue", unlocked)
    got = [one for each in together(lambda number: issued_by(hall, number, 5, look), kiosks) for one in each]
    assert "lost" in wrong(hall.unit, got)


def test_the_same_touch_sent_fifty_times_gets_one_ticket(hall: Hall) -> None:
    assert set(together(lambda _number: issued(hall, hall.services[0], "one").label, KIOSKS)) == {"A001"}
    assert Ticket.objects.count() == 1
    assert issued(hall, hall.services[0], "two").label == "A002"


# ---------------------------------------------------------------- windows
def test_windows_that_call_at_once_never_call_the_same_number(hall: Hall) -> None:
    issued_by(hall, 0, 24)
    seats = [seated(hall, number) for number in range(1, 5)]
    barrier = Barrier(len(seats), timeout=60)

    def work(number: int) -> list[str]:
        seat, called = seats[number], []
        barrier.wait()
        while ticket := services.call_next(seat=seat, by=seat.teller, now=timezone.now()):
            called.append(ticket.label)
            services.start_service(ticket=ticket, by=seat.teller, now=timezone.now())
            services.finish_service(ticket=ticket, by=seat.teller, now=timezone.now())
        return called

    called = [label for each in together(work, len(seats)) for label in each]
    assert sorted(called) == sorted(ticket.label for ticket in Ticket.objects.all())
    assert JournalEntry.objects.filter(event="reception.ticket.called").count() == len(called) == 24


def test_calling_twice_at_once_calls_one(hall: Hall) -> None:
    issued_by(hall, 0, 4)
    seat = seated(hall, 1)
    got = at_once(lambda: services.call_next(seat=seat, by=seat.teller, now=timezone.now()), threads=6)
    assert got == ["UnableToCall"] * 5 + ["done"]
    assert Ticket.objects.filter(state="CALLED").count() == 1


def test_finishing_twice_at_once_finishes_once(hall: Hall) -> None:
    issued_by(hall, 0, 1)
    seat = seated(hall, 1)
    ticket = services.call_next(seat=seat, by=seat.teller, now=timezone.now())
    assert ticket is not None
    services.start_service(ticket=ticket, by=seat.teller, now=timezone.now())

    def finish() -> None:
        services.finish_service(ticket=Ticket.objects.get(pk=ticket.pk), by=seat.teller, now=timezone.now())

    assert at_once(finish, threads=6) == ["UnableToFinish"] * 5 + ["done"]
    assert JournalEntry.objects.filter(event="reception.ticket.finished").count() == 1


def test_two_tellers_do_not_get_the_same_window(hall: Hall) -> None:
    window = make_window(hall.unit, 1, *hall.services)
    people = [make_person(f"9200000{number}", f"柜员{number}", Role.TELLER, hall.unit) for number in range(6)]
    barrier = Barrier(6, timeout=60)

    def take(number: int) -> str:
        barrier.wait()
        try:
            services.take_seat(unit=hall.unit, window=window, by=people[number], now=timezone.now())
        except services.UnableToTakeSeat:
            return "refused"
        return "taken"

    assert sorted(together(take, 6)) == ["refused"] * 5 + ["taken"]
    assert Seat.objects.filter(left_at=None).count() == 1
