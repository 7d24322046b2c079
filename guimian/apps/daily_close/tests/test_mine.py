"""Promises of a teller's page: the list in the order of numbers, ticked item by item, confirmed or told what is missing."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client
from openpyxl import load_workbook

from guimian.apps.calendar.models import BusinessDay
from guimian.apps.daily_close import queries, services
from guimian.apps.daily_close.models import CloseLine, TellerClose
from guimian.apps.daily_close.tests.clock import at_evening
from guimian.apps.daily_close.tests.rows import EVENING, confirm, make_cause, make_record, start_closing
from guimian.apps.daily_close.views import tellers
from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company
from guimian.apps.reception import services as reception
from guimian.apps.reception.tests.rows import TODAY, at, make_day
from tests.access.routes import signed_in

MINE = "/u/K1/close/mine/"


@pytest.fixture(autouse=True)
def evening(monkeypatch: pytest.MonkeyPatch) -> None:
    at_evening(monkeypatch, tellers)


@pytest.fixture
def day(company: Company, supervisor: Person, teller: Person) -> BusinessDay:
    """A day in its closing with three records of the teller, one of them in cash."""
    row = make_day(company.k1, supervisor)
    for amount, way in (("0", ""), ("120.50", "CARD"), ("80.00", "CASH")):
        make_record(company.k1, teller, amount, way=way)
    start_closing(company.k1, supervisor)
    return row


def filled(company: Company, teller: Person, *ticked: int, **more: str) -> dict[str, str]:
    digest = queries.list_of(company.k1, TODAY, teller).digest
    return {"digest": digest, "counted": "80.00"} | {f"ok_{number}": "on" for number in ticked} | more


def text(client: Client, url: str = MINE) -> str:
    return client.get(url).content.decode()


def test_the_list_stands_in_order_with_its_money(teller: Person, day: BusinessDay) -> None:
    page = text(signed_in(teller))
    assert page.index("ok_1") < page.index("ok_2") < page.index("ok_3")
    assert "¥120.50" in page and "Confirm my list" in page and "Not begun" in page


def test_ticked_and_confirmed(company: Company, teller: Person, day: BusinessDay) -> None:
    client = signed_in(teller)
    answer = client.post(MINE, filled(company, teller, 1, 2, 3, do="confirm"), follow=True)
    assert answer.redirect_chain and "You confirmed this list" in answer.content.decode()
    assert TellerClose.objects.get().state == "CONFIRMED"
    assert "ok_1" not in text(client) and "ok_1" in text(client, f"{MINE}?again=1")


def test_what_is_missing_is_told_at_once_and_what_was_typed_stays(
    company: Company, teller: Person, day: BusinessDay
) -> None:
    answer = signed_in(teller).post(MINE, filled(company, teller, 1, counted="79.00", note_2="缺身份证复印件"))
    page = answer.content.decode()
    assert answer.status_code == 422
    for said in ("not checked yet", "do not agree with the papers", "cash differs from the list", "缺身份证复印件"):
        assert said in page
    assert 'name="ok_1" ' in page and "checked" in page.split('name="ok_1"')[1][:120]
    assert not TellerClose.objects.exists()


def test_differences_are_kept_with_their_cause(company: Company, teller: Person, day: BusinessDay) -> None:
    cause = make_cause()
    said = {"why_2": cause.code, "note_2": "缺身份证复印件", "counted": "79.00", "why_cash": cause.code}
    signed_in(teller).post(MINE, filled(company, teller, 1, 3, **said))
    line = CloseLine.objects.get(agrees=False)
    assert (line.record.number, line.cause, line.note) == (2, cause, "缺身份证复印件")
    assert str(TellerClose.objects.get().cash_difference) == "-1.00"


def test_a_list_is_put_by_and_gone_on_with(company: Company, teller: Person, day: BusinessDay) -> None:
    client = signed_in(teller)
    client.post(MINE, filled(company, teller, 2, do="save"))
    page = text(client)
    assert TellerClose.objects.get().state == "DRAFT"
    assert "checked" in page.split('name="ok_2"')[1][:120] and "checked" not in page.split('name="ok_1"')[1][:120]


def test_what_changed_since_loses_its_tick(company: Company, teller: Person, day: BusinessDay) -> None:
    confirm(company.k1, teller)
    record = queries.list_of(company.k1, TODAY, teller).records[1]
    reception.void_record(record=record, reason="录错", by=teller, now=at(100))
    page = text(signed_in(teller))
    assert "Something changed after you confirmed" in page and "Voided: 录错" in page
    assert "checked" in page.split('name="ok_1"')[1][:120] and "checked" not in page.split('name="ok_2"')[1][:120]


def test_a_list_sent_back_says_why(company: Company, teller: Person, manager: Person, day: BusinessDay) -> None:
    services.return_list(close=confirm(company.k1, teller), reason="第 2 笔无签字", by=manager, now=EVENING)
    page = text(signed_in(teller))
    assert "Zhou Min sent the list back" in page and "第 2 笔无签字" in page


def test_cashiers_count_even_without_cash_on_the_list(cashier: Person, teller: Person, day: BusinessDay) -> None:
    assert 'name="counted"' in text(signed_in(cashier)) and 'name="counted"' in text(signed_in(teller))


def test_the_list_goes_to_excel(teller: Person, day: BusinessDay) -> None:
    book = load_workbook(BytesIO(signed_in(teller).get(f"{MINE}?export=xlsx").content))
    rows = list(book.active.values) if book.active else []
    assert len(rows) >= 4


def test_a_closed_day_has_no_fields(company: Company, teller: Person, supervisor: Person, day: BusinessDay) -> None:
    confirm(company.k1, teller)
    services.close_counter(unit=company.k1, by=supervisor, now=EVENING)
    client = signed_in(teller)
    assert "ok_1" not in text(client, f"{MINE}?again=1")
    assert client.post(MINE, {"digest": "x"}).status_code == 200


def test_before_the_day_is_opened_there_is_nothing(company: Company, teller: Person) -> None:
    assert "not opened yet" in text(signed_in(teller))
    assert signed_in(teller).get("/u/K1/close/mine/").status_code == 200


def test_only_counters_have_lists(company: Company, manager: Person, outsider: Person, guide: Person) -> None:
    assert signed_in(manager).get("/u/S111/close/mine/").status_code in {403, 404}
    assert signed_in(outsider).get(MINE).status_code == 404
    assert signed_in(guide).get(MINE).status_code == 403
