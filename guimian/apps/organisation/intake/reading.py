"""Reads a whole workbook into typed lines."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from guimian.apps.organisation.intake.lines import BadCell, Line, read_lines
from guimian.apps.organisation.intake.sheets import SHEETS
from guimian.engines.workbook import UnsafeWorkbook, read_sheets


class UnreadableFile(ValueError):
    """The file as a whole is refused, in words for the one who sent it."""


@dataclass(frozen=True)
class Intake:
    """The workbook in typed lines, by sheet, and every cell that could not be read."""

    sha256: str
    lines: Mapping[str, tuple[Line, ...]]
    bad: tuple[BadCell, ...]


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
                found = read_lines(kind, sheets[name], bad)
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
