"""Workbooks that mean harm, or are none, are refused in words before anything of them is read."""

from __future__ import annotations

import time
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
from django.utils import translation

from guimian.apps.organisation import intake
from guimian.apps.organisation.tests.books import PEOPLE, book, changed
from guimian.engines.workbook import MAX_ROWS

PLAIN = book({"People": [PEOPLE, ("20000001", "甲", "", "")]})
SHEET = "xl/worksheets/sheet1.xml"


def archive(parts: dict[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def bomb() -> bytes:
    """70 MB of nothing in a file of some kilobytes."""
    return changed(PLAIN, SHEET, b"</worksheet>", b" " * 70 * 1024 * 1024 + b"</worksheet>")


def understated_bomb() -> bytes:
    """The same, with a directory that says it is small."""
    data, size = bytearray(bomb()), (70 * 1024 * 1024).to_bytes(4, "little")[2:]
    place = data.rfind(size)
    data[place : place + 2] = b"\x01\x00"
    return bytes(data)


def doctype() -> bytes:
    return changed(PLAIN, SHEET, b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet')


def far_cell() -> bytes:
    return changed(PLAIN, SHEET, b'r="A2"', b'r="XFD1048576"')


def long_text() -> bytes:
    return book({"People": [PEOPLE, ("20000001", "甲" * 30_000, "", "")]})


def many_rows() -> bytes:
    return book({"People": [PEOPLE, *((f"2{number:07}", "甲", "", "") for number in range(MAX_ROWS))]})


def wide() -> bytes:
    return book({"People": [[f"c{number}" for number in range(41)]]})


HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "not a sound .xlsx"),
    "a text": ("工号,姓名\n1,甲\n".encode, "not a sound .xlsx"),
    "an old .xls": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "not a sound .xlsx"),
    "half of one": (lambda: PLAIN[: len(PLAIN) // 2], "not a sound .xlsx"),
    "another archive": (lambda: archive({"a.txt": b"x"}), "not a sound .xlsx"),
    "too many bytes": (lambda: bytes(6 * 1024 * 1024), "too large"),
    "a bomb": (bomb, "swells"),
    "a bomb that lies": (understated_bomb, "large|sound"),
    "a document type": (doctype, "not a sound .xlsx"),
    "a cell at the end of the world": (far_cell, "more than 2,000 lines"),
    "a text without end": (long_text, "more than 2,000 characters"),
    "too many lines": (many_rows, "more than 2,000 lines: hand it in in parts"),
    "too many columns": (wide, "more than 40 columns"),
    "another workbook": (lambda: book({"Wages": [("a",)]}), "None of the sheets"),
    "one sheet twice": (lambda: book({"People": [PEOPLE], "人员": [PEOPLE]}), "Several sheets"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_it_is_refused_in_words_and_at_once(kind: str) -> None:
    made, said = HOSTILE[kind]
    data, began = made(), time.process_time()
    with translation.override("en"), pytest.raises(intake.UnreadableFile) as refused:
        intake.read(data)
    assert any(words in str(refused.value) for words in said.split("|"))
    assert time.process_time() - began < 5


def test_the_plain_one_they_are_made_from_is_read() -> None:
    """Otherwise the refusals above would prove nothing."""
    assert not intake.read(PLAIN).bad
    assert not intake.read(changed(PLAIN, SHEET, b"</worksheet>", b"   </worksheet>")).bad


def test_as_many_lines_as_the_bound_says_are_read() -> None:
    rows = [(f"2{number:07}", "甲", "", "") for number in range(MAX_ROWS - 1)]
    assert len(intake.read(book({"People": [PEOPLE, *rows]})).lines["People"]) == MAX_ROWS - 1


def test_formulas_are_not_believed() -> None:
    """A formula's kept value is whatever somebody saved last."""
    data = changed(PLAIN, SHEET, b'<c r="B2" t="inlineStr">', b'<c r="B2" t="inlineStr"><f>HYPERLINK("x")</f>')
    (cell,) = intake.read(data).bad
    assert (cell.line, cell.column, cell.found) == (2, "B", "=…")
