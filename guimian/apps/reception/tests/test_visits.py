"""Promises of a visit: issued, called, served, finished, rated; and what is refused on the way."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company
from guimian.apps.reception import queries, services
from guimian.apps.reception.models import BusinessRecord, Ticket
from guimian.apps.reception.tests.rows import (
    TODAY,
    at,
    make_day,
    make_seat,
    make_served,
    make_service,
    make_skilled,
    make_ticket,
    make_window,
)
from guimian.base import policy
from guimian.base.models import JournalEntry


def test_a_visit_from_ticket_to_rating(company: Company, teller: Person) -> None:
    make_day(company.k1, teller)
    service = make_service()
    seat = make_seat(company.k1, teller, 3, service)
    ticket = make_ticket(company.k1, service)
    assert (ticket.label, ticket.state) == ("A001", "WAITING")
    called = services.call_next(seat=seat, by=teller, now=at(7))
    assert called == ticket and called is not None and called.seat == seat
    services.start_service(ticket=called, by=teller, now=at(8))
    services.finish_service(ticket=called, by=teller, now=at(15))
    services.rate_visit(ticket=called, score=5, way="PAD", now=at(16))
    called.refresh_from_db()
    assert (called.state, called.called_at, called.ended_at) == ("DONE", at(7), at(15))
    events = JournalEntry.objects.filter(unit=company.k1).order_by("seq").values_list("event", flat=True)
    assert [event.removeprefix("reception.") for event in events] == [
        "seat.taken", "ticket.issued", "ticket.called", "ticket.started", "ticket.finished", "visit.rated",
    ]  # fmt: skip


def test_numbers_count_by_letter_and_day(company: Company, teller: Person) -> None:
    make_day(company.k1, teller)
    change, claim = make_service(), make_service("CLAIM", "B", "CLAIM")
    assert [make_ticket(company.k1, one).label for one in (change, claim, change)] == ["A001", "B001", "A002"]


def test_the_same_call_gets_the_same_ticket(company: Company, teller: Person) -> None:
    make_day(company.k1, teller)
    service = make_service()
    two = [services.issue_ticket(unit=company.k1, service=service, key="k-1", by=None, now=at(n)) for n in (0, 1)]
    assert two[0] == two[1] and Ticket.objects.count() == 1


def test_no_ticket_without_an_open_day(company: Company, teller: Person) -> None:
    service = make_service()
    with pytest.raises(services.UnableToIssue) as refused:
        make_ticket(company.k1, service)
    assert refused.value.clause == "R1.1"
    make_day(company.k1, teller, "CLOSING")
    with pytest.raises(services.UnableToIssue) as refused:
        make_ticket(company.k1, service)
    assert refused.value.clause == "R5.3"


def test_the_line_is_pooled_by_skill(company: Company, teller: Person, cashier: Person) -> None:
    """A window calls only what it serves and its teller can."""
    make_day(company.k1, teller)
    change, cash = make_service(), make_service("CASH", "F", "CASH")
    make_skilled(teller, change)
    seat = make_seat(company.k1, teller, 1, change, cash)
    paid = make_ticket(company.k1, cash, 0)
    changed = make_ticket(company.k1, change, 1)
    assert services.call_next(seat=seat, by=teller, now=at(2)) == changed
    other = make_seat(company.k1, cashier, 2, cash)
    assert services.call_next(seat=other, by=cashier, now=at(2)) == paid


def test_one_customer_at_a_window(company: Company, teller: Person) -> None:
    make_day(company.k1, teller)
    service = make_service()
    seat = make_seat(company.k1, teller, 1, service)
    for minute in (0, 1):
        make_ticket(company.k1, service, minute)
    services.call_next(seat=seat, by=teller, now=at(2))
    with pytest.raises(services.UnableToCall):
        services.call_next(seat=seat, by=teller, now=at(3))
    with pytest.raises(services.UnableToLeaveSeat):
        services.leave_seat(seat=seat, by=teller, now=at(3))
    with pytest.raises(IntegrityError), transaction.atomic():  # the database itself
        Ticket.objects.filter(state="WAITING").update(state="CALLED", seat=seat, called_at=at(3))


def test_one_teller_a_window_and_one_window_a_teller(company: Company, teller: Person, cashier: Person) -> None:
    make_day(company.k1, teller)
    seat = make_seat(company.k1, teller, 1, make_service())
    with pytest.raises(services.UnableToTakeSeat) as refused:
        services.take_seat(unit=company.k1, window=seat.window, by=cashier, now=at(1))
    assert refused.value.found == teller.label
    with pytest.raises(services.UnableToTakeSeat) as refused:
        services.take_seat(unit=company.k1, window=make_window(company.k1, 2), by=teller, now=at(1))
    assert refused.value.found == 1


def test_a_number_is_passed_over_after_two_calls(company: Company, teller: Person) -> None:
    make_day(company.k1, teller)
    service = make_service()
    seat = make_seat(company.k1, teller, 1, service)
    ticket = make_ticket(company.k1, service)
    services.call_next(seat=seat, by=teller, now=at(1))
    ticket.refresh_from_db()
    with pytest.raises(services.UnableToPassOver) as refused:
        services.pass_over(ticket=ticket, by=teller, now=at(2))
    assert (refused.value.found, refused.value.wanted) == (1, 2)
    services.recall(ticket=ticket, by=teller, now=at(2))
    assert services.pass_over(ticket=ticket, by=teller, now=at(3)).state == "MISSED"


def test_the_figures_of_a_day(company: Company, teller: Person) -> None:
    """Three served after 0, 10 and 21 minutes; one waits since 22 minutes, one gave up after 5."""
    make_day(company.k1, teller)
    service = make_service()
    seat = make_seat(company.k1, teller, 1, service)
    for came, called, went in ((0, 0, 5), (1, 11, 20), (2, 23, 30)):
        make_served(seat, service, came, called, went)
    make_ticket(company.k1, service, 10)
    quitter = make_ticket(company.k1, service, 12)
    services.leave_line(ticket=quitter, by=None, now=at(17))
    found = queries.day_figures(company.k1, TODAY, at(32), policy.on(TODAY, company.k1))
    assert (found.tickets, found.served, found.waiting, found.gave_up, found.comfort) == (5, 3, 1, 1, 2)
    assert found.mean_wait is not None and round(found.mean_wait.total_seconds() / 60, 2) == 10.33
    assert found.longest_wait is not None and found.longest_wait.total_seconds() == 21 * 60
    assert found.longest_line == 3  # those of minutes 2, 10 and 12


def test_money_has_an_amount_and_a_way(company: Company, teller: Person) -> None:
    make_day(company.k1, teller)
    service = make_service()

    def attach(**money: object) -> BusinessRecord:
        return services.attach_record(unit=company.k1, service=service, by=teller, now=at(0), **money)  # type: ignore[arg-type]

    row = attach(amount=Decimal("12.50"), direction="IN", way="CASH")
    assert (row.number, attach().number) == (1, 2)
    for wrong in ({"direction": "IN"}, {"amount": Decimal(5)}, {"amount": Decimal(5), "direction": "OUT"}):
        with pytest.raises(services.UnableToAttachRecord) as refused:
            attach(**wrong)
        assert refused.value.clause == "R5.4"
    services.void_record(record=row, reason="金额录错", by=teller, now=at(1))
    totals = queries.totals_of(queries.records_of(company.k1, TODAY))
    assert (totals.records, totals.voided, totals.received) == (1, 1, Decimal(0))
    with pytest.raises(services.UnableToVoidRecord):
        services.void_record(record=row, reason="again", by=teller, now=at(2))
