"""The sheets of a workbook that has passed the guard, as rows of plain values."""

from __future__ import annotations

import zipfile
from datetime import date, datetime, time, timedelta
from io import BytesIO
from posixpath import join, normpath
from typing import Final
from xml.etree import ElementTree

from python_calamine import CalamineWorkbook

from guimian.engines.workbook.guard import MAX_ROWS, UnsafeWorkbook, inspect

__all__ = ["FORMULA", "MAX_ROWS", "Cell", "column_letters", "read_sheets"]


class _Formula:
    """Stands for a cell that holds a formula: its value is whatever somebody saved last, so it is not read."""

    def __str__(self) -> str:
        return "=…"

    __repr__ = __str__


FORMULA: Final = _Formula()
Cell = str | int | float | bool | date | datetime | time | timedelta | _Formula

_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def column_letters(number: int) -> str:
    """1 is `A`, 27 is `AA`."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def read_sheets(data: bytes) -> dict[str, list[list[Cell]]]:
    """Every sheet by name, its rows from line 1, an empty cell as "". Raises UnsafeWorkbook."""
    formulas = inspect(data)
    parts = _parts_of_sheets(data)
    sheets: dict[str, list[list[Cell]]] = {}
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        for name in set(workbook.sheet_names) & set(parts):
            sheets[name] = [[*row] for row in workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)]
    except Exception as error:  # the reader's errors share no base
        raise UnsafeWorkbook("broken", f"not a sound .xlsx file: {error}") from error
    for name, rows in sheets.items():
        for row, column in formulas.get(parts[name], ()):
            _mark(rows, row - 1, column - 1)
    return sheets


def _mark(rows: list[list[Cell]], row: int, column: int) -> None:
    while len(rows) <= row:
        rows.append([])
    rows[row].extend([""] * (column + 1 - len(rows[row])))
    rows[row][column] = FORMULA


def _parts_of_sheets(data: bytes) -> dict[str, str]:
    """Name of a sheet -> the part of the archive that holds it."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        try:
            book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314  # the guard has refused declarations
            links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))  # noqa: S314  # as above
        except (KeyError, ElementTree.ParseError) as error:
            raise UnsafeWorkbook("broken", f"not a sound .xlsx file: {error}") from error
    targets = {link.get("Id", ""): link.get("Target", "") for link in links}
    found = {}
    for element in book.iter():
        if element.tag.endswith("}sheet"):
            target = targets.get(element.get(_RELATION, ""), "")
            found[element.get("name", "")] = normpath(join("/xl", target)).lstrip("/")
    return found
