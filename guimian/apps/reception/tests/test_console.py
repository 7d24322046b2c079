"""Promises of the teller's console: a day's work by posts, refusals with their clause, only one's own."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company, make_person
from guimian.apps.reception import services
from guimian.apps.reception.models import BusinessRecord, Seat, Ticket
from guimian.apps.reception.tests.rows import make_service, make_window
from guimian.apps.reception.tests.test_guests import open_today
from guimian.base.access import Role
from tests.access.routes import signed_in

HERE = "/u/K1/reception"
#: Keys of the house (app.js): a key of the console must be none of them.
HOUSE_KEYS = set("?/ugp")


def press(client: Client, deed: str, **data: Any) -> Any:
    return client.post(f"{HERE}/console/{deed}/", data, headers={"HX-Request": "true"})


def text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def at_work(company: Company, teller: Person) -> Client:
    """A teller's browser; the day is open, window 1 serves CHANGE, three customers wait for it."""
    open_today(company.k1, teller)
    service = make_service()
    make_window(company.k1, 1, service)
    make_window(company.k1, 2, service)
    for priority in ("NORMAL", "NORMAL", "OLDER"):
        services.issue_ticket(unit=company.k1, service=service, priority=priority, by=None, now=timezone.now())
    return signed_in(teller)


def test_a_visit_from_the_window_to_the_record(at_work: Client, teller: Person) -> None:
    assert 'data-key="1"' in text(at_work.get(f"{HERE}/console/"))
    assert "Window 1 is yours." in text(press(at_work, "take", window=1))
    assert ">A003<" in text(press(at_work, "next"))  # the older customer stands earlier
    press(at_work, "came")
    visit = Ticket.objects.get(state="SERVING")
    data = {"visit": visit.pk, "reference": "P32-1", "direction": "IN", "amount": "12.50", "way": "CASH", "papers": 2}
    assert "Recorded as number 1." in text(at_work.post(f"{HERE}/records/attach/", data))
    record = BusinessRecord.objects.get()
    assert (record.ticket, record.amount, record.teller, record.service) == (
        visit,
        Decimal("12.50"),
        teller,
        visit.service,
    )
    assert "A003 is served." in text(press(at_work, "finish"))
    assert press(at_work, "leave").status_code == 200
    assert Seat.objects.get().left_at is not None


def test_the_line_tells_why_it_is_ordered_so(at_work: Client) -> None:
    shown = text(at_work.get(f"{HERE}/console/"))
    assert shown.index("A003") < shown.index("A001") < shown.index("A002")
    assert "stands 15 minutes earlier" in shown


def test_only_windows_that_are_free_can_be_taken(at_work: Client, company: Company) -> None:
    other = signed_in(make_person("90000001", "另一人", Role.TELLER, company.k1))
    press(at_work, "take", window=1)
    shown = text(other.get(f"{HERE}/console/"))
    assert 'data-key="2"' in shown and 'data-key="1"' not in shown and "Zheng Jie" in shown
    refused = press(other, "take", window=1)
    assert refused.status_code == 422
    assert "Somebody sits at this window." in text(refused) and "R2.1" in text(refused)


@pytest.mark.parametrize(
    ("deeds", "says", "clause"),
    [
        (["next"], "Take a window first.", "R2.1"),
        (["take", "came"], "Nobody is at this window.", "R6.3"),
        (["take", "next", "next"], "A customer is at this window", "R6.3"),
        (["take", "next", "miss"], "Call the number again before you pass it over.", "R6.3"),
        (["take", "next", "leave"], "Finish with the customer first.", "R6.3"),
        (["take", "next", "came", "came"], "The number is in another state by now.", "R6.3"),
    ],
)
def test_a_refusal_says_why_with_its_clause(at_work: Client, deeds: list[str], says: str, clause: str) -> None:
    answers = [press(at_work, deed, window=1) for deed in deeds]
    assert [answer.status_code for answer in answers] == [200] * (len(deeds) - 1) + [422]
    said = text(answers[-1]).split('id="said"')[1].split('id="hall"')[0]
    assert says in said and clause in said


def test_a_number_is_passed_over_after_two_calls(at_work: Client) -> None:
    for deed in ("take", "next", "again"):
        press(at_work, deed, window=1)
    assert "A003 is passed over." in text(press(at_work, "miss"))
    assert Ticket.objects.get(state="MISSED").label == "A003"


def test_nobody_waits(at_work: Client) -> None:
    Ticket.objects.all().delete()
    press(at_work, "take", window=1)
    assert "Nobody waits for what this window serves." in text(press(at_work, "next"))


