"""Tables to Excel. What a stranger typed stays text: no cell is ever a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

MOST_ROWS = 20_000
MOST_TEXT = 32_000  # characters of one cell; Excel takes 32,767
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What Excel and its relatives read as the beginning of a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # full-width signs count too


def safe_cell(sheet: Any, value: Any) -> WriteOnlyCell:
    """A cell that holds the value and never a formula: text is marked as text, with Excel's own quote where it needs one."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value).replace(tzinfo=None)
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value)
    text = ILLEGAL_CHARACTERS_RE.sub("", value)[:MOST_TEXT]
    cell = WriteOnlyCell(sheet, "")
    cell.value = text
    cell.data_type = "s"
    if text.startswith(FORMULA_STARTS):
        cell.quotePrefix = True
    return cell


def workbook(title: str, heads: Sequence[str], lines: Iterable[Sequence[Any]]) -> bytes:
    """One sheet with a bold first line that stays in sight."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\']", " ", title).strip()[:31] or "1")
    sheet.freeze_panes = "A2"
    for index, head in enumerate(heads, start=1):
        sheet.column_dimensions[get_column_letter(index)].width = max(12, min(40, 2 * len(head) + 4))
    top = [safe_cell(sheet, head) for head in heads]
    for cell in top:
        cell.font = Font(bold=True)
    sheet.append(top)
    for line in lines:
        sheet.append([safe_cell(sheet, value) for value in line])
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def workbook_response(title: str, heads: Sequence[str], lines: Iterable[Sequence[Any]]) -> HttpResponse:
    """The workbook as a download named after the table."""
    name = re.sub(r"[^\w\- ]", "", title).strip() or "table"
    response = HttpResponse(workbook(title, heads, lines), content_type=XLSX)
    response["Content-Disposition"] = content_disposition_header(True, f"{name}.xlsx") or "attachment"
    return response
