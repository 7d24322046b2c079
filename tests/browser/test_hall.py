"""The hall in a real browser: keys alone, a call on the board within a second, one ticket for a double tap."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import sign_in, visitor, watched
from tests.support.server import House

pytestmark = pytest.mark.browser
HERE = "/u/K32010101/reception"
SOON = 1.0  # seconds


@pytest.fixture
def teller(browser: Browser, demo: House) -> Iterator[Page]:
    """The supervisor of a flagship counter, who may also serve."""
    context = visitor(browser, demo.url, "en")
    yield sign_in(context, "SUPERVISOR")
    context.close()


def screen(teller: Page, letter: str) -> str:
    """The address of the counter's kiosk, board or pad."""
    teller.goto(f"{HERE}/devices/")
    return teller.locator(f"a[href*='/{letter}/']").first.get_attribute("href") or ""


def test_a_day_at_the_window_by_keys_alone_and_each_call_on_the_board(
    teller: Page, browser: Browser, demo: House
) -> None:
    guest = visitor(browser, demo.url, "en", 1920)
    kiosk, board = guest.new_page(), guest.new_page()
    complaints = watched(board), watched(kiosk)
    kiosk.goto(screen(teller, "k"))
    kiosk.locator(".kiosk-offer[value=MATURITY]").dblclick()
    expect(kiosk.locator(".slip-number")).to_have_text(re.compile(r"C\d{3}"))
    mine = kiosk.locator(".slip-number").inner_text()
    board.goto(screen(teller, "b"))
    expect(board.locator(".board-total")).to_be_visible()
    teller.goto(f"{HERE}/console/")
    board.wait_for_timeout(500)  # its stream is open
    teller.keyboard.press("0")
    expect(teller.locator("#deed-next")).to_be_visible()
    for _customer in range(20):
        teller.keyboard.press("n")
        number = teller.locator(".hall-number:not(.hall-free)").inner_text()
        began = time.monotonic()  # the call is committed
        expect(board.locator(".board-newest b").first).to_have_text(number, timeout=5000)
        took = time.monotonic() - began
        assert took < SOON, f"{number} took {took:.2f} s to the board"
        teller.keyboard.press("s")
        expect(teller.locator("#deed-finish")).to_be_visible()
        teller.keyboard.press("f")
        expect(teller.locator("#deed-next")).to_be_visible()
        if number == mine:
            break
    assert number == mine
    teller.keyboard.press("l")
    expect(teller.locator("#take-10")).to_be_visible()
    assert complaints == ([], [])
    guest.close()


def test_a_double_tap_leaves_one_number(browser: Browser, demo: House, teller: Page) -> None:
    guest = visitor(browser, demo.url, "en", 1280)
    kiosk = guest.new_page()
    address = screen(teller, "k")
    numbers = []
    for _customer in range(2):
        kiosk.goto(address)
        kiosk.locator(".kiosk-offer[value=CLAIM]").dblclick()
        expect(kiosk.locator(".slip-number")).to_have_text(re.compile(r"B\d{3}"))
        numbers.append(int(kiosk.locator(".slip-number").inner_text()[1:]))
    assert numbers[1] == numbers[0] + 1
    guest.close()


def test_a_board_without_connection_says_so(browser: Browser, demo: House, teller: Page) -> None:
    guest = visitor(browser, demo.url, "en", 1920)
    board = guest.new_page()
    guest.route("**/events/**", lambda route: route.abort())
    board.goto(screen(teller, "b"))
    expect(board.locator(".screen-stale")).to_be_visible(timeout=15_000)
    guest.close()
