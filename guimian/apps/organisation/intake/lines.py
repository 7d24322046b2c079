"""Reads the lines of one sheet, and tells each cell that cannot be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from guimian.apps.organisation.intake.cells import Unreadable
from guimian.apps.organisation.intake.sheets import Column, SheetKind
from guimian.base.personal import without_personal
from guimian.engines.workbook import FORMULA, Cell, column_letters


@dataclass(frozen=True)
class Line:
    """A line of a sheet, read: the values of its filled cells by field."""

    sheet: str
    line: int
    values: Mapping[str, Any]


@dataclass(frozen=True)
class BadCell:
    """What could not be read or done: where, what was found, what would pass. `column` is letters, "" for the whole line;
    `field` is what the column fills."""

    sheet: str
    line: int
    column: str
    found: str
    wanted: str
    clause: str = ""
    field: str = ""


def shown(value: object) -> str:
    """A found value as a page shows it: short, on one line, numbers of telephones and identities masked (R10.7)."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = without_personal("".join(sign if sign.isprintable() else "�" for sign in str(value)))
    return text if len(text) <= 60 else text[:59] + "…"


def read_lines(kind: SheetKind, rows: list[list[Cell]], bad: list[BadCell]) -> list[Line]:
    columns = _headings(kind, rows[0] if rows else [], bad)
    seen: dict[tuple[Any, ...], int] = {}
    lines = []
    for number, row in enumerate(rows[1:], start=2):
        if all(cell == "" or str(cell).isspace() for cell in row) or str(row[0]).startswith("# "):
            continue
        faults = len(bad)
        values = _values(kind, number, row, columns, bad)
        key = tuple(values.get(name) for name in kind.key)
        if len(bad) == faults and key in seen:
            wanted = _("once only; it stands in line %(line)s already") % {"line": seen[key]}
            bad.append(BadCell(kind.code, number, "", shown(" ".join(map(str, key))), wanted))
        seen.setdefault(key, number)
        if len(bad) == faults:
            lines.append(Line(kind.code, number, values))
    return lines


def _headings(kind: SheetKind, row: list[Cell], bad: list[BadCell]) -> dict[int, Column]:
    """Which column of the sheet fills which field."""
    by_name = {name.casefold(): column for column in kind.columns for name in (column.zh, column.en, column.field)}
    columns: dict[int, Column] = {}
    for place, cell in enumerate(row):
        heading = str(cell).strip().rstrip("*").strip().casefold()
        column = by_name.get(heading)
        if column is not None and column not in columns.values():
            columns[place] = column
        elif heading:
            wanted = _("a heading of the template, once")
            bad.append(BadCell(kind.code, 1, column_letters(place + 1), shown(cell), wanted))
    for column in kind.columns:
        if column.required and column not in columns.values():
            wanted = _("a column %(zh)s / %(en)s") % {"zh": column.zh, "en": column.en}
            bad.append(BadCell(kind.code, 1, "", "", wanted))
    return columns


def _values(
    kind: SheetKind, number: int, row: list[Cell], columns: Mapping[int, Column], bad: list[BadCell]
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for place, column in columns.items():
        cell = row[place] if place < len(row) else ""
        empty = cell == "" or (isinstance(cell, str) and not cell.strip())
        if empty and not column.required:
            continue
        try:
            if empty:
                raise Unreadable(_("not empty"))
            if cell is FORMULA:
                raise Unreadable(_("a plain value instead of a formula"))
            values[column.field] = column.read(cell)
        except Unreadable as error:
            letters = column_letters(place + 1)
            bad.append(BadCell(kind.code, number, letters, shown(cell), str(error), field=column.field))
    return values
