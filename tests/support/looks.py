"""What a browser can tell of a page: whether it fits, whether everybody can use it, what failed on the way."""

from __future__ import annotations

from playwright.sync_api import Page, Response

from tests.support.browser import HEIGHTS, watched
from tests.support.server import ROOT

AXE = (ROOT / "tests/vendor/axe-core-4.14.1/axe.min.js").read_text(encoding="utf-8")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
SETTLES = 10  # looks, a twentieth of a second apart
ASKED = """
async (tags) => (await axe.run(document, { runOnly: tags, resultTypes: ["violations"] })).violations
  .filter((one) => ["serious", "critical"].includes(one.impact))
  .map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => node.target.join(" ")).join(", ")}`)
"""
TOO_WIDE = """
() => {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return "";
  const reach = (one) => Math.max(one.getBoundingClientRect().right, one.getBoundingClientRect().left + one.scrollWidth);
  const out = [...document.querySelectorAll("body *")].filter((one) => reach(one) > clientWidth + 1);
  const names = out.slice(-3).map((one) => one.tagName.toLowerCase() + (one.className ? "." + one.className : ""));
  return `${scrollWidth} > ${clientWidth}: ${names.join(", ")}`;
}
"""


def barriers(page: Page) -> list[str]:
    """What axe finds serious or critical by WCAG 2.2 AA: rule and where."""
    page.evaluate("window.scrollTo(0, 0)")  # else the bar lies over what is scrolled under it
    page.evaluate(AXE)  # through the debugger, which no content policy binds
    return list(page.evaluate(ASKED, WCAG))


def too_wide(page: Page) -> list[str]:
    """At which widths the document scrolls sideways, and what sticks out. The last width stays."""
    found = []
    for width, height in HEIGHTS.items():
        page.set_viewport_size({"width": width, "height": height})
        if said := settled(page):
            found.append(f"at {width}: {said}")
    return found


def settled(page: Page) -> str:
    """What sticks out, once what follows the width (a chart) has had its time to do so."""
    for _look in range(SETTLES):
        if not (said := page.evaluate(TOO_WIDE)):
            return ""
        page.wait_for_timeout(50)
    return str(said)


def heard(page: Page) -> list[str]:
    """What goes wrong on the page from now on: script errors, refusals of the content policy, parts that do not come."""
    said = watched(page)

    def answered(response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            said.append(f"{response.status} {response.url}")

    page.on("response", answered)
    return said
