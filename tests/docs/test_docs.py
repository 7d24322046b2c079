"""What the documents say is so: their links lead somewhere, the commands and files they name exist."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "guimian").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
NAMED = re.compile(r"`((?:guimian|docs|tests|tools|requirements|benchmarks)/[\w./-]+\.\w+)`")
COMMAND = re.compile(r"`(?:\.venv/bin/)?guimian ([a-z][\w-]*)")
TARGET = re.compile(r"`make ([a-z]+)")
HEADING = re.compile(r"^#+ +(.+)$", re.M)

#: Templates of the layout itself, and parts of parts: nobody includes them by hand.
FRAME = {
    "_brand", "_nav", "_units", "_units_panel", "_person_menu", "_language", "_footer", "_help", "_messages", "_skeleton",
    "_sample_state", "_cell", "_filters", "_state", "_revealed",
}  # fmt: skip


def texts(*, of: re.Pattern[str]) -> list[tuple[Path, str]]:
    found = ((path, match) for path in DOCUMENTS for match in of.findall(path.read_text(encoding="utf-8")))
    return sorted(set(found), key=str)


def anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def missing_links(path: Path, text: str) -> list[str]:
    """The links of a text, written in this file, that lead nowhere here."""
    lost = []
    for target in LINK.findall(text):
        if "://" in target or target.startswith("mailto:"):
            continue
        name, _, part = target.partition("#")
        goal = (path.parent / name).resolve() if name else path
        if not goal.exists():
            lost.append(target)
        elif part and goal.suffix == ".md":
            headings = {
                anchor(one) for one in HEADING.findall(text if goal == path else goal.read_text(encoding="utf-8"))
            }
            lost += [] if part in headings else [target]
    return lost


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    assert missing_links(path, path.read_text(encoding="utf-8")) == []


def test_a_link_to_nowhere_is_seen() -> None:
    text = "# A b\n[x](nowhere.md) [y](#a-b) [z](#c) [w](https://example.org)"
    assert missing_links(ROOT / "README.md", text) == ["nowhere.md", "#c"]


def test_files_that_are_named_exist() -> None:
    assert [f"{path.name}: {name}" for path, name in texts(of=NAMED) if not (ROOT / name).exists()] == []


def test_make_has_the_targets_that_are_named() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))
    assert [f"{path.name}: make {name}" for path, name in texts(of=TARGET) if name not in targets] == []


def test_guimian_has_the_commands_that_are_named() -> None:
    command = [sys.executable, "-m", "guimian.config.cli", "--help"]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    named = texts(of=COMMAND)
    assert named
    assert [f"{path.name}: guimian {name}" for path, name in named if not re.search(rf"\b{name}\b", said)] == []


def test_every_shared_component_is_in_the_manual() -> None:
    manual = (ROOT / "docs/components.md").read_text(encoding="utf-8")
    templates = (ROOT / "guimian/base/templates/ui").glob("_*.html")
    parts = {path.stem for path in templates} - FRAME
    assert [part for part in sorted(parts) if f"`{part}.html`" not in manual] == []


def test_both_readmes_tell_the_same() -> None:
    english, chinese = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md"))
    fenced = re.compile(r"^```[a-z]*\n(.*?)^```", re.M | re.S)
    commands = [
        [line.split("#")[0].strip() for line in "\n".join(fenced.findall(text)).splitlines()]
        for text in (english, chinese)
    ]
    assert commands[0] == commands[1]
    assert len(HEADING.findall(english)) == len(HEADING.findall(chinese))
    clause = re.compile(r"^\| *(?:F|R\d+) ", re.M)
    assert len(clause.findall(english)) == len(clause.findall(chinese)) == 11
