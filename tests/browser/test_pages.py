"""Every page that somebody can reach, in both languages and at three widths, as each of the twelve roles."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from guimian.base.access import Role
from guimian.base.ui.nav import items
from tests.support.browser import sign_in, visitor
from tests.support.looks import barriers, heard, too_wide
from tests.support.server import House
from tests.support.walk import LANGUAGES, MOST, Seen, place_of, walked

pytestmark = pytest.mark.browser
FETCHED_AGAIN = """
new Promise((done) => {
  document.body.addEventListener("htmx:afterSettle", () => done(true), { once: true });
  document.querySelector("[data-live]").dispatchEvent(new Event("refetch"));
})
"""
NAMES = {"zh-hans": "柜面", "en": "Guimian"}


def none(found: list[str]) -> None:
    """All that was found, one a line."""
    assert not found, "\n".join(["", *found])


@pytest.fixture(scope="module")
def pages(browser: Browser, demo: House) -> list[Seen]:
    return walked(browser, demo.url)


def test_the_walk_misses_no_place_of_the_navigation(pages: list[Seen]) -> None:
    seen = {page.place.route for page in pages}
    assert [item.route for item in items() if item.route not in seen] == []
    assert {page.place.role for page in pages} == set(Role)
    assert {page.place.depth for page in pages if page.place.route == "today:home"} == {1, 2, 3, 4, 5}
    chinese, english = ({page.place.route for page in pages if page.language == one} for one in LANGUAGES)
    assert chinese == english
    assert len(pages) < MOST * len(LANGUAGES)


def test_the_walk_goes_further_than_the_navigation(pages: list[Seen]) -> None:
    """To one row of each kind, and to what is one's own."""
    seen = {page.place.route for page in pages}
    assert {"findings:finding", "policy:figure", "policy:propose", "organisation:person", "journal:entry"} <= seen
    assert {"accounts:profile", "api_tokens", "mfa_index", "ui:style"} <= seen


def test_every_page_answers(pages: list[Seen]) -> None:
    none([f"{page}: {page.status}" for page in pages if page.status != 200])


def test_no_page_complains(pages: list[Seen]) -> None:
    none([f"{page}: {page.said}" for page in pages if page.said])


def test_no_page_scrolls_sideways(pages: list[Seen]) -> None:
    none([f"{page}: {page.wide}" for page in pages if page.wide])


def test_no_page_has_a_barrier(pages: list[Seen]) -> None:
    none([f"{page}: {page.barriers}" for page in pages if page.barriers])


def test_every_title_says_where_one_is(pages: list[Seen]) -> None:
    def expected(page: Seen) -> str:
        return " · ".join(part for part in (page.heading, page.unit, NAMES[page.language]) if part)

    none([f"{page}: {page.title!r}" for page in pages if not page.heading or page.title != expected(page)])


def test_every_page_of_a_unit_shows_its_line(pages: list[Seen]) -> None:
    """From headquarters down to the unit itself, as deep as the unit stands."""
    wrong = [page for page in pages if len(page.line) != page.place.depth or page.line[-1:] not in ((), (page.unit,))]
    none([f"{page}: {page.line}" for page in wrong])


def test_the_dark_look_has_no_barrier(browser: Browser, demo: House) -> None:
    """On the page of all parts, and on the one that everybody sees."""
    context = visitor(browser, demo.url)
    context.add_cookies([{"name": "theme", "value": "dark", "url": demo.url}])
    page = sign_in(context, "SUPERVISOR")
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    assert barriers(page) == []
    page.goto("/style/")
    assert barriers(page) == []
    context.close()


@pytest.fixture(scope="module")
def today(browser: Browser, demo: House) -> Iterator[Page]:
    context = visitor(browser, demo.url)
    yield sign_in(context, "SUPERVISOR")
    context.close()


def test_a_part_that_is_fetched_again_leaves_the_title(today: Page) -> None:
    title = today.title()
    assert today.evaluate(FETCHED_AGAIN)
    assert today.title() == title and today.locator("h1").inner_text() in title


# ---------------------------------------------------------------- negative controls
def test_a_page_that_is_too_wide_is_seen(today: Page) -> None:
    today.reload()
    assert too_wide(today) == []
    today.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<pre class=wide></pre>')")
    today.evaluate("document.querySelector('pre.wide').style.width = '1500px'")
    found = too_wide(today)
    assert [one.split(":")[0] for one in found] == ["at 360", "at 1280"]
    assert "pre.wide" in found[0]


def test_a_barrier_is_seen(today: Page) -> None:
    today.reload()
    assert barriers(today) == []
    today.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<input id=nameless>')")
    assert barriers(today) == ["label: #nameless"]


def test_a_script_that_the_policy_refuses_is_seen(today: Page) -> None:
    today.reload()
    said = heard(today)
    today.evaluate("document.body.append(Object.assign(document.createElement('script'), { text: 'window.ran = 1' }))")
    today.wait_for_timeout(100)
    assert today.evaluate("window.ran") is None
    assert len(said) == 1 and "Content Security Policy" in said[0]


def test_a_part_that_does_not_come_is_seen(today: Page) -> None:
    today.reload()
    said = heard(today)
    today.evaluate("fetch('/static/none.css')")
    today.wait_for_timeout(300)
    assert [one.split("/static/")[1] for one in said] == ["none.css"]


def test_links_that_lead_out_or_to_files_are_left_alone() -> None:
    for href in ("https://example.org/", "#content", "/u/K1/?export=xlsx", "/nowhere/at/all", "?page=2"):
        assert place_of(href, Role.TELLER) is None
    place = place_of("/u/K32010101/findings/?state=OPEN", Role.TELLER)
    assert place is not None and (place.route, place.depth) == ("findings:inbox", 5)
