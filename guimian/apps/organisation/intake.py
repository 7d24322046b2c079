"""Reads the workbook by which a company is brought in: sheets Units, People, Posts, Windows, headings Chinese or English.

Nothing is trusted. Each cell that cannot be read is told with sheet, line, column, what was found and what would pass;
the others are read on. A line whose first cell begins with "# " is a remark. An empty cell says nothing: it never
erases what the company has.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from openpyxl import Workbook

from guimian.apps.organisation import rules
from guimian.engines.workbook import FORMULA, Cell, UnsafeWorkbook, column_letters, read_sheets

#: code -> Chinese and English words that stand for it in a cell
LEVELS = {
    "HQ": ("总公司", "Headquarters"),
    "PROVINCE": ("省级分公司", "Province"),
    "CITY": ("地市分公司", "City"),
    "CENTRE": ("客户服务中心", "Service centre"),
    "COUNTER": ("柜面", "Counter"),
}
PLACES = {
    "URBAN": ("城区柜面", "Urban counter"),
    "COUNTY": ("郊县柜面", "County counter"),
    "URBAN_INNER": ("城区内柜面", "Urban inner counter"),
    "TOWNSHIP_INNER": ("乡镇内柜面", "Township inner counter"),
}
SIZES = {
    "FLAGSHIP": ("旗舰店", "Flagship"),
    "LARGE": ("标准店大型", "Standard, large"),
    "MEDIUM": ("标准店中型", "Standard, medium"),
    "SMALL": ("标准店小型", "Standard, small"),
    "INNER": ("内柜面", "Inner counter"),
}
ROLES = {
    "HQ_OFFICER": ("总公司管理人员", "HQ officer"),
    "PROVINCE_OFFICER": ("省级管理人员", "Province officer"),
    "CITY_OFFICER": ("地市管理人员", "City officer"),
    "CENTRE_MANAGER": ("客户服务中心经理", "Centre manager"),
    "SUPERVISOR": ("柜面主管", "Counter supervisor"),
    "TELLER": ("柜员", "Teller"),
    "CASHIER": ("收付费人员", "Cashier"),
    "GUIDE": ("咨询引导员", "Guide"),
    "FLOATING_ADVISER": ("流动咨询员", "Floating adviser"),
    "CLOSING_OFFICER": ("日清日结岗", "Closing officer"),
    "ARCHIVIST": ("档案管理人员", "Archivist"),
    "INFORMATION_OFFICER": ("信息员", "Information officer"),
}
YES_NO = {"1": ("是", "Yes"), "0": ("否", "No")}


class Unreadable(ValueError):
    """A cell that cannot be read; the text says what would pass."""


class UnreadableFile(ValueError):
    """The file as a whole is refused, in words for the one who sent it."""


def as_text(most: int) -> Callable[[Cell], str]:
    """Text of at most so many characters; a whole number is taken as its digits."""

    def read(cell: Cell) -> str:
        if isinstance(cell, bool) or not isinstance(cell, str | int | float):
            raise Unreadable(_("a text"))
        if isinstance(cell, float | int):
            if cell != int(cell) or abs(cell) >= 10**15:
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
        raise Unreadable(_("one of: %(words)s") % {"words": ", ".join(names[0] for names in words.values())})

    return read


def as_yes_no(cell: Cell) -> bool:
    return cell if isinstance(cell, bool) else as_one_of(YES_NO)(cell) == "1"


def as_date(cell: Cell) -> date:
    """A day: a date cell, or text like 2026-11-23, 2026/11/23, 2026年11月23日."""
    day = cell.date() if isinstance(cell, datetime) else cell
    if isinstance(day, str) and (
        match := re.fullmatch(r"\s*(\d{4})[-/年](\d{1,2})[-/月](\d{1,2})日?\s*", day, re.ASCII)
    ):
        try:
            day = date(*(int(part) for part in match.groups()))
        except ValueError as error:
            raise Unreadable(_("a day of the calendar")) from error
    if type(day) is not date or not 1949 <= day.year <= 2100:
        raise Unreadable(_("a day like 2026-11-23"))
    return day


def as_number(cell: Cell) -> int:
    text = as_text(6)(cell)
    if re.fullmatch(r"[1-9]\d{0,2}", text, re.ASCII) is None:
        raise Unreadable(_("a whole number from 1"))
    return int(text)


def as_words(cell: Cell) -> tuple[str, ...]:
    return tuple(word.strip() for word in re.split(r"[,，、;；]", as_text(400)(cell)) if word.strip())


def as_identity(cell: Cell) -> str:
    text = as_text(30)(cell).upper()
    if not rules.is_identity(text):
        raise Unreadable(_("an 18-digit resident identity number with its check digit"))
    return text


def as_phone(cell: Cell) -> str:
    text = as_text(30)(cell).replace(" ", "")
    if not rules.is_phone(text):
        raise Unreadable(_("a mobile number of 11 digits, or a landline with its area code"))
    return text


_code = as_matching(r"[A-Z0-9]{2,16}", gettext_lazy("2 to 16 capital letters and digits"), str.upper)
_staff_number = as_matching(r"[0-9A-Za-z]{4,20}", gettext_lazy("4 to 20 letters and digits"))
_email = as_matching(r"[^@\s]{1,60}@[^@\s.]+(\.[^@\s.]+)+", gettext_lazy("an e-mail address"))


@dataclass(frozen=True)
class Column:
    """A column of a sheet: the field it fills, its headings, and what reads its cells."""

    field: str
    zh: str
    en: str
    read: Callable[[Cell], Any]
    example: str = ""
    required: bool = False


@dataclass(frozen=True)
class SheetKind:
    """A sheet of the workbook; `key` are the fields that tell its lines apart."""

    code: str
    zh: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]


SHEETS = (
    SheetKind(
        "Units",
        "机构",
        (
            Column("code", "机构代码", "Code", _code, "K3201099", required=True),
            Column("parent", "上级机构代码", "Parent code", _code, "S320101"),
            Column("level", "层级", "Level", as_one_of(LEVELS), "COUNTER"),
            Column("name", "名称", "Name", as_text(80), "示例路柜面"),
            Column("name_en", "英文名称", "English name", as_text(80), "Example Road"),
            Column("place", "柜面类别", "Kind", as_one_of(PLACES), "URBAN"),
            Column("size", "柜面级别", "Class", as_one_of(SIZES), "MEDIUM"),
            Column("address", "地址", "Address", as_text(200), "示例路1号"),
            Column("opened_on", "开业日期", "Opened on", as_date, "2026-01-05"),
        ),
        ("code",),
    ),
    SheetKind(
        "People",
        "人员",
        (
            Column("staff_number", "工号", "Staff number", _staff_number, "32019999", required=True),
            Column("name", "姓名", "Name", as_text(40), "示例甲"),
            Column("name_en", "英文姓名", "English name", as_text(60), "Example A"),
            Column("phone", "电话", "Telephone", as_phone, "12000000000"),
            Column("identity", "身份证号", "Identity number", as_identity, ""),
            Column("email", "电子邮箱", "E-mail", _email, "a@example.com"),
            Column("joined_on", "入职日期", "Joined on", as_date, "2026-01-05"),
        ),
        ("staff_number",),
    ),
    SheetKind(
        "Posts",
        "岗位",
        (
            Column("staff_number", "工号", "Staff number", _staff_number, "32019999", required=True),
            Column("role", "岗位", "Role", as_one_of(ROLES), "TELLER", required=True),
            Column("unit", "机构代码", "Unit code", _code, "K3201099", required=True),
            Column("starts_on", "开始日期", "From", as_date, "2026-01-05", required=True),
            Column("ends_on", "结束日期", "Until", as_date, ""),
        ),
        ("staff_number", "role", "unit", "starts_on"),
    ),
    SheetKind(
        "Windows",
        "窗口",
        (
            Column("unit", "机构代码", "Unit code", _code, "K3201099", required=True),
            Column("number", "窗口号", "Window", as_number, "1", required=True),
            Column("name", "窗口名称", "Name", as_text(40), "综合窗口"),
            Column("skills", "业务种类", "Lines of business", as_words, "保全, 理赔"),
            Column("is_cashier", "收付费", "Cashier", as_yes_no, "否"),
            Column("is_priority", "优先窗口", "Priority", as_yes_no, "否"),
        ),
        ("unit", "number"),
    ),
)


@dataclass(frozen=True)
class Line:
    """A line of a sheet, read: the values of its filled cells by field."""

    sheet: str
    line: int
    values: Mapping[str, Any]


@dataclass(frozen=True)
class BadCell:
    """What could not be read or done: where, what was found, what would pass. `column` is letters, "" for the whole line."""

    sheet: str
    line: int
    column: str
    found: str
    wanted: str
    clause: str = ""


@dataclass(frozen=True)
class Intake:
    """The workbook in typed lines, by sheet, and every cell that could not be read."""

    sha256: str
    lines: Mapping[str, tuple[Line, ...]]
    bad: tuple[BadCell, ...]


def shown(value: object) -> str:
    """A found value as a page shows it: short, on one line."""
    text = "".join(sign if sign.isprintable() else "�" for sign in str(value))
    return text if len(text) <= 60 else text[:59] + "…"


def read(data: bytes) -> Intake:
    """Read a whole workbook. Raises UnreadableFile when it cannot be opened safely or holds none of the sheets."""
    try:
        sheets = read_sheets(data)
    except UnsafeWorkbook as error:
        raise UnreadableFile(_("The file cannot be read: %(why)s.") % {"why": _why(error)}) from error
    lines: dict[str, tuple[Line, ...]] = {}
    bad: list[BadCell] = []
    for kind in SHEETS:
        for name in sheets:
            if name.strip().casefold() in {kind.code.casefold(), kind.zh}:
                found = _lines(kind, sheets[name], bad)
                lines[kind.code] = (*lines.get(kind.code, ()), *found)
    if not lines:
        names = ", ".join(f"{kind.zh} / {kind.code}" for kind in SHEETS)
        raise UnreadableFile(_("None of the sheets is called %(names)s.") % {"names": names})
    return Intake(hashlib.sha256(data).hexdigest(), lines, tuple(bad))


def _why(error: UnsafeWorkbook) -> str:
    reasons = {
        "bytes": _("it is too large"),
        "rows": _("a sheet has too many lines"),
        "columns": _("a sheet has too many columns"),
        "text": _("a text is too long"),
        "broken": _("it is not a sound .xlsx workbook"),
    }
    return reasons[error.code]


def _lines(kind: SheetKind, rows: list[list[Cell]], bad: list[BadCell]) -> list[Line]:
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
            bad.append(BadCell(kind.code, number, column_letters(place + 1), shown(cell), str(error)))
    return values


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
