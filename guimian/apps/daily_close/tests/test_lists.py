"""Promises of a teller's close: each record is checked, each difference has a cause, and it is one's own (R5.2)."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from guimian.apps.calendar.models import BusinessDay
from guimian.apps.daily_close import queries, services
from guimian.apps.daily_close.models import CloseLine, TellerClose
from guimian.apps.daily_close.tests.rows import (
    EVENING,
    Cash,
    Check,
    all_agree,
    confirm,
    digest,
    make_cause,
    make_record,
)
from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company
from guimian.apps.reception import services as reception
from guimian.apps.reception.tests.rows import TODAY, at, make_day, make_seat, make_service, make_ticket
from guimian.base.models import Finding, JournalEntry


@pytest.fixture
def open_day(company: Company, supervisor: Person) -> BusinessDay:
    return make_day(company.k1, supervisor)


def refusal(company: Company, teller: Person, **changes: object) -> services.UnableToConfirmList:
    with pytest.raises(services.UnableToConfirmList) as refused:
        confirm(company.k1, teller, **changes)  # type: ignore[arg-type]  # the test says what is wrong
    assert not TellerClose.objects.filter(state="CONFIRMED").exists()
    return refused.value


def test_a_list_that_agrees_is_confirmed_with_its_totals(
    company: Company, teller: Person, cashier: Person, open_day: BusinessDay
) -> None:
    make_record(company.k1, teller, "100.10")
    make_record(company.k1, cashier, "7.00")
    gone = make_record(company.k1, teller, "55.00")
    reception.void_record(record=gone, reason="录错", by=teller, now=at(70))
    make_record(company.k1, teller, "30.00", "OUT", "CASH")
    close = confirm(company.k1, teller)
    assert (close.state, close.records, close.voided) == ("CONFIRMED", 2, 1)
    assert (close.received, close.paid, close.cash_out) == (Decimal("100.10"), Decimal("30.00"), Decimal("30.00"))
    assert (close.cash_counted, close.cash_difference) == (Decimal("-30.00"), Decimal(0))
    assert close.lines.count() == 3 and close.confirmed_at == EVENING
    found = queries.list_of(company.k1, TODAY, teller)
    assert (found.state, found.digest) == ("CONFIRMED", close.digest)
    assert queries.list_of(company.k1, TODAY, cashier).state == "MISSING"
    entry = JournalEntry.objects.filter(event="daily_close.list.confirmed").get()
    assert entry.by == teller and entry.after is not None and entry.after["digest"] == close.digest


def test_every_record_is_checked_before(company: Company, teller: Person, open_day: BusinessDay) -> None:
    for _number in range(12):
        make_record(company.k1, teller)
    refused = refusal(company, teller, checks={2: Check(agrees=True)})
    assert (refused.clause, refused.found) == ("R5.2", "1, 3, 4, 5, 6, 7, 8, 9, 10, 11 …")


def test_a_difference_has_a_cause(company: Company, teller: Person, open_day: BusinessDay) -> None:
    make_record(company.k1, teller)
    make_record(company.k1, teller)
    other = make_cause("OTHER", wants_note=True)
    agreed = Check(agrees=True)
    assert refusal(company, teller, checks={1: agreed, 2: Check(agrees=False)}).found == "2"
    assert refusal(company, teller, checks={1: agreed, 2: Check(agrees=False, cause=other)}).found == "2"
    confirm(company.k1, teller, checks={1: agreed, 2: Check(agrees=False, cause=other, note="客户未签字")})
    line = CloseLine.objects.get(agrees=False)
    assert (line.record.number, line.cause, line.note) == (2, other, "客户未签字")


def test_a_difference_becomes_a_finding_once(company: Company, teller: Person, open_day: BusinessDay) -> None:
    make_record(company.k1, teller)
    missing = {1: Check(agrees=False, cause=make_cause())}
    for _time in range(2):
        confirm(company.k1, teller, checks=missing)
    finding = Finding.objects.get(code="daily_close.difference")
    assert (finding.clause, finding.unit, finding.found_by) == ("R5.4", company.k1, teller)
    assert finding.details == {"day": "2026-11-23", "number": 1}


def test_cash_is_counted_and_its_difference_explained(company: Company, cashier: Person, open_day: BusinessDay) -> None:
    make_record(company.k1, cashier, "100.10", way="CASH")
    make_record(company.k1, cashier, "40.00", "OUT", "CASH")
    assert refusal(company, cashier, cash=None).clause == "R5.4"
    refused = refusal(company, cashier, cash=Cash(Decimal("60.00")))
    assert (refused.found, refused.wanted) == ("60.00", "60.10")
    close = confirm(company.k1, cashier, cash=Cash(Decimal("60.00"), make_cause("CASH_SHORT"), "找零"))
    assert close.cash_difference == Decimal("-0.10")
    assert "-0.10" in Finding.objects.get(code="daily_close.difference").what


def test_nobody_confirms_from_a_window(company: Company, teller: Person, open_day: BusinessDay) -> None:
    service = make_service()
    seat = make_seat(company.k1, teller, 1, service)
    ticket = make_ticket(company.k1, service)
    reception.call_next(seat=seat, by=teller, now=at(1))
    refused = refusal(company, teller)
    assert refused.found == "A001" and [more.found for more in refused.more] == [1]
    reception.start_service(ticket=ticket, by=teller, now=at(2))
    ticket.refresh_from_db()
    reception.finish_service(ticket=ticket, by=teller, now=at(3))
    assert refusal(company, teller).found == 1
    reception.leave_seat(seat=seat, by=teller, now=at(4))
    assert confirm(company.k1, teller).records == 0


def test_a_list_that_changed_since_it_was_shown_is_refused(
    company: Company, teller: Person, open_day: BusinessDay
) -> None:
    make_record(company.k1, teller)
    shown, checks = digest(company.k1, teller), all_agree(company.k1, teller)
    make_record(company.k1, teller)
    assert refusal(company, teller, digest=shown, checks=checks).clause == "R5.2"


@pytest.mark.parametrize("change", ["attach", "void", "amount", "reference", "papers", "note", "way"])
def test_whatever_changes_makes_a_confirmed_list_stale(
    company: Company, teller: Person, open_day: BusinessDay, change: str
) -> None:
    record = make_record(company.k1, teller, "10.00")
    confirm(company.k1, teller)
    rows = type(record).objects.filter(pk=record.pk)
    if change == "attach":
        make_record(company.k1, teller)
    elif change == "void":
        reception.void_record(record=record, reason="x", by=teller, now=at(90))
    else:
        rows.update(**{change: {"amount": "10.01", "papers": 9, "way": "TRANSFER"}.get(change, "changed")})
    assert queries.list_of(company.k1, TODAY, teller).state == "STALE"
    assert confirm(company.k1, teller).state == "CONFIRMED"
    assert queries.list_of(company.k1, TODAY, teller).state == "CONFIRMED"


def test_the_work_of_others_does_not_touch_my_list(
    company: Company, teller: Person, cashier: Person, open_day: BusinessDay
) -> None:
    make_record(company.k1, teller)
    confirm(company.k1, teller)
    make_record(company.k1, cashier, "5.00")
    assert queries.list_of(company.k1, TODAY, teller).state == "CONFIRMED"


def test_a_list_is_put_by_half_checked(company: Company, teller: Person, open_day: BusinessDay) -> None:
    make_record(company.k1, teller)
    make_record(company.k1, teller)
    checks = {1: Check(agrees=True), 2: Check(agrees=False)}
    services.save_list(
        unit=company.k1, day=TODAY, digest=digest(company.k1, teller), checks=checks, by=teller, now=EVENING
    )
    found = queries.list_of(company.k1, TODAY, teller)
    assert found.state == "DRAFT" and [line.agrees for line in found.lines.values()] == [True]
    assert not Finding.objects.exists()


def test_a_leader_sends_a_list_back(
    company: Company, teller: Person, supervisor: Person, open_day: BusinessDay
) -> None:
    make_record(company.k1, teller)
    close = confirm(company.k1, teller)
    with pytest.raises(services.UnableToReturnList):
        services.return_list(close=close, reason=" ", by=supervisor, now=EVENING)
    services.return_list(close=close, reason="第 1 笔无复印件", by=supervisor, now=EVENING)
    found = queries.list_of(company.k1, TODAY, teller)
    assert found.state == "RETURNED" and found.close is not None and found.close.return_reason == "第 1 笔无复印件"
    with pytest.raises(services.UnableToReturnList) as refused:
        services.return_list(close=close, reason="again", by=supervisor, now=EVENING)
    assert refused.value.clause == "R5.3"
    assert confirm(company.k1, teller).state == "CONFIRMED"


def test_no_list_without_an_open_day(company: Company, teller: Person) -> None:
    assert refusal(company, teller).clause == "R5.3"


WRONG = {
    "confirmed without a time": {"state": "CONFIRMED"},
    "sent back without a reason": {"state": "RETURNED"},
    "a counted drawer without its difference": {"cash_counted": 5},
}


@pytest.mark.parametrize("fields", WRONG.values(), ids=list(WRONG))
def test_the_database_refuses_half_a_close(
    company: Company, teller: Person, open_day: BusinessDay, fields: dict[str, object]
) -> None:
    row = {"unit": company.k1, "day": TODAY, "teller": teller, "digest": "", "saved_at": EVENING}
    with pytest.raises(IntegrityError), transaction.atomic():
        TellerClose.objects.create(**(row | fields))
    TellerClose.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():  # and one a day
        TellerClose.objects.create(**row)


def test_the_database_wants_a_cause_for_each_difference(
    company: Company, teller: Person, open_day: BusinessDay
) -> None:
    make_record(company.k1, teller)
    confirm(company.k1, teller)
    with pytest.raises(IntegrityError), transaction.atomic():
        CloseLine.objects.update(agrees=False)
