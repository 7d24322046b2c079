"""What people do from one end to the other: change a figure by two, get about by keys, come back after the session ended."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from guimian.apps.organisation.management.demo import PASSWORD
from tests.support.browser import sign_in, visitor
from tests.support.looks import barriers, too_wide
from tests.support.server import ROOT, House

pytestmark = pytest.mark.browser
COUNTER, PROVINCE, FIGURE = "K32010101", "P32", "organisation.windows_flagship"
IDLE = """
from django.contrib.sessions.backends.db import SessionStore
session = SessionStore({key!r})
session["seen_at"] -= 3600
session.save()
"""
Seat = Callable[[str], Page]


@pytest.fixture
def seat(browser: Browser, demo: House) -> Iterator[Seat]:
    """Somebody in a role at a desk of their own."""
    contexts = []

    def taken(role: str) -> Page:
        contexts.append(visitor(browser, demo.url, "en"))
        return sign_in(contexts[-1], role)

    yield taken
    for context in contexts:
        context.close()


def day(later: int) -> str:
    """A day from the counter's today, as addresses and fields take it."""
    return (datetime.now(ZoneInfo("Asia/Shanghai")).date() + timedelta(days=later)).isoformat()


# ---------------------------------------------------------------- a figure changed by two
def in_force(page: Page, later: int) -> str:
    """The figure that the counter is judged by on that day, and who set it."""
    page.goto(f"/u/{COUNTER}/policy/figures/{FIGURE}/?day={day(later)}")
    return page.locator(".stat").first.inner_text()


def judged(page: Page) -> str:
    """What the rules say today of the counter's windows."""
    page.goto(f"/u/{COUNTER}/organisation/")
    return page.locator(".verdict", has_text="F8.2").inner_text()


def proposed(officer: Page, value: str) -> str:
    """The address of a proposal for the whole province; from today on is refused, from tomorrow on is not."""
    officer.goto(f"/u/{PROVINCE}/policy/figures/{FIGURE}/")
    officer.get_by_role("link", name="Propose a change").click()
    officer.get_by_label("New value").fill(value)
    officer.get_by_label("From", exact=True).fill(day(0))
    officer.get_by_label("Reason").fill("Large halls get more windows.")
    officer.get_by_role("button", name="Propose").click()
    expect(officer.get_by_role("alert")).to_contain_text("A change begins tomorrow at the earliest")
    officer.get_by_label("From", exact=True).fill(day(1))
    officer.get_by_role("button", name="Propose").click()
    officer.wait_for_url("**/policy/proposals/*/")
    return officer.url.replace(f"/u/{PROVINCE}/", "/u/HQ/")


def test_a_figure_changes_by_two_people_and_the_past_keeps_its_own(seat: Seat) -> None:
    supervisor, officer, decider = seat("SUPERVISOR"), seat("PROVINCE_OFFICER"), seat("HQ_OFFICER")
    before, verdict = in_force(supervisor, 1), judged(supervisor)
    address = proposed(officer, "77")
    assert officer.get_by_role("button", name="Approve").count() == 0  # not one's own
    assert in_force(supervisor, 1) == before
    decider.goto(address)
    decider.get_by_role("button", name="Approve").click()
    expect(decider.locator("#messages")).to_contain_text("Approved")
    after = in_force(supervisor, 1)
    assert "77" in after and "Jiangsu" in after and "77" not in before
    assert [in_force(supervisor, 0), in_force(supervisor, -1)] == [before, before]
    assert judged(supervisor) == verdict


# ---------------------------------------------------------------- keys
def test_the_keys_do_what_the_help_says(seat: Seat) -> None:
    page = seat("SUPERVISOR")
    page.goto(f"/u/{COUNTER}/journal/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keyboard shortcuts")).to_be_hidden()
    page.keyboard.press("/")
    focused = page.locator("[data-filters] :focus")
    expect(focused).to_have_count(1)
    page.keyboard.type("g t?")  # typed into a field, the keys are letters
    expect(page).to_have_url(re.compile("/journal/$"))
    focused.blur()
    page.keyboard.press("g")
    page.keyboard.press("t")
    expect(page).to_have_url(re.compile(f"/u/{COUNTER}/$"))


def test_another_unit_is_found_by_keys_alone(seat: Seat) -> None:
    page = seat("CITY_OFFICER")
    page.goto("/u/C3201/policy/")
    page.keyboard.press("u")
    expect(page.locator("#units-text")).to_be_focused()
    page.keyboard.type("K32010102")
    page.locator("#units-found a", has_text="K32010102").wait_for()
    expect(page.locator("#units-found a")).to_have_count(1)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/u/K32010102/policy/$"))


def test_the_first_tab_leads_past_the_navigation(seat: Seat) -> None:
    page = seat("TELLER")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


# ---------------------------------------------------------------- language, session, second factor, paper
def test_another_language_is_the_same_page(seat: Seat) -> None:
    page = seat("SUPERVISOR")
    page.goto(f"/u/{COUNTER}/policy/?regulation=R10")
    page.get_by_role("button", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    assert page.url.endswith(f"/u/{COUNTER}/policy/?regulation=R10")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Figures in force")


def idle_for_an_hour(demo: House, key: str) -> None:
    """Put the session's last click an hour back, in the house's own database."""
    command = [sys.executable, "-m", "guimian.config.cli", "manage", "shell", "-c", IDLE.format(key=key)]
    subprocess.run(command, cwd=ROOT, env=demo.env, check=True, capture_output=True, timeout=60)


def test_an_idle_session_ends_and_one_comes_back_to_the_page(seat: Seat, demo: House) -> None:
    page = seat("TELLER")
    key = next(one["value"] for one in page.context.cookies() if one["name"] == "sessionid")
    idle_for_an_hour(demo, key)
    page.goto(f"/u/{COUNTER}/journal/")
    expect(page.get_by_role("status")).to_contain_text("Your session has ended")
    page.locator("[data-demo-role=TELLER]").click()
    expect(page).to_have_url(re.compile(f"/u/{COUNTER}/journal/$"))


def test_a_second_factor_can_be_set_up(seat: Seat) -> None:
    """From the profile: past the password to a code to scan, which has no barrier and comes from the house itself."""
    page = seat("HQ_OFFICER")
    page.goto("/accounts/me/")
    page.get_by_role("link", name="Second factor and passkeys").click()
    page.get_by_role("link", name="Activate").click()
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Confirm").click()
    expect(page).to_have_url(re.compile("/accounts/2fa/totp/activate/"))
    code = page.locator("main img")
    assert code.evaluate("(one) => one.naturalWidth") > 0 and (code.get_attribute("src") or "").startswith("data:")
    assert barriers(page) == [] and too_wide(page) == []


def test_paper_shows_the_page_without_its_frame(seat: Seat) -> None:
    page = seat("SUPERVISOR")
    page.goto(f"/u/{COUNTER}/policy/clauses/")
    frame = [page.locator(one).first for one in (".bar", "#nav", ".filters", ".ledger-out", ".foot")]
    assert [one.is_visible() for one in frame] == [True] * len(frame)
    page.emulate_media(media="print")
    assert [one.is_visible() for one in frame] == [False] * len(frame)
    page.set_viewport_size({"width": 700, "height": 1000})  # A4 within its margins
    expect(page.locator("table")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.locator("main").evaluate("(one) => getComputedStyle(one).color") == "rgb(0, 0, 0)"
