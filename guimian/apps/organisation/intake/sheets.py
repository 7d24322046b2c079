"""The sheets of the workbook and their columns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from guimian.apps.organisation.intake.cells import as_matching, as_one_of, as_text, as_words, as_yes_no
from guimian.apps.organisation.intake.days_and_numbers import as_date, as_identity, as_number, as_phone
from guimian.apps.organisation.intake.words import LEVELS, PLACES, ROLES, SIZES
from guimian.engines.workbook import Cell

_code = as_matching(r"[A-Z0-9]{2,16}", _("2 to 16 capital letters and digits"), str.upper)

_staff_number = as_matching(r"[0-9A-Za-z]{4,20}", _("4 to 20 letters and digits"))

_email = as_matching(r"[^@\s]{1,60}@[^@\s.]+(\.[^@\s.]+)+", _("an e-mail address"))


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
