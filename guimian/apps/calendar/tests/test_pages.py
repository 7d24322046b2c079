"""The pages: what was typed stays, refusals cite their clause, buttons stand for those who may, parts refresh by topic."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from guimian.apps.calendar import services
from guimian.apps.calendar.models import BusinessDay, CalendarDay, CalendarYear, Hours
from guimian.apps.calendar.services import days, holidays
from guimian.apps.calendar.services import hours as hours_services
from guimian.apps.calendar.tests.rows import browser, hours, opened, shut
from guimian.apps.organisation.models import Person, Unit
from guimian.apps.organisation.tests.cast import Company, make_unit

BAD = {
    "day_kind": "WORKDAY", "is_open": "on", "work_from": "08:30", "open_from": "08:40", "open_to": "17:20",
    "work_to": "17:30", "banks_until": "17:00",
}  # fmt: skip
GOOD = BAD | {"open_from": "09:00", "open_to": "16:30"}


def today(unit: Unit) -> date:
    return unit.local_day(timezone.now())


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def shown_times(text: str) -> dict[str, str]:
    """What the time fields of a form hold."""
    return dict(re.findall(r'<input type="time" name="(\w+)" value="(\d\d:\d\d)"', text))


# ---------------------------------------------------------------- the day
def test_a_day_from_its_page(company: Company, supervisor: Person, closing_officer: Person) -> None:
    """The supervisor opens it, the closing officer begins the close; each page offers the next step only."""
    day, boss, closer = today(company.k1), browser(supervisor), browser(closing_officer)
    assert "/u/K1/day/open/" in page(boss, "/u/K1/day/") and "/u/K1/day/open/" not in page(closer, "/u/K1/day/")
    assert boss.post("/u/K1/day/open/").headers["Location"] == "/u/K1/day/"
    assert f"/u/K1/day/{day}/closing/" in page(closer, "/u/K1/day/")
    assert closer.post(f"/u/K1/day/{day}/closing/").headers["Location"] == f"/u/K1/day/{day}/"
    closing = page(closer, f"/u/K1/day/{day}/")
    assert f'href="{reverse(settings.DAY_CLOSE_ROUTE, args=["K1"])}"' in main_part(closing)
    services.close_day(day=BusinessDay.objects.get(), by=closing_officer, now=timezone.now())
    whole = main_part(page(closer, "/u/K1/day/"))
    assert all(words in whole for words in ("Day opened", "Closing started", "Day closed", "The seal of the close"))
    assert "<form" not in whole


def main_part(text: str) -> str:
    return text.partition("<main")[2].partition("</main>")[0]


def test_who_may_not_is_told_who_may(company: Company, teller: Person, supervisor: Person) -> None:
    client = browser(teller)
    assert "The counter supervisor or the centre manager opens the day." in page(client, "/u/K1/day/")
    opened(company.k1, supervisor, today(company.k1), at=timezone.now())
    assert "closing officer close the day" in page(client, "/u/K1/day/")


def test_a_day_that_is_refused_says_why_on_its_page(company: Company, supervisor: Person) -> None:
    client, earlier = browser(supervisor), today(company.k1) - timedelta(days=1)
    opened(company.k1, supervisor, earlier, at=timezone.now() - timedelta(days=1))
    shown = page(client, "/u/K1/day/")
    assert f'href="/u/K1/day/{earlier}/"' in shown and "/u/K1/day/open/" not in shown
    answer = client.post("/u/K1/day/open/")
    text = answer.content.decode()
    assert answer.status_code == 422
    refusal = text.partition('class="refusals"')[2].partition("</section>")[0]
    assert all(words in refusal for words in ("Close the earlier day first", "R5.3", earlier.isoformat()))
    for status in (302, 422):
        answer = client.post(f"/u/K1/day/{earlier}/closing/")
        assert answer.status_code == status
    assert "The day is in another state by now." in answer.content.decode()


def test_a_shut_counter_offers_no_opening(company: Company, supervisor: Person) -> None:
    for kind in ("WORKDAY", "SATURDAY", "SUNDAY", "HOLIDAY"):
        shut(company.k1, kind)
    text = page(browser(supervisor), "/u/K1/day/")
    assert "By its hours the counter is shut" in text and "/u/K1/day/open/" not in text


def test_a_day_nobody_opened_cannot_be_closed(company: Company, supervisor: Person) -> None:
    assert browser(supervisor).post(f"/u/K1/day/{today(company.k1)}/closing/").status_code == 404


@pytest.mark.parametrize(
    "address",
    ["day/2026-13-01/", "day/2026-02-30/", "day/0001-01-01/", "day/9999-12-31/", "day/0000-01-01/", "day/today/",
     "calendar/0/", "calendar/9999/", "calendar/99999999999999999999/", "calendar/2026/13/", "calendar/2026/0/"],
)  # fmt: skip
def test_no_day_of_any_calendar_is_not_found(company: Company, hq_officer: Person, address: str) -> None:
    client = browser(hq_officer)
    for code in ("K1", "HQ"):
        page(client, f"/u/{code}/{address}", 404)


@pytest.mark.parametrize("address", ["day/1900-01-01/", "day/2999-12-31/", "calendar/1900/", "calendar/2999/12/"])
def test_far_days_are_shown(company: Company, hq_officer: Person, address: str) -> None:
    client = browser(hq_officer)
    for code in ("K1", "HQ"):
        page(client, f"/u/{code}/{address}")


def test_the_days_of_a_city(company: Company, city_officer: Person, supervisor: Person) -> None:
    """R5.6: how many are open, which is late, which was never closed; each row leads to its counter."""
    now, day = timezone.now(), today(company.k1)
    opened(company.k1, supervisor, day, at=now)
    opened(company.k2, supervisor, day - timedelta(days=2), at=now - timedelta(days=2))
    client = browser(city_officer)
    text = page(client, "/u/C11/day/")
    assert f'href="/u/K1/day/{day}/"' in text and 'href="/u/C11/day/all/?state=standing"' in text
    followed = page(client, "/u/C11/day/all/?state=standing")
    assert (day - timedelta(days=2)).isoformat() in followed and f'href="/u/K1/day/{day}/"' not in followed
    sheet = load_workbook(BytesIO(client.get("/u/C11/day/?export=xlsx").content)).active
    assert sheet is not None and sheet.max_row == 3


def test_the_list_of_days_asks_no_more_for_more_rows(
    company: Company, city_officer: Person, supervisor: Person
) -> None:
    client, counted, day = browser(city_officer), [], today(company.k1)
    for first, last in ((1, 3), (3, 45)):
        for number in range(first, last):
            at = timezone.now() - timedelta(days=number)
            opened(company.k1, supervisor, day - timedelta(days=number), "CLOSED", at)
        page(client, "/u/C11/day/all/")
        with CaptureQueriesContext(connection) as asked:
            page(client, "/u/C11/day/all/")
        counted.append(len(asked))
    assert counted[0] == counted[1]


# ---------------------------------------------------------------- hours
def test_a_broken_margin_keeps_what_was_typed_and_names_the_time_that_passes(company: Company, manager: Person) -> None:
    tomorrow = (today(company.k1) + timedelta(days=1)).isoformat()
    answer = browser(manager).post("/u/K1/hours/set/", BAD | {"from_date": tomorrow})
    text = answer.content.decode()
    assert answer.status_code == 422 and not Hours.objects.exists()
    assert shown_times(text) == {name: value for name, value in BAD.items() if ":" in value}
    assert f'value="{tomorrow}"' in text
    for words in ("doors open at 09:00 or later", "doors close at 16:30 or earlier", "10 min", "R1.3"):
        assert words in text


def test_hours_are_set_from_the_form_and_stand_on_the_page(company: Company, manager: Person) -> None:
    client, tomorrow = browser(manager), today(company.k1) + timedelta(days=1)
    answer = client.post("/u/K1/hours/set/", GOOD | {"from_date": tomorrow.isoformat()})
    assert answer.headers["Location"] == "/u/K1/hours/"
    text = page(client, "/u/K1/hours/")
    row = Hours.objects.get()
    assert "Planned" in text and f"/u/K1/hours/{row.pk}/withdraw/" in text
    assert shown_times(page(client, "/u/K1/hours/set/?days=SATURDAY")) == {
        name: value for name, value in GOOD.items() if ":" in value
    }
    client.post(f"/u/K1/hours/{row.pk}/withdraw/")
    assert not Hours.objects.exists()


def test_hours_in_force_are_not_taken_back(company: Company, manager: Person) -> None:
    row = hours(company.k1)
    answer = browser(manager).post(f"/u/K1/hours/{row.pk}/withdraw/")
    assert answer.status_code == 422 and "Only hours that have not begun" in answer.content.decode()
    assert browser(manager).post(f"/u/K2/hours/{row.pk}/withdraw/").status_code == 404


def test_a_shut_day_needs_no_times_and_an_open_one_asks_for_each(company: Company, manager: Person) -> None:
    client, day = browser(manager), today(company.k1).isoformat()
    answer = client.post(
        "/u/K1/hours/set/", {"day_kind": "SUNDAY", "from_date": day, "is_open": "on", "open_from": "09:00"}
    )
    assert answer.status_code == 422 and answer.content.decode().count("field-wrong") == 3
    client.post("/u/K1/hours/set/", {"day_kind": "SUNDAY", "from_date": day})
    assert Hours.objects.get().is_open is False


def test_working_hours_follow_those_above(company: Company, cast: Mapping[str, Person]) -> None:
    """R1.3: the counter's own people read hours, those above it set them."""
    for name in ("supervisor", "teller"):
        assert "/u/K1/hours/set/" not in page(browser(cast[name]), "/u/K1/hours/")
        assert browser(cast[name]).get("/u/K1/hours/set/").status_code == 403
    for name in ("manager", "city_officer", "province_officer"):
        assert "/u/K1/hours/set/" in page(browser(cast[name]), "/u/K1/hours/")


