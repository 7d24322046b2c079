"""Reads a whole workbook into typed lines."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from guimian.apps.organisation.intake.lines import BadCell, Line, read_lines
from guimian.apps.organisation.intake.sheets import SHEETS
from guimian.engines.workbook import MAX_COLUMNS, MAX_ROWS, MAX_TEXT, UnsafeWorkbook, read_sheets


class UnreadableFile(ValueError):
    """The file as a whole is refused, in words for the one who sent it."""


@dataclass(frozen=True)
class Intake:
    """The workbook in typed lines, by sheet, and every cell that could not be read."""

    sha256: str
    lines: Mapping[str, tuple[Line, ...]]
    bad: tuple[BadCell, ...]


def read(data: bytes) -> Intake:
    """Read a whole workbook. Raises UnreadableFile when it cannot be opened safely, or not be told which sheet is which."""
    try:
        sheets = read_sheets(data)
    except UnsafeWorkbook as error:
        raise UnreadableFile(_why(error)) from error
    lines: dict[str, tuple[Line, ...]] = {}
    bad: list[BadCell] = []
    for kind in SHEETS:
        names = [name for name in sheets if name.strip().casefold() in {kind.code.casefold(), kind.zh}]
        if len(names) > 1:
            raise UnreadableFile(
                _("Several sheets are called %(name)s: put their lines into one.") % {"name": names[0]}
            )
        for name in names:
            lines[kind.code] = tuple(read_lines(kind, sheets[name], bad))
    if not lines:
        wanted = ", ".join(f"{kind.zh} / {kind.code}" for kind in SHEETS)
        raise UnreadableFile(_("None of the sheets is called %(names)s.") % {"names": wanted})
    return Intake(hashlib.sha256(data).hexdigest(), lines, tuple(bad))


def _why(error: UnsafeWorkbook) -> str:
    most = {"rows": f"{MAX_ROWS:,}", "columns": MAX_COLUMNS, "text": f"{MAX_TEXT:,}"}
    reasons = {
        "bytes": _("The file is too large, or swells when it is unpacked."),
        "rows": _("A sheet has more than %(rows)s lines: hand it in in parts."),
        "columns": _("A sheet has more than %(columns)s columns: hand in the template's only."),
        "text": _("A cell holds more than %(text)s characters."),
        "broken": _("The file is not a sound .xlsx workbook: save it as .xlsx and try again."),
    }
    return reasons[error.code] % most
