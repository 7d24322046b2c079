"""Reads single cells. What cannot be read is `Unreadable`, with words for what would pass."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from guimian.apps.organisation.intake.words import YES_NO, in_english
from guimian.engines.workbook import Cell


class Unreadable(ValueError):
    """A cell that cannot be read; the text says what would pass."""


def as_text(most: int) -> Callable[[Cell], str]:
    """Text of at most so many characters; a whole number is taken as its digits."""

    def read(cell: Cell) -> str:
        if isinstance(cell, bool) or not isinstance(cell, str | int | float):
            raise Unreadable(_("a text"))
        if isinstance(cell, float | int):
            if not math.isfinite(cell) or cell != int(cell) or abs(cell) >= 10**15:
                raise Unreadable(_("a text: format the column as text, a long number loses its last digits"))
            cell = str(int(cell))
        text = unicodedata.normalize("NFC", cell).strip()
        if len(text) > most or any(unicodedata.category(sign) in {"Cc", "Cf", "Co", "Cs"} for sign in text):
            raise Unreadable(_("a text of at most %(most)s characters, on one line") % {"most": most})
        return text

    return read


def as_matching(pattern: str, wanted: Any, change: Callable[[str], str] = str) -> Callable[[Cell], str]:
    """Text of a form."""

    def read(cell: Cell) -> str:
        text = change(as_text(60)(cell))
        if re.fullmatch(pattern, text, re.ASCII) is None:
            raise Unreadable(str(wanted))
        return text

    return read


def as_one_of(words: Mapping[str, Sequence[str]]) -> Callable[[Cell], str]:
    """A code, or one of the words that stand for it."""

    def read(cell: Cell) -> str:
        text = as_text(60)(cell).casefold()
        for code, names in words.items():
            if text in {code.casefold(), *(name.casefold() for name in names)}:
                return code
        raise Unreadable(_("one of: %(words)s") % {"words": ", ".join(names[in_english()] for names in words.values())})

    return read


def as_yes_no(cell: Cell) -> bool:
    return cell if isinstance(cell, bool) else as_one_of(YES_NO)(cell) == "1"


def as_words(cell: Cell) -> tuple[str, ...]:
    return tuple(word.strip() for word in re.split(r"[,，、;；]", as_text(400)(cell)) if word.strip())
