"""Differences become findings, so that they are mended and another person verifies it (R5.4)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from guimian.base.findings.services import record_finding

if TYPE_CHECKING:
    from guimian.apps.daily_close.models import CloseLine, TellerClose

CODE = "daily_close.difference"


def record_differences(close: TellerClose, *, now: datetime) -> None:
    """A finding for each line that does not agree, and for the cash when it differs; once for each record and drawer."""
    for line in close.lines.filter(agrees=False).select_related("record", "cause"):
        record_finding(
            unit=close.unit, code=CODE, clause="R5.4", key=f"{CODE}:{line.record_id}", what=_of_line(line),
            by=close.teller, now=now, details={"day": f"{close.day}", "number": line.record.number},
        )  # fmt: skip
    if close.cash_difference:
        record_finding(
            unit=close.unit, code=CODE, clause="R5.4", key=f"{CODE}:cash:{close.day}:{close.teller_id}",
            what=_of_cash(close), by=close.teller, now=now,
            details={"day": f"{close.day}", "difference": f"{close.cash_difference:.2f}"},
        )  # fmt: skip


def _of_line(line: CloseLine) -> str:
    said = _("Record %(number)s of %(day)s does not agree with its papers: %(cause)s. %(note)s")
    cause = line.cause.label if line.cause else ""
    return (said % {"number": line.record.number, "day": line.day, "cause": cause, "note": line.note}).strip()


def _of_cash(close: TellerClose) -> str:
    said = _("The cash of %(teller)s on %(day)s differs from the list by %(amount)s CNY: %(cause)s. %(note)s")
    facts = {
        "teller": close.teller.label,
        "day": close.day,
        "amount": f"{close.cash_difference:.2f}",
        "cause": close.cash_cause.label if close.cash_cause else "",
        "note": close.cash_note,
    }
    return (said % facts).strip()