def test_the_hours_of_a_city_with_their_verdicts(company: Company, city_officer: Person) -> None:
    hours(company.k1)
    Hours.objects.update(open_to="17:20")
    make_unit("K3", company.s111, "停业柜面", place="COUNTY", size="SMALL")
    shut(Unit.objects.get(code="K3"))
    client = browser(city_officer)
    text = page(client, "/u/C11/hours/")
    assert all(words in text for words in ("09:00–17:20", "Not met", "Not set", "Shut"))
    assert "09:00–17:20" not in page(client, "/u/C11/hours/?state=NONE")
    sheet = load_workbook(BytesIO(client.get("/u/C11/hours/?export=xlsx").content)).active
    assert sheet is not None and [cell.value for cell in sheet[2]][1] == "09:00–17:20"


# ---------------------------------------------------------------- the State's calendar
def test_headquarters_mark_confirm_and_take_away(company: Company, hq_officer: Person) -> None:
    client, year = browser(hq_officer), today(company.hq).year + 1
    first = date(year, 1, 1)
    assert "/u/HQ/calendar/mark/" in page(client, f"/u/HQ/calendar/{year}/")
    client.post(
        "/u/HQ/calendar/mark/", {"day": first, "last": first + timedelta(days=1), "kind": "HOLIDAY", "name": "元旦"}
    )
    assert CalendarDay.objects.count() == 2
    client.post(f"/u/HQ/calendar/{year}/confirm/", {"source": "国办发明电〔2026〕7号"})
    assert CalendarYear.objects.get(year=year).is_confirmed
    text = page(client, f"/u/HQ/calendar/{year}/")
    assert "国办发明电" in text and f"/u/HQ/calendar/{first}/unmark/" in text
    client.post(f"/u/HQ/calendar/{first}/unmark/")
    assert CalendarDay.objects.get().day == first + timedelta(days=1)


