"""One counter's whole day in real browsers: opened, a ticket, served, recorded, rated, closed, seen from the city."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from guimian.apps.organisation.management.demo import register
from guimian.base.access import Role
from tests.support.browser import visitor, watched
from tests.support.server import House

pytestmark = pytest.mark.browser
COUNTER = "K32010102"  # nobody of the demo has opened it today
HERE = f"/u/{COUNTER}"


def staff_number(role: Role, unit: str) -> str:
    return next(one.staff_number for one in register() if (one.role, one.unit) == (role, unit))


@pytest.fixture
def visitors(browser: Browser, demo: House) -> Iterator[list[BrowserContext]]:
    """Whoever came; sent home at the end."""
    came: list[BrowserContext] = []
    yield came
    for context in came:
        context.close()


def somebody(
    visitors: list[BrowserContext], browser: Browser, demo: House, role: Role, unit: str, language: str
) -> Page:
    """A person of the demo's register, signed in at a browser of their own; every question is answered with yes."""
    context = visitor(browser, demo.url, language)
    visitors.append(context)
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    page.goto(f"/accounts/login/?q={staff_number(role, unit)}")
    page.locator(".demo-person").first.click()
    page.wait_for_url("**/u/**")
    return page


def opened(supervisor: Page, row: Locator) -> None:
    """The supervisor opens the day; the city sees it without asking again."""
    expect(row).to_contain_text("尚未开门")
    supervisor.goto(f"{HERE}/day/")
    supervisor.locator("form[action$='/day/open/'] button").click()
    expect(row).to_contain_text("营业中")


def greeted(guide: Page) -> None:
    """The guide gives the first ticket and shows it on paper."""
    guide.goto(f"{HERE}/reception/guide/")
    guide.locator("#offer-CHANGE").click()
    expect(guide.locator(".issued-number")).to_have_text("A001")
    guide.goto(guide.locator(".issued a.btn").get_attribute("href") or "")
    expect(guide.locator("main")).to_contain_text("A001")


def served(teller: Page) -> None:
    """Called, served, and the business recorded."""
    teller.goto(f"{HERE}/reception/console/")
    teller.keyboard.press("1")
    expect(teller.locator("#deed-next")).to_be_visible()
    teller.keyboard.press("n")
    expect(teller.locator(".hall-number")).to_have_text("A001")
    teller.keyboard.press("s")
    expect(teller.locator("#deed-finish")).to_be_visible()
    for name, text in (("reference", "P202611240001"), ("amount", "120.50"), ("papers", "3")):
        teller.locator(f"[name={name}]").fill(text)
    teller.locator("[name=direction]").select_option("IN")
    teller.locator("[name=way]").select_option("CASH")
    teller.locator("[name=reference]").press("Enter")
    expect(teller.locator("#records")).to_contain_text("P202611240001")
    teller.keyboard.press("Escape")
    teller.keyboard.press("f")
    expect(teller.locator("#deed-next")).to_be_visible()


def rated(supervisor: Page, faces: Page) -> None:
    """The pad at the window asks how it was."""
    supervisor.goto(f"{HERE}/reception/devices/")
    faces.goto(supervisor.locator("a[href*='/p/']").first.get_attribute("href") or "")
    faces.locator("[name=score][value='5']").click()
    expect(faces.locator("[name=score]")).to_have_count(0)


def confirmed(teller: Page) -> None:
    """The teller's list held against the papers, the cash counted."""
    teller.goto(f"{HERE}/close/mine/")
    teller.locator(".list-form input[type=checkbox]").first.check()
    teller.locator("[name=counted]").fill("120.50")
    teller.locator("button[value=confirm]").click()
    expect(teller.locator(".notice-success").first).to_contain_text("confirmed")


def closed(supervisor: Page, teller: Page) -> None:
    """Too early at first, as the teller has not confirmed; then for good."""
    close = supervisor.locator("form[action$='/close/do/'] button")
    supervisor.goto(f"{HERE}/close/")
    supervisor.locator("form[action$='/close/start/'] button").click()
    close.click()
    expect(supervisor.locator(".refusals, .refusal").first).to_contain_text("R5.3")
    confirmed(teller)
    supervisor.goto(f"{HERE}/close/")
    close.click()
    expect(supervisor.locator("main")).to_contain_text(re.compile("[0-9a-f]{64}"))
    expect(supervisor.locator("main")).to_contain_text("¥120.50")


def test_a_whole_day(visitors: list[BrowserContext], browser: Browser, demo: House) -> None:
    def person(role: Role, unit: str = COUNTER, language: str = "zh-hans") -> Page:
        return somebody(visitors, browser, demo, role, unit, language)

    supervisor, city = person(Role.SUPERVISOR), person(Role.CITY_OFFICER, "C3201")
    guide, teller = person(Role.GUIDE, language="en"), person(Role.TELLER, language="en")
    complaints = [watched(page) for page in (supervisor, city, guide, teller)]
    pad = visitor(browser, demo.url)
    visitors.append(pad)
    city.goto("/u/C3201/day/")
    row = city.locator("tr", has_text="鼓楼柜面")

    opened(supervisor, row)
    greeted(guide)
    served(teller)
    rated(supervisor, pad.new_page())
    teller.keyboard.press("l")
    expect(teller.locator("#take-1")).to_be_visible()
    closed(supervisor, teller)
    expect(row).to_contain_text("已日结")
    guide.goto(f"{HERE}/reception/guide/")
    expect(guide.locator("#guide-issue")).to_contain_text("No tickets are issued now")
    assert complaints == [[], [], [], []]
