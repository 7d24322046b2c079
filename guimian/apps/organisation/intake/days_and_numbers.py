"""Reads cells that hold days and numbers."""

from __future__ import annotations

import re
from datetime import date, datetime

from django.utils.translation import gettext as _

from guimian.apps.organisation import rules
from guimian.apps.organisation.intake.cells import Unreadable, as_text
from guimian.engines.workbook import Cell


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
