"""Promises of the guide's page, the floor, the visits and the screens' page."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from guimian.apps.organisation.models import Person, Unit
from guimian.apps.organisation.tests.cast import Company
from guimian.apps.reception import queries, rules, services
from guimian.apps.reception.models import Device, Ticket
from guimian.apps.reception.tests.rows import (
    NINE,
    TODAY,
    at,
    make_day,
    make_seat,
    make_served,
    make_service,
    make_ticket,
)
from guimian.apps.reception.tests.test_guests import open_today
from guimian.base import policy
from guimian.base.access import actor_of
from tests.access.routes import signed_in

HERE = "/u/K1/reception"


def text(answer: Any) -> str:
    return str(answer.content.decode())


def waiting(unit: Unit, minutes: float, priority: str = "NORMAL") -> Ticket:
    """A ticket that was issued so many minutes ago."""
    ticket = services.issue_ticket(unit=unit, service=make_service(), priority=priority, by=None, now=timezone.now())
    Ticket.objects.filter(pk=ticket.pk).update(issued_at=timezone.now() - timedelta(minutes=minutes))
    return ticket


# ---------------------------------------------------------------- the guide
@pytest.fixture
def door(company: Company, guide: Person) -> Client:
    open_today(company.k1, guide)
    make_service()
    return signed_in(guide)


def test_the_guide_issues_a_ticket_by_class_and_shows_it(door: Client, guide: Person) -> None:
    data = {"service": "CHANGE", "priority": "DISABLED", "key": "a" * 32}
    for _tap in range(2):
        shown = text(door.post(f"{HERE}/guide/issue/", data))
        assert "A001" in shown and "data:image/svg+xml" in shown
    ticket = Ticket.objects.get()
    assert (ticket.priority, ticket.source, ticket.issued_by) == ("DISABLED", "GUIDE", guide)
    slip = text(door.get(f"{HERE}/tickets/{ticket.pk}/slip/"))
    assert "A001" in slip and "You are next" in slip


def test_the_form_gets_a_new_key_with_each_ticket(door: Client) -> None:
    keys = {re.findall(r'name="key" value="(\w+)"', text(door.get(f"{HERE}/guide/")))[0] for _turn in range(3)}
    assert len(keys) == 3


@pytest.mark.parametrize("data", [{"service": "NOTHING"}, {"service": "CHANGE", "priority": "APPOINTMENT"}, {}])
def test_a_ticket_for_nothing_is_not_found(door: Client, data: dict[str, str]) -> None:
    assert door.post(f"{HERE}/guide/issue/", data).status_code == 404


def test_who_waits_long_stands_on_top_with_the_clause(door: Client, company: Company) -> None:
    for minutes in (3, 21, 16):
        waiting(company.k1, minutes)
    shown = text(door.get(f"{HERE}/guide/"))
    assert shown.index("A002") < shown.index("A003") < shown.index("A001")
    comfort = shown.split("Say a word of comfort")[1].split("The line")[0]
    assert "R6.3" in comfort and "A002" in comfort and "A003" in comfort and "A001" not in comfort
    assert "queue-late" in comfort and "queue-near" in comfort
    assert "2 customers want a word of comfort" in shown


def test_a_customer_gives_up_once(door: Client, company: Company) -> None:
    left = f"{HERE}/guide/{waiting(company.k1, 1).pk}/left/"
    assert "A001 has left the line." in text(door.post(left))
    again = door.post(left)
    assert again.status_code == 422 and "The number is in another state by now." in text(again)


def test_no_tickets_before_the_day_is_open(company: Company, guide: Person) -> None:
    make_service()
    client = signed_in(guide)
    assert "No tickets are issued now" in text(client.get(f"{HERE}/guide/"))
    refused = client.post(f"{HERE}/guide/issue/", {"service": "CHANGE", "key": "a" * 32})
    assert refused.status_code == 422 and "R1.1" in text(refused)


# ---------------------------------------------------------------- the floor
def test_the_floor_shows_windows_line_and_figures(company: Company, supervisor: Person, teller: Person) -> None:
    open_today(company.k1, teller)
    seat = make_seat_now(company.k1, teller)
    late, soon = waiting(company.k1, 25), waiting(company.k1, 2)
    services.call_ticket(seat=seat, ticket=soon, by=teller, now=timezone.now())
    shown = text(signed_in(supervisor).get(f"{HERE}/floor/"))
    assert "Zheng Jie" in shown and soon.label in shown
    above = shown.split("Waiting above the limit")[1].split("The line")[0]
    assert late.label in above and "R6.3" in above
    assert "1 above the limit" in shown
    assert "state=WAITING" in shown and "over=1" in shown  # each figure leads to its rows


def make_seat_now(unit: Unit, teller: Person) -> Any:
    window = unit.windows.create(number=4)
    window.skills.set({make_service().skill})
    return services.take_seat(unit=unit, window=window, by=teller, now=timezone.now())


def test_above_a_counter_each_figure_leads_to_its_rows(company: Company, manager: Person, teller: Person) -> None:
    open_today(company.k1, teller)
    waiting(company.k1, 25)
    shown = text(signed_in(manager).get("/u/S111/reception/floor/"))
    assert "People" in shown and "/u/K1/reception/visits/?day=" in shown and "over=1" in shown
    assert "25 min" in shown and "/u/K9/" not in shown


def test_counters_are_counted_as_the_rules_count(company: Company, manager: Person, teller: Person) -> None:
    """The database's figures of many counters are those of one counter, to the second."""
    make_day(company.k1, teller)
    service = make_service()
    seat = make_seat(company.k1, teller, 1, service)
    for came, called, went in ((0, 0, 5), (1, 20.9, 25), (5, 25.02, 30), (6, 26, 31)):  # 19.9, 20.02 and 20 minutes
        make_served(seat, service, came, called, went)
    services.rate_visit(ticket=Ticket.objects.filter(state="DONE")[0], score=3, way="PAD", now=at(32))
    make_ticket(company.k1, service, 11)
    services.leave_line(ticket=make_ticket(company.k1, service, 12), by=None, now=at(33))
    now, figures = at(31.5), policy.on(TODAY, company.k1)
    one = queries.day_figures(company.k1, TODAY, now, figures)
    row = {row.code: row for row in queries.counters_now(actor_of(manager, TODAY), company.s111, TODAY, now, figures)}[
        "K1"
    ]
    assert (row.tickets, row.waiting, row.served, row.over) == (one.tickets, one.waiting, one.served, one.comfort)
    assert (row.over, row.longest, row.rating) == (3, 20, 3.0)
    judged = queries.visits_judged(actor_of(manager, TODAY), company.k1, now, figures)
    for ticket in judged:
        until = ticket.called_at or ticket.ended_at or now
        found: Any = ticket
        assert found.is_over == rules.wants_comfort(figures, ticket.issued_at, until), ticket.label
        assert found.waited == until - ticket.issued_at, ticket.label


