"""Every event that the code records has a title that people read."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.utils import translation

from guimian.base.journal.pages import event_title, event_titles

PACKAGE = Path(apps.get_app_config("base").path).parent


def recorded() -> dict[str, Path]:
    """Every `event="…"` that a call names, outside the tests, with the file that names it."""
    found: dict[str, Path] = {}
    for path in PACKAGE.rglob("*.py"):
        if "tests" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "event" and isinstance(node.value, ast.Constant):
                found[str(node.value.value)] = path
    return found


def test_every_event_has_a_title() -> None:
    named = event_titles()
    assert {event: path for event, path in recorded().items() if event not in named} == {}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_titles_are_words(language: str) -> None:
    with translation.override(language):
        assert all(title and "." not in title for title in event_titles().values())
        assert event_title("no.such.event") == "no.such.event"


def test_events_are_dotted_and_in_the_past() -> None:
    assert recorded()
    assert all(event.count(".") >= 1 and event == event.lower() for event in [*recorded(), *event_titles()])