def test_a_mark_that_is_refused_keeps_what_was_typed(company: Company, hq_officer: Person) -> None:
    day = today(company.hq)
    answer = browser(hq_officer).post("/u/HQ/calendar/mark/", {"day": day, "kind": "HOLIDAY", "name": "司庆"})
    text = answer.content.decode()
    assert (
        answer.status_code == 422
        and "司庆" in text
        and "A day that has begun stays as it was." in text
        and "R2.3" in text
    )


def test_a_year_that_is_known_is_put_in_by_a_button(company: Company, hq_officer: Person) -> None:
    client = browser(hq_officer)
    assert "/u/HQ/calendar/2025/seed/" in page(client, "/u/HQ/calendar/2025/")
    client.post("/u/HQ/calendar/2025/seed/")
    assert CalendarDay.objects.filter(day__year=2025).count() > 20
    assert "/u/HQ/calendar/2051/seed/" not in page(client, "/u/HQ/calendar/2051/")
    client.post("/u/HQ/calendar/2051/seed/")
    assert not CalendarYear.objects.get(year=2051).is_confirmed


def test_below_headquarters_the_calendar_is_only_read(
    company: Company, hq_officer: Person, city_officer: Person
) -> None:
    client = browser(hq_officer)
    text = page(client, "/u/K1/calendar/2027/")
    assert "Kept at headquarters" in text and "/calendar/mark/" not in text
    assert client.post("/u/K1/calendar/2025/seed/").status_code == 422
    assert "Kept at headquarters" not in page(browser(city_officer), "/u/C11/calendar/")
    assert not CalendarDay.objects.exists()


# ---------------------------------------------------------------- live
def test_the_pages_listen_to_what_the_services_tell(company: Company, hq_officer: Person) -> None:
    """A page that shows a thing refetches its part when a service publishes the topic of it."""
    make_unit("K3", company.s111, "新柜面", place="COUNTY", size="SMALL")
    client, year = browser(hq_officer), today(company.hq).year
    wanted = {
        "/u/K1/day/": {days.TOPIC, hours_services.TOPIC, holidays.TOPIC},
        "/u/C11/day/": {days.TOPIC},
        "/u/C11/day/all/": set(),
        "/u/K1/hours/": {hours_services.TOPIC},
        "/u/HQ/calendar/": {holidays.TOPIC},
        f"/u/K1/calendar/{year}/1/": {days.TOPIC, hours_services.TOPIC, holidays.TOPIC},
    }
    for address, topics in wanted.items():
        text = page(client, address)
        told = {topic for said in re.findall(r'data-live="([^"]*)"', text) for topic in said.split()}
        assert topics <= told, address
        for part, source in re.findall(r'id="(\w+)" data-live="[^"]*" hx-get="([^"]*)"', text):
            assert f'id="{part}"' in page(client, source)
