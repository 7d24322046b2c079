"""The house's own checks see what they are there to see."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from babel.messages.catalog import Message

from tools import budgets, messages


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A small repository that keeps its budgets."""
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    (tmp_path / "guimian/apps/shop").mkdir(parents=True)
    (tmp_path / "guimian/apps/shop/rules.py").write_text(
        "def a() -> int:\n    return 1\n\n\ndef b() -> int:\n    return 2\n"
    )
    return tmp_path


def test_a_small_tree_keeps_its_budgets(room: Path) -> None:
    assert budgets.over(room) == []


def test_a_long_function_is_named(room: Path) -> None:
    body = "".join(f"    x = {n}\n" for n in range(60))
    (room / "guimian/apps/shop/services.py").write_text(f"def endless() -> None:\n{body}")
    assert any("services.py:1 endless: 61 lines, at most 50" in said for said in budgets.over(room))


def test_documentation_is_not_counted(room: Path) -> None:
    words = "\n".join(f"    line {n}" for n in range(60))
    (room / "guimian/apps/shop/services.py").write_text(
        f'def told() -> int:\n    """Say.\n{words}\n    """\n    return 1\n'
    )
    assert not any("told" in said for said in budgets.over(room))


def test_a_long_file_is_named(room: Path) -> None:
    (room / "guimian/apps/shop/models.py").write_text("X = 1\n" * 401)
    assert any("models.py: 401 lines, at most 400" in said for said in budgets.over(room))


def test_strange_furniture_is_named(room: Path) -> None:
    (room / "guimian/apps/shop/utils.py").write_text("X = 1\n")
    assert "guimian/apps/shop/utils.py is no furniture of an app" in budgets.over(room)


@pytest.mark.parametrize(
    ("asked", "said", "trouble"),
    [
        ("Open", "", "no translation"),
        ("Open %(name)s", "打开", "leaves out name"),
        ("Open %(name)s", "打开 %(nmae)s", "names a place that the English does not have"),
        ("Open %(name)s", "打开%(name)s", ""),
        (("%(n)s day", "%(n)s days"), ("%(n)s 天",), ""),
        (("One day", "%(n)s days"), ("%(n)s 天",), ""),
        (("%(n)s day", "%(n)s days"), ("天",), "leaves out n"),
    ],
)
def test_a_wrong_translation_is_named(asked: str | tuple[str, str], said: str | tuple[str, ...], trouble: str) -> None:
    assert messages.wrong(Message(asked, said)) == trouble
