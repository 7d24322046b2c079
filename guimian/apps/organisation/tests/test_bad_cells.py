"""Every cell that cannot be read is told by its place, what was found and what would pass."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from guimian.apps.organisation import intake
from guimian.apps.organisation.tests.books import PEOPLE, book


def bad(sheets: dict[str, list[Any]]) -> list[tuple[str, int, str, str]]:
    with translation.override("en"):
        return [(cell.sheet, cell.line, cell.column, cell.found) for cell in intake.read(book(sheets)).bad]


@pytest.mark.parametrize("number", ["1e999", "-1e999", "nan", "1e300"])
def test_numbers_that_are_none_are_told(number: str) -> None:
    from guimian.apps.organisation.tests.books import changed

    data = book({"People": [PEOPLE, (20000001.5, "甲", "", "")]})
    read = intake.read(changed(data, "xl/worksheets/sheet1.xml", b"<v>20000001.5</v>", f"<v>{number}</v>".encode()))
    assert [(cell.line, cell.column) for cell in read.bad] == [(2, "A")]


def test_each_bad_cell_is_told_by_its_place() -> None:
    rows = [
        PEOPLE,
        ("1", "甲", "12345", "nobody"),
        ("20000001", "甲" * 41, 12000000001, "a@example.com"),
        ("=1+1", "乙", "", ""),
        ("", "丙", "", ""),
        ("20000003", "丁", "", ""),
        ("20000003", "丁", "", ""),
        ("# 20000004", "说明", "x", "x"),
        ("", "", "", ""),
    ]
    assert bad({"People": rows}) == [
        ("People", 2, "A", "1"),
        ("People", 2, "C", "12345"),
        ("People", 2, "D", "nobody"),
        ("People", 3, "B", "甲" * 41),
        ("People", 4, "A", "=…"),
        ("People", 5, "A", ""),
        ("People", 7, "", "20000003"),
    ]


def test_headings_are_known_once_in_any_order_and_none_is_missed() -> None:
    assert bad({"Posts": [("Until", "Role*", "unit", "工号", "From")]}) == []
    assert bad({"Posts": [("Role", "Role", "Unit code", "Staff number", "Wages")]}) == [
        ("Posts", 1, "B", "Role"),
        ("Posts", 1, "E", "Wages"),
        ("Posts", 1, "", ""),
    ]


def test_found_numbers_of_people_are_masked() -> None:
    """R10.7: line and column say where to look; in whatever column somebody put them."""
    rows = [("工号", "姓名", "身份证号"), ("20000001", "甲", "110101199001011234"), ("13800000021 ", "甲" * 50, "")]
    assert [found[0] + found[-1] + str(len(found)) for *_place, found in bad({"People": rows})] == ["1418", "甲甲50"]
    assert bad({"People": [("工号", "E-mail"), ("20000001", "13800000021")]})[0][3] == "138******21"


def test_long_numbers_in_number_cells_are_not_guessed() -> None:
    """Excel drops the last digits of an identity number that is kept as a number."""
    data = book({"People": [("工号", "身份证号"), ("20000001", 110101190001010012)]})
    with translation.override("en"):
        (cell,) = intake.read(data).bad
    assert (cell.column, cell.field) == ("B", "identity") and "format the column as text" in cell.wanted
