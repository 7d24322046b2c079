"""Each contract of the house refuses a deliberate violation: imports, budgets, furniture, texts, figures, the clock."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent

#: contract → the file that breaks it, and the line that does
VIOLATIONS = {
    "The house: config > apps > base > engines": (
        "guimian/base/numbering.py",
        "from guimian.apps.organisation import queries",
    ),
    "Apps lean one way": ("guimian/apps/organisation/services/shared.py", "from guimian.apps.calendar import queries"),
    "Every app is furnished alike": (
        "guimian/apps/organisation/queries/units.py",
        "from guimian.apps.organisation import services",
    ),
    "Apps meet only through services, queries and rules": (
        "guimian/apps/calendar/queries/state.py",
        "from guimian.apps.organisation.models import Unit",
    ),
    "No view touches a table": (
        "guimian/apps/organisation/views/units.py",
        "from guimian.apps.organisation.models import Unit",
    ),
    "Rules and engines know no Django": ("guimian/apps/organisation/rules/units.py", "from django.db import models"),
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code in a place where it may be broken."""
    room = tmp_path_factory.mktemp("house")
    leave = shutil.ignore_patterns("static", "__pycache__", "*.mo")
    shutil.copytree(ROOT / "guimian", room / "guimian", ignore=leave)
    for name in (".importlinter", "pyproject.toml"):
        shutil.copy(ROOT / name, room)
    return room


def broken_contracts(room: Path) -> set[str]:
    command = [str(BIN / "lint-imports"), "--no-cache"]
    said = subprocess.run(
        command, cwd=room, env={"PYTHONPATH": str(room)}, capture_output=True, text=True, check=False
    ).stdout
    assert "Contracts:" in said, said
    return set(re.findall(r"^(.+) BROKEN\b", said, re.M))


def test_the_code_keeps_every_contract(copy: Path) -> None:
    assert broken_contracts(copy) == set()


@pytest.mark.parametrize("contract", VIOLATIONS)
def test_a_violation_of_each_contract_is_refused(copy: Path, contract: str) -> None:
    name, line = VIOLATIONS[contract]
    path = copy / name
    before = path.read_text(encoding="utf-8") if path.exists() else None
    path.write_text((before or "") + f"\n{line}\n", encoding="utf-8")
    try:
        assert contract in broken_contracts(copy)
    finally:
        if before is None:
            path.unlink()
        else:
            path.write_text(before, encoding="utf-8")


@pytest.mark.parametrize(
    ("place", "code", "rule"),
    [
        (
            "guimian/apps/organisation/services/bad.py",
            "from django.utils import timezone\nX = timezone.now()\n",
            "TID251",
        ),
        ("guimian/apps/organisation/rules_bad.py", "from datetime import date\nX = date.today()\n", "TID251"),
        ("guimian/base/bad.py", "from django.db.models.signals import post_save\n", "TID251"),
        ("guimian/base/bad.py", "print('hello')\n", "T201"),
        ("guimian/base/bad.py", "from datetime import datetime\nX = datetime(2026, 1, 1)\n", "DTZ001"),
    ],
)
def test_habits_are_linted(copy: Path, place: str, code: str, rule: str) -> None:
    path = copy / place
    path.write_text(code, encoding="utf-8")
    try:
        command = [str(BIN / "ruff"), "check", "--no-cache", "--output-format", "concise", str(path)]
        said = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False).stdout
    finally:
        path.unlink()
    assert rule in said


def test_an_untyped_function_is_refused(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("def double(x):\n    return x * 2\n")
    said = subprocess.run(
        [str(BIN / "mypy"), "--strict", str(bad)], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert said.returncode == 1
    assert "no-untyped-def" in said.stdout
