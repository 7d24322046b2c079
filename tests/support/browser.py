"""A real browser for tests: the system's Chromium, driven by playwright, speaking the language and width asked for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tools.browser import found

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HEIGHTS = {360: 740, 1280: 900, 1920: 1080}


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser; the test is skipped with the reason where there is none."""
    path = found()
    if not path:
        pytest.skip("NO BROWSER: install chromium and fonts-noto-cjk, or set GUIMIAN_CHROMIUM.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


def visitor(browser: Browser, url: str, language: str = "zh-hans", width: int = 1280, **options: Any) -> BrowserContext:
    """A fresh visitor without cookies but the one that says the language."""
    context = browser.new_context(viewport={"width": width, "height": HEIGHTS.get(width, 900)}, base_url=url, **options)
    speak(context, url, language)
    return context


def speak(context: BrowserContext, url: str, language: str) -> None:
    """From now on the pages come in this language."""
    context.add_cookies([{"name": "language", "value": language, "url": url}])


def watched(page: Page) -> list[str]:
    """What the page complains of from now on: script errors, refusals of the content policy."""
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            said.append(message.text)

    page.on("console", hear)
    page.on("pageerror", lambda error: said.append(str(error)))
    return said


def sign_in(context: BrowserContext, role: str) -> Page:
    """One click on the demo's card of a role."""
    page = context.new_page()
    page.goto("/accounts/login/")
    page.locator(f"[data-demo-role='{role}']").first.click()
    page.wait_for_url("**/u/**")
    return page