def test_a_record_without_a_visit_says_its_service(at_work: Client) -> None:
    answer = at_work.post(f"{HERE}/records/attach/", {"direction": "NONE", "way": "NONE"})
    assert answer.status_code == 422 and "Say which service, as there is no visit." in text(answer)
    answer = at_work.post(f"{HERE}/records/attach/", {"service": "CHANGE", "direction": "NONE", "way": "NONE"})
    assert answer.status_code == 200 and BusinessRecord.objects.get().ticket is None


def test_money_without_a_way_is_refused_and_what_was_typed_stays(at_work: Client) -> None:
    data = {"service": "CHANGE", "direction": "IN", "amount": "7.00", "way": "NONE", "reference": "TYPED-1"}
    answer = at_work.post(f"{HERE}/records/attach/", data)
    assert answer.status_code == 422
    assert "Money that moves has an amount and a way of payment." in text(answer) and "R5.4" in text(answer)
    assert 'value="TYPED-1"' in text(answer) and not BusinessRecord.objects.exists()


def test_a_record_belongs_to_a_visit_of_ones_own_window(at_work: Client, company: Company) -> None:
    press(at_work, "take", window=1)
    stranger = Ticket.objects.filter(state="WAITING").first()
    assert stranger is not None
    answer = at_work.post(f"{HERE}/records/attach/", {"visit": stranger.pk, "direction": "NONE", "way": "NONE"})
    assert answer.status_code == 422 and not BusinessRecord.objects.exists()


def test_a_record_is_voided_by_its_teller_with_a_reason(at_work: Client, company: Company) -> None:
    at_work.post(f"{HERE}/records/attach/", {"service": "CHANGE", "direction": "NONE", "way": "NONE"})
    void = f"{HERE}/records/{BusinessRecord.objects.get().pk}/void/"
    assert "Say why it is voided." in text(at_work.post(void))
    other = signed_in(make_person("90000001", "另一人", Role.TELLER, company.k1))
    assert "Only who made the record voids it." in text(other.post(void, {"reason": "x"}))
    assert BusinessRecord.objects.get().voided_at is None
    assert "Number 1 is voided." in text(at_work.post(void, {"reason": "Typed twice"}))
    assert "Typed twice" in text(at_work.get(f"{HERE}/console/"))


def test_others_records_are_not_shown(at_work: Client, company: Company) -> None:
    other = signed_in(make_person("90000001", "另一人", Role.TELLER, company.k1))
    data = {"service": "CHANGE", "direction": "NONE", "way": "NONE", "reference": "SECRET-REF"}
    assert "SECRET-REF" in text(other.post(f"{HERE}/records/attach/", data))
    assert "SECRET-REF" not in text(at_work.get(f"{HERE}/console/"))


def test_before_the_day_is_open_no_window_can_be_taken(company: Company, teller: Person) -> None:
    make_window(company.k1, 1, make_service())
    client = signed_in(teller)
    shown = text(client.get(f"{HERE}/console/"))
    assert "day is not open" in shown and "data-key" not in shown
    refused = press(client, "take", window=1)
    assert refused.status_code == 422 and "R1.1" in text(refused)


@pytest.mark.parametrize("window", ["", "x", "99", "-1", "１", "1" * 40])
def test_a_window_that_is_none_is_not_found(at_work: Client, window: str) -> None:
    assert press(at_work, "take", window=window).status_code == 404


def test_no_key_of_the_console_is_one_of_the_house(at_work: Client) -> None:
    keys: set[str] = set()
    for deed in ("", "take", "next", "came", "finish"):
        answer = press(at_work, deed, window=1) if deed else at_work.get(f"{HERE}/console/")
        found = re.findall(r'data-key="(.)"', text(answer))
        assert len(found) == len(set(found)), "a key does one thing"
        keys |= set(found)
    assert {"n", "s", "r", "x", "f", "l", "b", "1"} <= keys
    assert not keys & HOUSE_KEYS


def test_only_counters_have_consoles_and_only_tellers_use_them(
    company: Company, guide: Person, manager: Person
) -> None:
    assert signed_in(guide).get(f"{HERE}/console/").status_code == 403
    supervisor = make_person("90000002", "主管", Role.SUPERVISOR, company.s111)
    assert signed_in(supervisor).get("/u/S111/reception/console/").status_code == 404
    assert signed_in(manager).get(f"{HERE}/console/").status_code == 403
