"""What one person commits is on the other person's screen, without a reload, on both databases."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page

from tests.support.browser import sign_in, visitor
from tests.support.server import House, house

pytestmark = pytest.mark.browser
BOUND = 3.0  # seconds from the click to the other screen; a quiet machine takes a third of one
COUNTER, CITY, FIGURE = "K32010101", "C3201", "organisation.staff_county"
#: Makes a page deaf: what it shows then can only come by a reload.
DEAF = "delete window.SharedWorker; window.EventSource = class { addEventListener() {} close() {} };"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def lively(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    if request.param == "sqlite":
        yield request.getfixturevalue("demo")
        return
    with house(tmp_path_factory.mktemp("postgresql"), request.getfixturevalue("postgres_url")) as one:
        yield one


@pytest.fixture
def people(browser: Browser, lively: House) -> Iterator[tuple[BrowserContext, BrowserContext]]:
    """Two people at two desks: nothing of one's browser is the other's."""
    here, there = visitor(browser, lively.url, "en"), visitor(browser, lively.url, "en")
    yield here, there
    here.close()
    there.close()


def watching(context: BrowserContext, role: str, path: str, deaf: bool = False) -> Page:
    """A page that somebody has open, listening, with a mark on it that no reload would leave."""
    page = sign_in(context, role)
    if deaf:
        page.add_init_script(DEAF)
    page.goto(path)
    if not deaf:
        page.locator("html[data-live-state=open]").wait_for(state="attached")
    page.evaluate("window.mark = 'the same page'")
    return page


def filled(context: BrowserContext, role: str, path: str, fields: dict[str, str]) -> Page:
    """A form, filled in and not yet sent."""
    page = sign_in(context, role)
    page.goto(path)
    for name, value in fields.items():
        field = page.locator(f"main [name={name}]")
        if field.evaluate("(one) => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    return page


def seconds_until(page: Page, text: str, sender: Page, what: str) -> float:
    """Send, and tell how long it took until the text stood on the page. The commit lies between click and answer."""
    title, began = page.title(), time.monotonic()
    sender.locator("main .form-end .btn-primary").click(no_wait_after=True)
    page.get_by_text(text).first.wait_for(timeout=BOUND * 1000)
    took = time.monotonic() - began
    print(f"\n{what}: {took * 1000:.0f} ms from the click to the other screen")
    assert (page.evaluate("window.mark"), page.title()) == ("the same page", title)
    return took


def test_a_finding_is_seen_by_who_leads_the_counter(
    lively: House, people: tuple[BrowserContext, BrowserContext]
) -> None:
    said = f"The queue display is dark, {time.monotonic()}."
    form = filled(people[0], "TELLER", f"/u/{COUNTER}/findings/new/", {"what": said, "clause": "R7.1"})
    leader = watching(people[1], "CENTRE_MANAGER", f"/u/{COUNTER}/findings/")
    assert seconds_until(leader, said, form, f"finding, {engine(lively)}") < BOUND


def test_a_proposed_figure_is_seen_by_who_decides(lively: House, people: tuple[BrowserContext, BrowserContext]) -> None:
    reason = {"value": "4", "reason": "Year's end."}
    form = filled(people[0], "CITY_OFFICER", f"/u/{CITY}/policy/figures/{FIGURE}/propose/", reason)
    decider = watching(people[1], "HQ_OFFICER", "/u/HQ/policy/proposals/")
    assert decider.get_by_text("Staff of a county counter, at least").count() == 0
    took = seconds_until(decider, "Staff of a county counter, at least", form, f"figure, {engine(lively)}")
    assert took < BOUND


def test_a_page_that_does_not_listen_sees_nothing(lively: House, people: tuple[BrowserContext, BrowserContext]) -> None:
    """The negative control: it is the stream that brings it, nothing else."""
    said = f"Nobody tells, {time.monotonic()}."
    form = filled(people[0], "TELLER", f"/u/{COUNTER}/findings/new/", {"what": said, "clause": "R7.1"})
    leader = watching(people[1], "CENTRE_MANAGER", f"/u/{COUNTER}/findings/", deaf=True)
    with pytest.raises(Error, match="Timeout"):
        seconds_until(leader, said, form, "nothing")
    leader.reload()
    assert leader.get_by_text(said).count() > 0


def engine(lively: House) -> str:
    return "PostgreSQL" if "DATABASE_URL" in lively.env else "SQLite"
