"""A teller's close: checked item by item with the papers, confirmed by the teller, sent back by a leader (R5.2, R5.3)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from guimian.apps.calendar.queries import day_of
from guimian.apps.daily_close import queries, rules
from guimian.apps.daily_close.models import Cause, CloseLine, TellerClose
from guimian.apps.daily_close.queries import TellerList
from guimian.apps.daily_close.services.differences import record_differences
from guimian.apps.daily_close.services.shared import tell
from guimian.apps.reception.queries import seats_at
from guimian.apps.reception.queries.visits import unfinished_visits
from guimian.base.errors import Unable

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit

State = TellerClose.State
WORKING = frozenset({"OPEN", "CLOSING"})


class UnableToSaveList(Unable):
    """The day is not open, or the list changed since it was shown."""


class UnableToConfirmList(Unable):
    """A customer is at the window, the window is held, a line is not checked, or a difference has no cause."""


class UnableToReturnList(Unable):
    """The list is not confirmed, the day is closed, or no reason is given."""


@dataclass(frozen=True)
class Check:
    """A record held against its papers. A difference has a cause; some causes want a note."""

    agrees: bool
    cause: Cause | None = None
    note: str = ""


@dataclass(frozen=True)
class Cash:
    """The day's cash in the drawer, counted without the float, in CNY; a difference has a cause."""

    counted: Decimal
    cause: Cause | None = None
    note: str = ""


Checks = Mapping[int, Check]  # by the record's number


def save_list(
    *, unit: Unit, day: date, digest: str, checks: Checks, cash: Cash | None = None, by: Person, now: datetime
) -> TellerClose:
    """Put the list by as far as it is checked, to go on later; what was confirmed before is confirmed no more.

    `digest` is that of the list as it was shown. Raises UnableToSaveList.
    """
    with transaction.atomic():
        found = _shown(unit, day, digest, by, UnableToSaveList)
        close = _kept(unit, day, found, checks, cash, State.DRAFT, now)
        tell(close, unit, "daily_close.list.saved", by, now, day=day, digest=found.digest)
    return close


def confirm_list(
    *, unit: Unit, day: date, digest: str, checks: Checks, cash: Cash | None = None, by: Person, now: datetime
) -> TellerClose:
    """Confirm one's own list of the day: each record is checked, each difference has a cause, the cash is counted (R5.2).

    `digest` is that of the list as it was shown. Differences become findings (R5.4). A record that comes, changes or is
    voided afterwards makes the list stale: it must be confirmed again. Raises UnableToConfirmList with every reason.
    """
    with transaction.atomic():
        found = _shown(unit, day, digest, by, UnableToConfirmList)
        reasons = [*_still_serving(unit, day, by), *_unchecked(found, checks), *_cash_reasons(found, cash)]
        if reasons:
            first, *more = reasons
            raise UnableToConfirmList(
                first.message, clause=first.clause, found=first.found, wanted=first.wanted, more=more
            )
        close = _kept(unit, day, found, checks, cash, State.CONFIRMED, now)
        tell(
            close, unit, "daily_close.list.confirmed", by, now, day=day, digest=found.digest,
            records=found.totals.records, voided=found.totals.voided, received=found.totals.received,
            paid=found.totals.paid, differences=sum(not one.agrees for one in checks.values()),
        )  # fmt: skip
        record_differences(close, now=now)
    return close


def return_list(*, close: TellerClose, reason: str, by: Person, now: datetime) -> TellerClose:
    """Send a teller's list back, to be closed again (R5.3). Raises UnableToReturnList."""
    if not reason.strip():
        raise UnableToReturnList(_("Say what is to be closed again."), clause="R5.3")
    change = {"state": State.RETURNED, "returned_by": by, "returned_at": now, "return_reason": reason.strip()}
    with transaction.atomic():
        _working(close.unit, close.day, UnableToReturnList)
        if not TellerClose.objects.filter(pk=close.pk, state=State.CONFIRMED).update(**change):
            raise UnableToReturnList(
                _("Only a confirmed list is sent back."),
                clause="R5.3",
                found=close.get_state_display(),
                wanted=str(State.CONFIRMED.label),
            )
        close.refresh_from_db()
        tell(close, close.unit, "daily_close.list.returned", by, now, reason.strip(), teller=close.teller.staff_number)
    return close


# ---------------------------------------------------------------- what is asked first
def _working(unit: Unit, day: date, error: type[Unable]) -> None:
    row = day_of(unit, day)
    if row is None or row.state not in WORKING:
        raise error(
            _("The counter's day is not open."),
            clause="R5.3",
            found=row.get_state_display() if row else _("Not opened yet"),
            wanted=_("open"),
        )


