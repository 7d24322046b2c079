"""What each clause is about: `clauses.toml`, in both languages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from guimian.engines.policy import BrokenPolicy

FILE = Path(__file__).with_name("clauses.toml")
CODE = re.compile(r"([FR])(\d+)(?:\.(\d+))?")


@cache
def clauses() -> Mapping[str, Mapping[str, str]]:
    """Title by code, in the order of the book. Raises BrokenPolicy naming what is wrong."""
    raw = tomllib.loads(FILE.read_text(encoding="utf-8"))
    for code, title in raw.items():
        if not CODE.fullmatch(code) or set(title) != {"zh", "en"} or not all(title.values()):
            raise BrokenPolicy(f"{FILE}: {code}: a clause has a code like R1.3 and titles in zh and en")
    return dict(sorted(raw.items(), key=lambda item: order(item[0])))


def order(code: str) -> tuple[str, int, int, str]:
    """Where a clause stands in the book: premises first, then the regulations by number. Others come last."""
    found = CODE.fullmatch(code)
    if found is None:
        return ("~", 0, 0, code)
    part, regulation, number = found.groups()
    return (part, int(regulation), int(number or 0), code)


def codes_in(text: str) -> tuple[str, ...]:
    """`R2.2, F2.8` names two clauses."""
    return tuple(one.strip() for one in text.split(",") if one.strip())


def regulation_of(code: str) -> str:
    """`R1` for R1.3, `F` for everything of the premises; empty for what is no clause."""
    found = CODE.match(code)
    if found is None:
        return ""
    return "F" if found[1] == "F" else f"R{found[2]}"
