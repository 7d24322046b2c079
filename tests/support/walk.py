"""A walk through the whole house as each role: every place of the navigation, and the first link of each kind from there.

In Chinese as deep as Place.kind says, in English each kind of page once.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Error, Page

from guimian.base.access import Role
from tests.support.browser import HEIGHTS, sign_in, speak, visitor
from tests.support.looks import barriers, heard, too_wide

LANGUAGES = ("zh-hans", "en")
MOST = 250  # pages in one language; a walk that is longer has lost its way
#: Each layout once: the table on a desk, the list of cards on a phone.
AXE_AT = {"zh-hans": 1280, "en": 360}
HOME = "today:home"
LINKS = "(links) => links.filter((one) => !one.hasAttribute('download')).map((one) => one.getAttribute('href'))"


@dataclass(frozen=True)
class Place:
    """An address with the name of its route; `depth` is the level of its unit, 1 for headquarters, 0 without a unit."""

    url: str
    route: str
    role: Role
    depth: int = 0
    in_navigation: bool = False

    @property
    def kind(self) -> tuple[str, str]:
        """What is looked at once: today for each role, the navigation at a counter and above one, the rest anywhere."""
        if self.route == HOME:
            return self.route, self.role
        return self.route, ("counter" if self.depth == COUNTER else "above") if self.in_navigation else ""


@dataclass(frozen=True)
class Seen:
    """What a page was like, in one language."""

    place: Place
    language: str
    status: int
    title: str
    heading: str
    unit: str
    line: tuple[str, ...]
    said: tuple[str, ...]
    wide: tuple[str, ...]
    barriers: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.language} {self.place.role} {self.place.url}"


@dataclass
class Walk:
    """Goes on where no role before has been."""

    browser: Browser
    url: str
    seen: list[Seen] = field(default_factory=list)
    kinds: set[tuple[str, str]] = field(default_factory=set)
    routes: set[str] = field(default_factory=set)
    judged: set[tuple[str, str]] = field(default_factory=set)  # route and language that axe has seen

    def as_role(self, role: Role) -> None:
        context = visitor(self.browser, self.url)
        page = sign_in(context, role.value)
        said = heard(page)
        places = list(self.discovered(page, said, role))
        speak(context, self.url, "en")
        for place in places:
            if (place.route, "en") not in self.judged:
                self.look(page, said, place, "en")
        context.close()

    def discovered(self, page: Page, said: list[str], role: Role) -> Iterator[Place]:
        """Each place that is new, looked at in Chinese on the way."""
        waiting = deque(places(page, "#nav a", role, in_navigation=True))
        waiting += places(page, "#person-menu a", role)
        while waiting and len(self.kinds) < MOST:
            place = waiting.popleft()
            if self.is_new(place) and self.look(page, said, place, LANGUAGES[0]):
                yield place
                waiting += [one for one in places(page, "main a", role) if one.route not in self.routes]

    def is_new(self, place: Place) -> bool:
        """Whether nobody has been there, and note that somebody goes now."""
        new = place.kind not in self.kinds if place.in_navigation else place.route not in self.routes
        self.kinds.add(place.kind)
        self.routes.add(place.route)
        return new

    def look(self, page: Page, said: list[str], place: Place, language: str) -> bool:
        """Note what the page is like. Says whether it is a page: a download or a way to elsewhere is none."""
        said.clear()
        width = AXE_AT[language]
        page.set_viewport_size({"width": width, "height": HEIGHTS[width]})
        try:
            answer = page.goto(place.url)
        except Error as error:
            if "Download is starting" in error.message:
                return False
            raise
        if answer is None or answer.request.redirected_from or "html" not in answer.headers.get("content-type", ""):
            return False
        found = [] if (place.route, language) in self.judged else barriers(page)
        self.judged.add((place.route, language))
        self.seen.append(noted(page, place, language, answer.status, said, tuple(found)))
        return True


def noted(page: Page, place: Place, language: str, status: int, said: list[str], found: tuple[str, ...]) -> Seen:
    def texts(selector: str) -> list[str]:
        return [" ".join(one.split()) for one in page.locator(selector).all_text_contents()]

    return Seen(
        place=place, language=language, status=status, title=page.title(), heading="".join(texts("h1")[:1]),
        unit="".join(texts(".bar-unit-name")), line=tuple(texts("nav.line li")),
        wide=tuple(too_wide(page)), barriers=found, said=tuple(said),
    )  # fmt: skip


def places(page: Page, links: str, role: Role, *, in_navigation: bool = False) -> list[Place]:
    """The places that the links of a page lead to."""
    found = (place_of(href, role, in_navigation=in_navigation) for href in page.locator(links).evaluate_all(LINKS))
    return [place for place in found if place is not None]


#: The levels of units by the beginning of their codes in the demo company: HQ, P32, C3201, S320101, K32010101.
LEVELS = "HPCSK"
COUNTER = len(LEVELS)


def place_of(href: str, role: Role, *, in_navigation: bool = False) -> Place | None:
    """The place behind a link; None for what is elsewhere, a file, or a part of the same page."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or not parts.path.startswith("/") or "export=" in parts.query:
        return None
    try:
        match = resolve(parts.path)
    except Resolver404:
        return None
    code = str(match.kwargs.get("unit", ""))
    return Place(href, match.view_name, role, LEVELS.index(code[0]) + 1 if code else 0, in_navigation)


def walked(browser: Browser, url: str) -> list[Seen]:
    """Everything that the twelve roles find, in both languages."""
    walk = Walk(browser, url)
    for role in Role:
        walk.as_role(role)
    return walk.seen
