"""The table of settings in docs/operations.md is the one that the code reads: no setting more, none less, the same defaults."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from guimian.base import apps, work
from tests.docs.test_docs import ROOT

MANUAL = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `([A-Z][A-Z_]+)` \| (.+?) \| .+ \|$", re.M)
READERS = {"os.environ.get", "os.getenv", "flag", "words", "whole_number", "kept_secret"}
#: Not for whoever runs the house: Django's own, set by the command itself.
OURS = {"DJANGO_SETTINGS_MODULE"}


def settings_in(text: str) -> Iterator[tuple[str, str]]:
    """Each setting that the code reads from the environment, with its default where that is a plain word."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
            continue
        name, reader = node.args[0].value, ast.unparse(node.func)
        if reader not in READERS or not isinstance(name, str) or not re.fullmatch(r"[A-Z][A-Z_]+", name):
            continue
        second = node.args[1] if len(node.args) > 1 and reader != "kept_secret" else None
        yield name, str(second.value) if isinstance(second, ast.Constant) else ""


def settings_read() -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted((ROOT / "guimian").rglob("*.py")):
        if "tests" not in path.parts:
            found |= dict(settings_in(path.read_text(encoding="utf-8")))
    return {name: default for name, default in found.items() if name not in OURS}


def test_the_table_names_what_the_code_reads() -> None:
    assert sorted(dict(ROW.findall(MANUAL))) == sorted(settings_read())


def test_the_table_tells_the_defaults() -> None:
    told = dict(ROW.findall(MANUAL))
    wrong = {name: told[name] for name, default in settings_read().items() if default and told[name] != f"`{default}`"}
    assert wrong == {}


def test_a_setting_that_is_not_told_would_be_seen() -> None:
    code = 'A = os.environ.get("GUIMIAN_NEW", "7")\nB = flag("GUIMIAN_FLAG")\nC = request.META.get("HTTP_NO")\n'
    assert dict(settings_in(code)) == {"GUIMIAN_NEW": "7", "GUIMIAN_FLAG": ""}


@pytest.mark.parametrize("event", re.findall(r"`((?:work|live)\.\w+)`", MANUAL))
def test_the_events_that_are_told_are_logged(event: str) -> None:
    code = [path.read_text(encoding="utf-8") for path in (ROOT / "guimian/base").rglob("*.py")]
    assert any(f'("{event}"' in text for text in code)


def test_the_hours_of_cleaning_up_are_told() -> None:
    crons = {one.name: one.cron for one in apps.BaseConfig.schedules}
    assert (crons["base.sweep_sessions"], crons["base.sweep_results"]) == ("10 3 * * *", "20 3 * * *")
    assert "03:10" in MANUAL and "03:20" in MANUAL


def test_how_often_a_worker_beats_is_told() -> None:
    assert f"every {work.BEAT.total_seconds():.0f} seconds" in MANUAL
