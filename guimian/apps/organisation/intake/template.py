"""The empty workbook that people fill in."""

from __future__ import annotations

from io import BytesIO

from openpyxl import Workbook

from guimian.apps.organisation.intake.sheets import SHEETS


def template() -> bytes:
    """An empty workbook: each sheet with its headings and, as a remark, an example line."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for kind in SHEETS:
        sheet = book.create_sheet(kind.zh)
        sheet.append([column.zh for column in kind.columns])
        sheet.append([("# " if not place else "") + column.example for place, column in enumerate(kind.columns)])
        for column in sheet.columns:
            sheet.column_dimensions[column[0].column_letter].width = 18
    out = BytesIO()
    book.save(out)
    return out.getvalue()
