"""The page for the door: for everybody, of opening hours only. Working hours are never published (R1.3)."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guimian.apps.calendar import queries
from guimian.apps.calendar.models import CalendarDay
from guimian.apps.calendar.queries import door
from guimian.apps.calendar.tests.rows import TODAY, hours, shut
from guimian.apps.organisation.models import Unit
from guimian.apps.organisation.tests.cast import Company

WORKS, ENDS, BANKS = "07:53", "18:47", "18:29"


def internal(company: Company) -> None:
    """Hours whose internal times stand nowhere else; some begin later only, some hold on holidays."""
    now, since = timezone.now(), date(2021, 1, 4)
    times: dict[str, Any] = {
        "work_from": time.fromisoformat(WORKS),
        "work_to": time.fromisoformat(ENDS),
        "banks_until": time.fromisoformat(BANKS),
    }
    hours(company.k1, from_date=since, **times)
    hours(company.k1, "HOLIDAY", from_date=since, **times)
    hours(company.k1, from_date=company.k1.local_day(now) + timedelta(days=3), open_to=time(16), now=now, **times)
    shut(company.k1, "SUNDAY", from_date=since)
    for number in (5, 6):
        CalendarDay.objects.create(day=company.k1.local_day(now) + timedelta(days=number), kind="HOLIDAY", name="节日")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_working_hours_never_stand_on_the_door(company: Company, client: Client, language: str) -> None:
    internal(company)
    with CaptureQueriesContext(connection) as asked:
        page = client.get("/door/K1/", headers={"accept-language": language}).content.decode()
    assert "09:00–16:30" in page
    assert not [at for at in (WORKS, ENDS, BANKS, "work") if at in page.partition("<main")[2].partition("</main>")[0]]
    read = [query["sql"] for query in asked if "calendar_hours" in query["sql"]]
    assert read and not any("work_from" in sql or "work_to" in sql or "banks_until" in sql for sql in read)


def test_a_door_that_reads_working_hours_is_seen(
    company: Company, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: somebody puts them among what is published."""
    internal(company)
    monkeypatch.setattr(door, "PUBLISHED", (*door.PUBLISHED, "work_from"))
    with CaptureQueriesContext(connection) as asked:
        client.get("/door/K1/")
    assert any("work_from" in query["sql"] for query in asked)


def test_anybody_reads_it_without_signing_in(company: Company, client: Client) -> None:
    Unit.objects.filter(code="K1").update(address="人民路 1 号")
    hours(company.k1)
    page = client.get("/door/K1/").content.decode()
    assert "人民路 1 号" in page and "09:00–16:30" in page


@pytest.mark.parametrize("code", ["S111", "HQ", "K404", "k1"])
def test_only_counters_have_a_door(company: Company, client: Client, code: str) -> None:
    assert client.get(f"/door/{code}/").status_code == 404


def test_a_counter_that_is_closed_has_no_door_any_more(company: Company, client: Client) -> None:
    Unit.objects.filter(code="K1").update(closed_on=timezone.localdate())
    assert client.get("/door/K1/").status_code == 404


def test_without_hours_it_does_not_say_shut(company: Company, client: Client) -> None:
    """Nobody has said that the counter is shut: it is only not known yet."""
    page = client.get("/door/K1/", headers={"accept-language": "en"}).content.decode()
    assert "not announced yet" in page and "Closed" not in page


def test_holidays_in_a_row_are_one_line(company: Company) -> None:
    hours(company.k1)
    shut(company.k1, "HOLIDAY")
    for number, name in ((10, "国庆节"), (11, "国庆节"), (13, "中秋节"), (14, "国庆节"), (20, "国庆节")):
        CalendarDay.objects.create(day=TODAY + timedelta(days=number), kind="HOLIDAY", name=name)
    CalendarDay.objects.create(day=TODAY + timedelta(days=12), kind="WORKDAY", name="国庆节")
    soon = queries.door_page(company.k1, TODAY).soon
    assert [((one.first - TODAY).days, (one.last - TODAY).days, one.made_up) for one in soon] == [
        (10, 11, False), (12, 12, True), (13, 13, False), (14, 14, False), (20, 20, False),
    ]  # fmt: skip


def test_a_change_to_come_is_told_with_its_day(company: Company) -> None:
    hours(company.k1)
    later = TODAY + timedelta(days=8)
    shut(company.k1, from_date=later)
    page = queries.door_page(company.k1, TODAY)
    assert [(one.from_date, one.open_from) for one in page.later] == [(later, None)]
    assert (page.since, page.hours[0].open_from) == (date(2026, 1, 5), time(9))
