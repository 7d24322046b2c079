"""Promises of a counter's close: only when everybody has confirmed, whole or not at all, and never twice (R5.3)."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from guimian.apps.calendar.models import BusinessDay
from guimian.apps.daily_close import queries, rules, services
from guimian.apps.daily_close.models import CounterClose
from guimian.apps.daily_close.tests.rows import EVENING, Check, confirm, make_cause, make_ready, make_record
from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company, make_person
from guimian.apps.reception import services as reception
from guimian.apps.reception.tests.rows import TODAY, at, make_day, make_seat, make_service, make_ticket
from guimian.base import journal
from guimian.base.models import JournalEntry, JournalSeal


def refusal(company: Company, by: Person) -> services.UnableToCloseCounter:
    with translation.override("en"), pytest.raises(services.UnableToCloseCounter) as refused:
        services.close_counter(unit=company.k1, by=by, now=EVENING)
    assert not CounterClose.objects.exists() and not JournalSeal.objects.exists()
    return refused.value


def test_a_counter_closes_with_its_list_its_day_and_its_seal(
    company: Company, teller: Person, cashier: Person, supervisor: Person
) -> None:
    make_ready(company.k1, teller, cashier)
    close = services.close_counter(unit=company.k1, by=supervisor, now=EVENING, notes="  两份资料已补  ")
    day = BusinessDay.objects.get(unit=company.k1)
    assert (day.state, day.closed_by, day.closed_at) == ("CLOSED", supervisor, EVENING)
    assert (close.number, close.tellers, close.records, close.notes) == (1, 2, 4, "两份资料已补")
    assert (close.received, close.cash_in) == (Decimal("240.60"), Decimal("40.40"))
    lists = queries.lists_of(company.k1, TODAY)
    assert close.digest == rules.digest_of_all(one.digest for one in lists)


def test_the_seal_covers_the_row_that_holds_the_lists_digest(
    company: Company, teller: Person, supervisor: Person
) -> None:
    make_ready(company.k1, teller)
    close = services.close_counter(unit=company.k1, by=supervisor, now=EVENING)
    entry = JournalEntry.objects.get(event="daily_close.counter.closed")
    assert entry.after is not None and entry.after["digest"] == close.digest
    found = queries.closed_list(company.k1, TODAY)
    assert found is not None and found.seal is not None and found.seal.seq > entry.seq
    assert JournalEntry.objects.get(unit=company.k1, seq=found.seal.seq).event == "calendar.day.closed"
    assert journal.verify([company.k1]) == []


def test_all_that_is_missing_is_named(company: Company, teller: Person, cashier: Person, supervisor: Person) -> None:
    make_day(company.k1, supervisor)
    service = make_service()
    make_seat(company.k1, teller, 4, service)
    make_ticket(company.k1, service)
    make_record(company.k1, cashier)
    confirm(company.k1, cashier)
    refused = refusal(company, supervisor)
    found = {one.message: (one.clause, one.found, one.wanted) for one in (refused, *refused.more)}
    assert found == {
        "The closing has begun": ("R5.3", "No", "the closing has begun"),
        "Nobody waits, is called or is being served": ("R5.3", "A001", "nobody"),
        "Nobody sits at a window": ("R5.3", "4 Zheng Jie", "nobody"),
        "Every teller has confirmed the list as it stands": ("R5.3", "Zheng Jie", "everybody's list confirmed"),
    }


def test_a_list_that_changed_after_it_was_confirmed_keeps_the_counter_open(
    company: Company, teller: Person, supervisor: Person
) -> None:
    make_ready(company.k1, teller)
    make_record(company.k1, teller, "1.00")
    assert refusal(company, supervisor).found == "Zheng Jie"
    confirm(company.k1, teller)
    assert services.close_counter(unit=company.k1, by=supervisor, now=EVENING).records == 3


def test_a_list_that_was_sent_back_keeps_the_counter_open(company: Company, teller: Person, supervisor: Person) -> None:
    make_ready(company.k1, teller)
    close = queries.list_of(company.k1, TODAY, teller).close
    assert close is not None
    services.return_list(close=close, reason="再核一次", by=supervisor, now=EVENING)
    assert refusal(company, supervisor).found == "Zheng Jie"


def test_who_only_sat_at_a_window_confirms_an_empty_list(
    company: Company, teller: Person, cashier: Person, supervisor: Person
) -> None:
    make_ready(company.k1, teller)
    seat = make_seat(company.k1, cashier, 2, make_service())
    reception.leave_seat(seat=seat, by=cashier, now=at(500))
    assert refusal(company, supervisor).found == "Wang Jing"
    confirm(company.k1, cashier)
    assert services.close_counter(unit=company.k1, by=supervisor, now=EVENING).tellers == 2


def test_a_counter_closes_once(company: Company, teller: Person, supervisor: Person) -> None:
    make_ready(company.k1, teller)
    services.close_counter(unit=company.k1, by=supervisor, now=EVENING)
    with pytest.raises(services.UnableToCloseCounter) as refused:
        services.close_counter(unit=company.k1, by=supervisor, now=EVENING)
    assert refused.value.clause == "R5.3" and CounterClose.objects.count() == 1


def test_an_earlier_day_is_the_one_that_is_closed(company: Company, teller: Person, supervisor: Person) -> None:
    make_ready(company.k1, teller)
    close = services.close_counter(unit=company.k1, by=supervisor, now=EVENING + timedelta(days=1))
    assert close.day == TODAY and close.is_late


def test_late_is_after_the_cut_off(company: Company, teller: Person, supervisor: Person) -> None:
    make_ready(company.k1, teller)
    close = services.close_counter(unit=company.k1, by=supervisor, now=at(9 * 60 + 30))
    assert close.due_at == close.closed_at and not close.is_late
    close.closed_at += timedelta(seconds=1)
    assert close.is_late


def test_differences_are_counted_and_the_sums_add_up(
    company: Company, teller: Person, cashier: Person, supervisor: Person
) -> None:
    make_ready(company.k1, teller, cashier)
    checks = {1: Check(agrees=True), 2: Check(agrees=False, cause=make_cause())}
    confirm(company.k1, teller, checks=checks)
    services.close_counter(unit=company.k1, by=supervisor, now=EVENING)
    found = queries.closed_list(company.k1, TODAY)
    assert found is not None and found.close.differences == 1
    assert [row.number for row in found.records] == [1, 2, 3, 4]
    assert sum(one.received for one in found.ways) == found.close.received == Decimal("240.60")
    assert sum(one.records for one in found.services) == found.close.records
    assert len(found.ways) == 2


def test_more_tellers_need_no_more_queries(company: Company, teller: Person, supervisor: Person) -> None:
    day = make_ready(company.k1, teller)
    counts = []
    for total in (1, 20):
        for number in range(1, total):
            make_record(company.k1, make_person(f"5000{number:04}", f"柜员{number}"), "3.00")
        with CaptureQueriesContext(connection) as captured:
            queries.counter_page(BusinessDay.objects.select_related("unit").get(pk=day.pk))
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 11


# ---------------------------------------------------------------- negative controls
def test_a_digest_that_forgot_the_amount_would_let_it_through(
    company: Company, teller: Person, supervisor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The seeded fault: what the promise of stale lists hangs on."""
    monkeypatch.setattr(queries.lists, "line_of", lambda row: rules.Line(row.number, "", "", Decimal(0), "", "", 0, ""))
    make_ready(company.k1, teller)
    record = queries.list_of(company.k1, TODAY, teller).records[0]
    type(record).objects.filter(pk=record.pk).update(amount="999.00")
    services.close_counter(unit=company.k1, by=supervisor, now=EVENING)
    assert CounterClose.objects.exists()


def test_nobody_else_closes_days() -> None:
    """The calendar's own close takes no list: only this app calls it, so that no day is closed without one."""
    package = Path(apps.get_app_config("base").path).parent
    callers = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if "tests" not in path.parts and "close_day(" in path.read_text(encoding="utf-8")
    }
    assert "apps/daily_close/services/counters.py" in callers
    allowed = {"apps/daily_close/services/counters.py", "apps/calendar/services/days.py"}
    assert {path for path in callers - allowed if not path.endswith("management/demo.py")} == set()
