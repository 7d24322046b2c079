"""Promises of the follow-up: what was not closed stands on top and becomes a finding, once, until it is closed (R5.6)."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from guimian.apps.calendar.models import BusinessDay
from guimian.apps.daily_close import queries, services
from guimian.apps.daily_close.models import CounterClose
from guimian.apps.daily_close.tests.rows import EVENING, make_ready
from guimian.apps.daily_close.views import history
from guimian.apps.organisation.models import Person, Unit
from guimian.apps.organisation.tests.cast import Company, acting, make_unit
from guimian.apps.reception.tests.rows import TODAY, at, make_day
from guimian.base.findings import services as findings
from guimian.base.models import Finding
from tests.access.routes import signed_in

TOMORROW = TODAY + timedelta(days=1)
MORNING = at(23 * 60)  # eight o'clock of the next day
URL = "/u/{}/close/days/"


class Morning:
    now = staticmethod(lambda: MORNING)


@pytest.fixture(autouse=True)
def morning(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "timezone", Morning)


@pytest.fixture
def closed_and_not(company: Company, teller: Person, supervisor: Person) -> CounterClose:
    """K1 closed yesterday in time, K2 did not close."""
    make_ready(company.k1, teller)
    make_day(company.k2, supervisor)
    return services.close_counter(unit=company.k1, by=supervisor, now=EVENING)


def stands(person: Person, unit: Unit) -> list[tuple[str, str]]:
    return [(row.unit.code, row.stands) for row in queries.closes_visible_to(acting(person), unit, TOMORROW)]


def test_what_was_not_closed_stands_on_top(
    company: Company, city_officer: Person, outsider: Person, closed_and_not: CounterClose
) -> None:
    assert stands(city_officer, company.c11) == [("K2", "MISSING"), ("K1", "CLOSED")]
    assert stands(outsider, company.c11) == []
    page = signed_in(city_officer).get(URL.format("C11")).content.decode()
    assert page.index("Liberation Road") < page.index("People&#x27;s Road") and "Not closed" in page
    found = queries.followed_up(acting(city_officer), company.c11, TOMORROW)
    assert (found.day, found.counters, found.closed, found.late, found.missing) == (TODAY, 2, 1, 0, 1)


def test_filters_and_excel(company: Company, manager: Person, closed_and_not: CounterClose) -> None:
    client = signed_in(manager)
    page = client.get(f"{URL.format('S111')}?stands=MISSING").content.decode()
    assert "Liberation Road" in page and "close/days/2026-11-23/" not in page
    book = load_workbook(BytesIO(client.get(f"{URL.format('S111')}?stands=CLOSED&export=xlsx").content))
    assert len(list(book.active.values)) >= 2 if book.active else False


def test_each_morning_what_is_missing_becomes_a_finding_once(company: Company, closed_and_not: CounterClose) -> None:
    assert services.follow_up(now=MORNING) == 1
    assert services.follow_up(now=MORNING) == 0
    finding = Finding.objects.get(code="daily_close.not_closed")
    assert (finding.unit, finding.clause, finding.found_by) == (company.k2, "R5.6", None)
    assert services.follow_up(now=EVENING) == 0  # on its own day it is not over


def test_a_late_close_is_a_finding(company: Company, teller: Person, supervisor: Person) -> None:
    make_ready(company.k1, teller)
    services.close_counter(unit=company.k1, by=supervisor, now=at(10 * 60))  # seven in the evening
    assert services.follow_up(now=MORNING) == 1
    finding = Finding.objects.get()
    assert (finding.code, finding.clause) == ("daily_close.late", "R5.5")
    assert "19:00" in finding.what and "18:30" in finding.what


def test_a_day_followed_up_and_then_closed_stays_one_finding(
    company: Company, teller: Person, supervisor: Person, manager: Person
) -> None:
    make_ready(company.k1, teller)
    services.follow_up(now=MORNING)
    services.close_counter(unit=company.k1, by=supervisor, now=MORNING)
    finding = Finding.objects.get()
    action = findings.assign_action(
        finding=finding, what="", owner=supervisor, due_date=TOMORROW, by=manager, now=MORNING
    )
    findings.report_done(action=action, note="已补日结", by=supervisor, now=MORNING)
    action.refresh_from_db()
    findings.verify_action(action=action, note="", by=manager, now=MORNING)
    assert services.follow_up(now=MORNING) == 0
    assert Finding.objects.get().state == "CLOSED"


def test_a_finding_closed_too_soon_is_opened_again(company: Company, closed_and_not: CounterClose) -> None:
    services.follow_up(now=MORNING)
    Finding.objects.update(state="CLOSED", closed_at=MORNING)
    services.follow_up(now=MORNING)
    assert Finding.objects.get().state == "OPEN"


@pytest.mark.parametrize("code", ["C11", "HQ"])
def test_more_counters_need_no_more_queries(
    company: Company, hq_officer: Person, supervisor: Person, code: str
) -> None:
    client, counts = signed_in(hq_officer), []
    client.get(URL.format(code))  # the session and the like
    for total in (1, 300):
        for number in range(0 if total == 1 else 1, total):
            unit = make_unit(f"K5{number:03}", company.s111, "柜面", "", "URBAN", "LARGE")
            BusinessDay.objects.create(
                unit=unit, day=date(2026, 11, 1 + number % 22), opened_at=EVENING, opened_by=supervisor
            )
        with CaptureQueriesContext(connection) as captured:
            assert client.get(URL.format(code)).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]
