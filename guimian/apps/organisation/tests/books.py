"""Workbooks as people hand them in: sheets by name, the first line of each its headings."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook

Sheets = Mapping[str, Sequence[Sequence[Any]]]

UNITS = ("Code", "Parent code", "Level", "Name", "Kind", "Class", "Opened on")
PEOPLE = ("Staff number", "Name", "Telephone", "E-mail")
POSTS = ("Staff number", "Role", "Unit code", "From", "Until")
WINDOWS = ("Unit code", "Window", "Name", "Lines of business", "Cashier")


def book(sheets: Sheets) -> bytes:
    """The workbook as bytes."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def whole() -> Sheets:
    """One of everything below the centre S111 of the cast: a counter, two people, a post, a window."""
    return {
        "Units": [UNITS, ("K3", "S111", "Counter", "新柜面", "Urban inner counter", "Inner counter", "2026-01-05")],
        "People": [PEOPLE, ("20000001", "甲", "12000000001", "a@example.com"), ("20000002", "乙", "", "")],
        "Posts": [
            POSTS,
            ("20000001", "Teller", "K3", "2026-01-05", ""),
            ("20000002", "Guide", "K3", "2026-01-05", ""),
            ("10000006", "Guide", "K2", "2026-01-05", "2099-01-01"),
        ],
        "Windows": [WINDOWS, ("K3", 1, "综合窗口", "Claims", "No")],
    }


def changed(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The archive with some bytes of one part replaced, past every library."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for name in before.namelist():
            content = before.read(name)
            if name == part:
                assert old in content
                content = content.replace(old, new)
            after.writestr(name, content)
    return out.getvalue()