# ---------------------------------------------------------------- visits
@pytest.fixture
def visited(company: Company, teller: Person) -> Ticket:
    """Three visits of K1's Monday; the first is whole, with a record that was voided and a rating."""
    make_day(company.k1, teller)
    service = make_service()
    seat = make_seat(company.k1, teller, 1, service)
    first = make_served(seat, service, 0, 21, 30)
    record = services.attach_record(
        unit=company.k1, service=service, ticket=first, reference="P1", by=teller, now=at(22)
    )
    services.void_record(record=record, reason="Wrong policy", by=teller, now=at(31))
    services.rate_visit(ticket=first, score=4, way="PHONE", now=at(32))
    make_served(seat, service, 31, 33, 35)
    make_ticket(company.k1, make_service("CLAIM", "B", "CLAIM"), 36)
    return first


@pytest.mark.parametrize(
    ("query", "labels"),
    [
        ("", {"A001", "A002", "B001"}),
        ("?state=DONE", {"A001", "A002"}),
        ("?service=CLAIM", {"B001"}),
        ("?over=1", {"A001", "B001"}),  # B001 has waited since that Monday
        ("?rated=1", {"A001"}),
        ("?day=2026-11-23", {"A001", "A002", "B001"}),
        ("?day=2026-11-22", set()),
        ("?state=NONSENSE&over=x", {"A001", "A002", "B001"}),
    ],
)
def test_visits_are_narrowed(query: str, labels: set[str], visited: Ticket, supervisor: Person) -> None:
    shown = text(signed_in(supervisor).get(f"{HERE}/visits/{query}"))
    assert set(re.findall(r">([AB]00\d)<", shown)) == labels


