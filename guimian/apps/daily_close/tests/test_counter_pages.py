"""Promises of the counter's pages: who is missing stands there, and the closed list carries the seal."""

from __future__ import annotations

import pytest
from django.test import Client

from guimian.apps.calendar.models import BusinessDay
from guimian.apps.daily_close import queries, services
from guimian.apps.daily_close.models import CounterClose, TellerClose
from guimian.apps.daily_close.tests.clock import Evening, at_evening
from guimian.apps.daily_close.tests.rows import EVENING, confirm, make_ready, make_record
from guimian.apps.daily_close.views import counters
from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company
from guimian.apps.reception.tests.rows import TODAY, make_day
from tests.access.routes import signed_in

CLOSE = "/u/K1/close/"
LIST = "/u/K1/close/days/2026-11-23/"


@pytest.fixture(autouse=True)
def evening(monkeypatch: pytest.MonkeyPatch) -> None:
    at_evening(monkeypatch, counters)


@pytest.fixture
def day(company: Company, teller: Person, cashier: Person) -> BusinessDay:
    return make_ready(company.k1, teller, cashier)


def text(client: Client, url: str = CLOSE) -> str:
    return client.get(url).content.decode()


def test_each_teller_stands_there_with_what_is_missing(
    company: Company, teller: Person, supervisor: Person, day: BusinessDay
) -> None:
    make_record(company.k1, teller)
    page = text(signed_in(supervisor))
    assert "Zheng Jie" in page and "Changed since: confirm again" in page and "Confirmed" in page
    assert "Every teller has confirmed the list as it stands" in page and "18:30" in page


def test_the_closing_is_started_and_the_day_closed(
    company: Company, supervisor: Person, teller: Person, closing_officer: Person
) -> None:
    make_day(company.k1, supervisor)
    make_record(company.k1, teller, "12.00")
    client = signed_in(closing_officer)
    assert "Start closing" in text(client)
    client.post(f"{CLOSE}start/")
    refused = client.post(f"{CLOSE}do/", {"notes": ""})
    assert refused.status_code == 422 and "Zheng Jie" in refused.content.decode()
    confirm(company.k1, teller)
    answer = client.post(f"{CLOSE}do/", {"notes": "一切相符"})
    assert answer.headers["Location"] == LIST
    close = CounterClose.objects.get()
    assert (close.notes, close.closed_by) == ("一切相符", closing_officer)
    assert "No business is done in it any more" in text(client)


def test_the_closed_list_carries_lists_sums_and_seal(
    company: Company, supervisor: Person, archivist: Person, day: BusinessDay
) -> None:
    close = services.close_counter(unit=company.k1, by=supervisor, now=EVENING)
    page, seal = text(signed_in(archivist), LIST), queries.seal_of(company.k1, TODAY)
    assert seal is not None
    for said in (seal.digest, f"up to row {seal.seq}", close.digest, "¥240.60", "By way of payment", "Archivist"):
        assert said in page
    assert "print-only" in page


def test_a_list_is_reviewed_and_sent_back(company: Company, teller: Person, manager: Person, day: BusinessDay) -> None:
    client, url = signed_in(manager), f"{LIST}tellers/{teller.staff_number}/"
    assert "Send it back" in text(client, url)
    assert client.post(f"{url}return/", {"reason": ""}).status_code == 422
    client.post(f"{url}return/", {"reason": "第 1 笔无复印件"})
    assert TellerClose.objects.get(teller=teller).state == "RETURNED"
    assert "Sent back" in text(client)


def test_the_day_of_the_calendar_leads_here(supervisor: Person, day: BusinessDay) -> None:
    page = text(signed_in(supervisor), "/u/K1/day/2026-11-23/")
    assert f'href="{CLOSE}"' in page and 'name="close"' not in page


def test_today_asks_for_what_is_missing(
    company: Company, teller: Person, supervisor: Person, day: BusinessDay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("guimian.apps.today.views.timezone", Evening)
    assert "Confirm your close list" not in text(signed_in(teller), "/u/K1/")
    assert f'href="{CLOSE}"' in text(signed_in(supervisor), "/u/K1/")
    make_record(company.k1, teller)
    page = text(signed_in(teller), "/u/K1/")
    assert "Confirm your close list" in page and 'href="/u/K1/close/mine/"' in page


def test_who_may_what(
    company: Company, teller: Person, closing_officer: Person, city_officer: Person, day: BusinessDay
) -> None:
    url = f"{LIST}tellers/{teller.staff_number}/return/"
    assert signed_in(teller).get(CLOSE).status_code == 403
    assert signed_in(closing_officer).post(url, {"reason": "x"}).status_code == 403
    assert signed_in(city_officer).post(f"{CLOSE}do/").status_code == 403
    assert signed_in(city_officer).get(CLOSE).status_code == 200


def test_nobody_else_has_a_list(company: Company, manager: Person, guide: Person, day: BusinessDay) -> None:
    assert signed_in(manager).get(f"{LIST}tellers/{guide.staff_number}/").status_code == 404
    assert signed_in(manager).get(LIST).status_code == 404  # not closed yet
    assert signed_in(manager).get("/u/S111/close/").status_code == 404


def test_a_day_not_opened_has_nothing_to_close(company: Company, supervisor: Person) -> None:
    client = signed_in(supervisor)
    assert "not opened yet" in text(client)
    assert client.post(f"{CLOSE}start/").status_code == 404
    assert client.post(f"{CLOSE}do/").status_code == 422
