"""A teller's list of a day: the records, what was checked of them, and how the close stands (R5.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db.models import Q

from guimian.apps.calendar.queries import business_day_of
from guimian.apps.daily_close import rules
from guimian.apps.daily_close.models import CloseLine, TellerClose
from guimian.apps.reception.queries import records_of, tellers_of, totals_of

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit
    from guimian.apps.reception.models import BusinessRecord
    from guimian.apps.reception.queries.records import Totals


BESIDE = ("unit", "teller", "returned_by", "cash_cause")  # read with a close


@dataclass(frozen=True)
class TellerList:
    """One teller's list as it stands now, and the close that was made of it (None: nothing begun)."""

    teller: Person
    records: tuple[BusinessRecord, ...]
    totals: Totals
    digest: str
    close: TellerClose | None
    lines: Mapping[int, CloseLine]  # by record

    @property
    def state(self) -> str:
        """MISSING, DRAFT, CONFIRMED, STALE or RETURNED."""
        return rules.state_of(self.close.state, self.close.digest, self.digest) if self.close else rules.MISSING

    @property
    def is_confirmed(self) -> bool:
        return self.state == rules.CONFIRMED

    def checked(self, row: BusinessRecord) -> CloseLine | None:
        """What was said of the record, unless it changed since."""
        line = self.lines.get(row.pk)
        return line if line and line.digest == digest_of_record(row) else None

    @property
    def cash_expected(self) -> Decimal:
        """What the drawer holds of the day, without the float, in CNY; below zero when more was paid out."""
        return self.totals.cash_in - self.totals.cash_out

    @property
    def has_cash(self) -> bool:
        return any(row.way == "CASH" and row.voided_at is None for row in self.records)

    @property
    def differences(self) -> int:
        """Lines that do not agree, and the cash when it does not."""
        cash = bool(self.close and self.close.cash_difference)
        return sum(not line.agrees for line in self.lines.values()) + cash


def line_of(row: BusinessRecord) -> rules.Line:
    return rules.Line(
        number=row.number,
        service=row.service.code,
        reference=row.reference,
        amount=row.amount,
        direction=row.direction,
        way=row.way,
        papers=row.papers,
        note=row.note,
        void=row.void_reason,
    )


def digest_of_record(row: BusinessRecord) -> str:
    return rules.digest_of_line(line_of(row))


def digest_of(unit: Unit, day: date, teller: Person, records: Iterable[BusinessRecord]) -> str:
    return rules.digest_of((unit.code, day.isoformat(), teller.staff_number), map(line_of, records))


def list_of(unit: Unit, day: date, teller: Person) -> TellerList:
    """One teller's list. Three queries."""
    close = TellerClose.objects.filter(unit=unit, day=day, teller=teller).select_related(*BESIDE).first()
    lines = close.lines.select_related("cause") if close else ()
    return _made(unit, day, teller, tuple(records_of(unit, day, teller)), close, lines)


def lists_of(unit: Unit, day: date) -> tuple[TellerList, ...]:
    """The lists of everybody who has to close the day (R5.2), by staff number. Six queries, however many tellers."""
    records: dict[int, list[BusinessRecord]] = defaultdict(list)
    for row in records_of(unit, day):
        records[row.teller_id].append(row)
    closes = {
        row.teller_id: row for row in TellerClose.objects.filter(unit=unit, day=day).select_related("returned_by")
    }
    lines: dict[int, list[CloseLine]] = defaultdict(list)
    for line in CloseLine.objects.filter(unit=unit, day=day).select_related("cause"):
        lines[line.close_id].append(line)
    people = get_user_model()._default_manager.filter(pk__in=tellers_of(unit, day)).order_by("staff_number")
    return tuple(
        _made(unit, day, one, tuple(records[one.pk]), close, lines[close.pk] if close else ())
        for one in people
        for close in (closes.get(one.pk),)
    )


def _made(
    unit: Unit,
    day: date,
    teller: Person,
    records: tuple[BusinessRecord, ...],
    close: TellerClose | None,
    lines: Iterable[CloseLine],
) -> TellerList:
    return TellerList(
        teller=teller,
        records=records,
        totals=totals_of(records),
        digest=digest_of(unit, day, teller, records),
        close=close,
        lines={line.record_id: line for line in lines},
    )


def list_to_confirm(unit: Unit, person: Person, now: datetime) -> tuple[date, str] | None:
    """The day and the state of the person's list that waits to be confirmed; None when there is none. At most six queries."""
    row = business_day_of(unit, now)
    if row is None or row.state == "CLOSED" or person.pk not in tellers_of(unit, row.day):
        return None
    found = list_of(unit, row.day, person)
    return None if found.is_confirmed else (row.day, found.state)


def teller_of(unit: Unit, day: date, staff_number: str) -> Person | None:
    """Somebody who has to close the day, or has; None for anybody else."""
    people = get_user_model()._default_manager.filter(staff_number=staff_number)
    closed = TellerClose.objects.filter(unit=unit, day=day).values("teller_id")
    return people.filter(Q(pk__in=tellers_of(unit, day)) | Q(pk__in=closed)).first()
