"""What the doors of the daily close share: who may, and the table of a list."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from guimian.apps.daily_close import rules
from guimian.base.access import MANAGERS, OFFICERS, Role
from guimian.base.ui.tables import Column, Empty, Table, build_table

if TYPE_CHECKING:
    from django.forms import BoundField

    from guimian.apps.daily_close.forms import ListForm
    from guimian.apps.daily_close.models import CloseLine
    from guimian.apps.daily_close.queries import TellerList
    from guimian.apps.organisation.models import Unit
    from guimian.apps.reception.models import BusinessRecord

FORM = ["GET", "POST"]
#: Who sits at windows and closes a list of one's own.
SERVING = frozenset({Role.TELLER, Role.CASHIER, Role.SUPERVISOR})
CLOSERS = MANAGERS | {Role.CLOSING_OFFICER}
READERS = CLOSERS | OFFICERS | {Role.ARCHIVIST}
MOST_LINES = 5000  # of one list, on one page
STATES = {
    rules.MISSING: gettext_lazy("Not begun"),
    "DRAFT": gettext_lazy("Begun"),
    rules.CONFIRMED: gettext_lazy("Confirmed"),
    rules.STALE: gettext_lazy("Changed since: confirm again"),
    "RETURNED": gettext_lazy("Sent back"),
}
TONES = {rules.CONFIRMED: "good", "DRAFT": "wait", rules.STALE: "bad", "RETURNED": "bad", rules.MISSING: "wait"}


def at_counter(unit: Unit) -> None:
    """Only counters close days (404 elsewhere)."""
    if not unit.is_counter:
        raise Http404(unit.code)


@dataclass(frozen=True)
class ListRow:
    """A record on a list, with what was said of it, or the fields to say it in."""

    record: BusinessRecord
    line: CloseLine | None
    ok: BoundField | None = None
    why: BoundField | None = None
    note: BoundField | None = None

    @property
    def received(self) -> Decimal | None:
        return self.record.amount if self.record.direction == "IN" else None

    @property
    def paid(self) -> Decimal | None:
        return self.record.amount if self.record.direction == "OUT" else None

    @property
    def remark(self) -> str:
        """The record's note, or why it was voided."""
        if self.record.voided_at is not None:
            return _("Voided: %(reason)s") % {"reason": self.record.void_reason}
        return self.record.note

    @property
    def checked(self) -> str:
        """In words, for Excel."""
        if self.line is None:
            return ""
        if self.line.agrees:
            return _("Agrees")
        cause = self.line.cause.label if self.line.cause else ""
        return f"{cause} {self.line.note}".strip()


def list_rows(found: TellerList, form: ListForm | None = None) -> list[ListRow]:
    if form is None:
        return [ListRow(row, found.checked(row)) for row in found.records]
    return [
        ListRow(
            row, found.checked(row), form[f"ok_{row.number}"], form[f"why_{row.number}"], form[f"note_{row.number}"]
        )
        for row in found.records
    ]


def list_table(request: HttpRequest, rows: list[ListRow], caption: str, with_teller: bool = False) -> Table:
    """The records in the order of their numbers, each with its check."""
    teller = Column("teller", _("Teller"), value=lambda row: row.record.teller.label)
    columns = [
        Column("number", pgettext("record", "No."), value=lambda row: row.record.number, template="daily_close/_number.html"),
        Column("at", _("Time"), value=lambda row: row.record.at, kind="clock"),
        *([teller] if with_teller else []),
        Column("service", _("Service"), value=lambda row: row.record.service.label),
        Column("reference", _("Policy or case"), value=lambda row: row.record.reference, kind="code"),
        Column("received", _("Received"), kind="money"),
        Column("paid", _("Paid out"), kind="money"),
        Column("way", _("Way of payment"), value=lambda row: way_of(row.record)),
        Column("papers", _("Papers"), value=lambda row: row.record.papers, kind="number"),
        *([Column("remark", _("Note"))] if any(row.remark for row in rows) else []),
        Column("checked", _("Agrees with the papers"), template="daily_close/_check.html"),
    ]  # fmt: skip
    empty = Empty(_("No business was recorded"), _("An empty list is confirmed as well: it says that there was none."))
    return build_table(request, rows, columns, caption=caption, empty=empty, per_page=MOST_LINES)


def way_of(record: BusinessRecord) -> str:
    return "" if record.direction == "NONE" else str(record.get_way_display())
