"""However long the line and however many the counters: the same number of queries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guimian.apps.organisation.models import Person, Unit
from guimian.apps.organisation.tests.cast import Company, make_unit
from guimian.apps.reception import services
from guimian.apps.reception.models import Rating, Ticket
from guimian.apps.reception.tests.rows import make_service, make_window
from guimian.apps.reception.tests.test_guests import board_of, open_today
from tests.access.routes import signed_in


def lined_up(unit: Unit, first: int, last: int) -> None:
    now = timezone.now()
    at = {"unit": unit, "day": unit.local_day(now), "letter": "A", "service": make_service(), "issued_at": now}
    Ticket.objects.bulk_create(Ticket(**at, number=number) for number in range(first, last + 1))


def asked(get: Callable[[], Any]) -> int:
    """How many queries the page takes, once it is warm."""
    get()
    with CaptureQueriesContext(connection) as seen:
        assert get().status_code == 200
    return len(seen)


@pytest.fixture
def hall(company: Company, teller: Person) -> Unit:
    open_today(company.k1, teller)
    window = make_window(company.k1, 1, make_service())
    services.take_seat(unit=company.k1, window=window, by=teller, now=timezone.now())
    return company.k1


@pytest.mark.parametrize(
    ("page", "who"),
    [("console", "teller"), ("guide", "guide"), ("floor", "supervisor"), ("visits", "supervisor"), ("board", "")],
)
def test_a_line_of_300_takes_as_many_queries_as_one_of_3(
    page: str, who: str, hall: Unit, cast: dict[str, Person]
) -> None:
    client = signed_in(cast[who]) if who else Client()
    url = f"/u/K1/reception/{page}/" if who else f"/b/{board_of(hall).secret}/"
    lined_up(hall, 1, 3)
    few = asked(lambda: client.get(url))
    lined_up(hall, 4, 300)
    assert asked(lambda: client.get(url)) == few <= 30


def test_a_telephone_in_a_line_of_300_asks_no_more(hall: Unit) -> None:
    lined_up(hall, 1, 3)
    last = Ticket.objects.get(number=3)
    few = asked(lambda: Client().get(f"/q/{last.secret}/"))
    lined_up(hall, 4, 300)
    assert asked(lambda: Client().get(f"/q/{last.secret}/")) == few <= 12


def test_300_counters_take_as_many_queries_as_one(company: Company, manager: Person, hall: Unit) -> None:
    client = signed_in(manager)
    company.k2.delete()
    lined_up(hall, 1, 3)
    one = asked(lambda: client.get("/u/S111/reception/floor/"))
    for number in range(300):
        lined_up(make_unit(f"K7{number:03}", company.s111, f"柜面{number}", place="COUNTY", size="SMALL"), 1, 2)
    now = timezone.now()
    Ticket.objects.filter(number=2).update(issued_at=now, called_at=None, ended_at=now, state="LEFT")
    ended = Ticket.objects.filter(state="LEFT").exclude(unit=hall)
    Rating.objects.bulk_create(Rating(ticket=ticket, score=4, way="PAD", at=now) for ticket in ended)
    assert asked(lambda: client.get("/u/S111/reception/floor/")) == one <= 25
