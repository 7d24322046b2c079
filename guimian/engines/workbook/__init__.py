"""Reads spreadsheets (.xlsx) from strangers: bounded before they are opened, cells as plain values."""

from guimian.engines.workbook.guard import MAX_BYTES, MAX_COLUMNS, MAX_TEXT, UnsafeWorkbook
from guimian.engines.workbook.sheets import FORMULA, MAX_ROWS, Cell, column_letters, read_sheets

__all__ = [
    "FORMULA",
    "MAX_BYTES",
    "MAX_COLUMNS",
    "MAX_ROWS",
    "MAX_TEXT",
    "Cell",
    "UnsafeWorkbook",
    "column_letters",
    "read_sheets",
]