def test_visits_are_sorted_and_taken_to_excel(visited: Ticket, supervisor: Person) -> None:
    client = signed_in(supervisor)
    for key in ("number", "issued_at", "waited", "window", "teller", "rating", "state", "service"):
        for sort in (key, f"-{key}"):
            assert client.get(f"{HERE}/visits/?sort={sort}").status_code == 200, sort
    assert client.get(f"{HERE}/visits/?export=xlsx")["Content-Type"].endswith("sheet")


def test_a_visit_is_told_through_its_touch_points(visited: Ticket, supervisor: Person) -> None:
    shown = text(signed_in(supervisor).get(f"{HERE}/visits/{visited.pk}/"))
    steps = ["Ticket issued", "Number called", "Service started", "Business recorded", "Visit finished",
             "Business record voided", "Visit rated"]  # fmt: skip
    told = shown.split("Through the touch points")[1]
    assert [told.index(step) for step in steps] == sorted(told.index(step) for step in steps)
    assert "Wrong policy" in told and "4 of 5" in told and "Not met" in shown  # 21 minutes


def test_a_visit_of_elsewhere_is_not_found(visited: Ticket, outsider: Person) -> None:
    assert signed_in(outsider).get(f"/u/K9/reception/visits/{visited.pk}/").status_code == 404


# ---------------------------------------------------------------- the screens' page
def test_a_leader_adds_a_screen_and_retires_it(company: Company, supervisor: Person) -> None:
    company.k1.windows.create(number=2)
    client = signed_in(supervisor)
    answer = client.post(f"{HERE}/devices/add/", {"kind": "PAD", "name": "Pad two", "window": "2"}, follow=True)
    device = Device.objects.get()
    assert f"http://testserver/p/{device.secret}/" in text(answer) and "data:image/svg+xml" in text(answer)
    client.post(f"{HERE}/devices/{device.pk}/retire/")
    assert Client().get(f"/p/{device.secret}/").status_code == 404
    assert device.secret not in text(client.get(f"{HERE}/devices/"))
    assert client.post(f"{HERE}/devices/{device.pk}/retire/").status_code == 404


@pytest.mark.parametrize("window", ["", "99"])
def test_a_pad_stands_at_a_window(window: str, company: Company, supervisor: Person) -> None:
    data = {"kind": "PAD", "name": "Pad", "window": window}
    answer = signed_in(supervisor).post(f"{HERE}/devices/add/", data)
    assert answer.status_code == 422 and not Device.objects.exists()


def test_nobody_but_leaders_sees_an_address(
    company: Company, teller: Person, guide: Person, closing_officer: Person
) -> None:
    for person in (teller, guide, closing_officer):
        assert signed_in(person).get(f"{HERE}/devices/").status_code == 403


def test_times_are_the_counters_own(visited: Ticket, supervisor: Person) -> None:
    assert NINE.hour == 1 and "2026-11-23 09:00" in text(signed_in(supervisor).get(f"{HERE}/visits/"))