def _shown(unit: Unit, day: date, digest: str, by: Person, error: type[Unable]) -> TellerList:
    """The list as it stands, when it is the one that was shown."""
    _working(unit, day, error)
    found = queries.list_of(unit, day, by)
    if found.digest != digest:
        raise error(
            _("Your list changed while you checked it. Look at it again, then confirm."),
            clause="R5.2",
            found=digest[:8],
            wanted=found.digest[:8],
        )
    return found


def _still_serving(unit: Unit, day: date, by: Person) -> Iterator[Unable]:
    """Nobody closes with a customer before them, or from a window they still hold."""
    for ticket in unfinished_visits(unit, day).filter(seat__teller=by):
        yield Unable(_("A customer is at your window: finish first."), clause="R5.2", found=ticket.label)
    for seat in seats_at(unit, day).filter(teller=by):
        yield Unable(_("You still sit at a window: leave it first."), clause="R5.2", found=seat.window.number)


def _unchecked(found: TellerList, checks: Checks) -> Iterator[Unable]:
    """Each record is checked; each difference has a cause."""
    numbers = [row.number for row in found.records]
    if left := [number for number in numbers if number not in checks]:
        yield Unable(_("These numbers are not checked yet."), clause="R5.2", found=_few(left), wanted=_("all of them"))
    wrong = [number for number in numbers if number in checks and not _explained(checks[number])]
    if wrong:
        yield Unable(_("Say why these numbers do not agree with the papers."), clause="R5.2", found=_few(wrong))


def _explained(check: Check | Cash) -> bool:
    if isinstance(check, Check) and check.agrees:
        return True
    return check.cause is not None and bool(check.note.strip() or not check.cause.wants_note)


def _few(numbers: list[int]) -> str:
    """The first numbers, and that there are more."""
    shown = ", ".join(map(str, numbers[:10]))
    return f"{shown} …" if len(numbers) > 10 else shown


def _cash_reasons(found: TellerList, cash: Cash | None) -> Iterator[Unable]:
    """Whoever took or gave cash counts it; a difference has a cause (R5.4)."""
    if cash is None:
        if found.has_cash:
            yield Unable(_("Count the cash of the day."), clause="R5.4")
        return
    if cash.counted != found.cash_expected and not _explained(cash):
        yield Unable(
            _("Say why the cash differs from the list."),
            clause="R5.4",
            found=f"{cash.counted:.2f}",
            wanted=f"{found.cash_expected:.2f}",
        )


# ---------------------------------------------------------------- what is kept
def _kept(
    unit: Unit, day: date, found: TellerList, checks: Checks, cash: Cash | None, state: State, now: datetime
) -> TellerClose:
    """Write the close and its lines anew. Own rows first: they hold the day before the journal is held."""
    fields: dict[str, Any] = vars(found.totals) | _cash_fields(found, cash)
    fields |= {"state": state, "digest": found.digest, "saved_at": now}
    fields["confirmed_at"] = now if state == State.CONFIRMED else None
    try:
        with transaction.atomic():
            close, _new = TellerClose.objects.update_or_create(unit=unit, day=day, teller=found.teller, defaults=fields)
            close.lines.all().delete()
            CloseLine.objects.bulk_create(_lines(close, found, checks))
    except IntegrityError as error:
        kind = UnableToConfirmList if state == State.CONFIRMED else UnableToSaveList
        raise kind(_("The day is closed."), clause="R5.3", found=day) from error
    return close


def _cash_fields(found: TellerList, cash: Cash | None) -> dict[str, Any]:
    if cash is None:
        return {"cash_counted": None, "cash_difference": None, "cash_cause": None, "cash_note": ""}
    difference = rules.cash_difference(cash.counted, found.totals.cash_in, found.totals.cash_out)
    return {
        "cash_counted": cash.counted,
        "cash_difference": difference,
        "cash_cause": cash.cause if difference else None,
        "cash_note": cash.note.strip() if difference else "",
    }


def _lines(close: TellerClose, found: TellerList, checks: Checks) -> Iterator[CloseLine]:
    """A line for each record that was checked; one that differs without a cause yet is left for later."""
    for row in found.records:
        check = checks.get(row.number)
        if check is not None and (check.agrees or check.cause is not None):
            yield CloseLine(
                unit_id=close.unit_id,
                day=close.day,
                close=close,
                record=row,
                digest=queries.digest_of_record(row),
                agrees=check.agrees,
                cause=None if check.agrees else check.cause,
                note="" if check.agrees else check.note.strip(),
            )
