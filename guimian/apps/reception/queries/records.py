"""The day's business records, by teller: what closes are made of (R5.2)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import QuerySet

from guimian.apps.reception.models import BusinessRecord, Seat

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit

DIRECTIONS = BusinessRecord.Direction.choices
WAYS = BusinessRecord.Way.choices


def records_of(unit: Unit, day: date, teller: Person | None = None) -> QuerySet[BusinessRecord]:
    """The counter's records of the day, of one teller when given, by their numbers; the voided ones too."""
    rows = BusinessRecord.objects.filter(unit=unit, day=day)
    rows = rows.filter(teller=teller) if teller is not None else rows
    return rows.select_related("service", "teller", "ticket", "unit").order_by("number")


def tellers_of(unit: Unit, day: date) -> frozenset[int]:
    """Who has to close the day: everybody who sat at a window or recorded business on it. Two queries."""
    sat = set(Seat.objects.filter(unit=unit, day=day).values_list("teller_id", flat=True))
    return frozenset(sat | set(BusinessRecord.objects.filter(unit=unit, day=day).values_list("teller_id", flat=True)))


@dataclass(frozen=True)
class Totals:
    """Records that count, and the money received and paid out by way of payment, in CNY."""

    records: int
    voided: int
    received: Decimal
    paid: Decimal
    cash_in: Decimal
    cash_out: Decimal


def totals_of(rows: Iterable[BusinessRecord]) -> Totals:
    """One query, or none for rows that were read."""
    all_of_them = list(rows)
    good = [row for row in all_of_them if row.voided_at is None]

    def money(direction: str, cash_only: bool = False) -> Decimal:
        counted = (row.amount for row in good if row.direction == direction and (row.way == "CASH" or not cash_only))
        return sum(counted, Decimal(0))

    return Totals(
        records=len(good),
        voided=len(all_of_them) - len(good),
        received=money("IN"),
        paid=money("OUT"),
        cash_in=money("IN", cash_only=True),
        cash_out=money("OUT", cash_only=True),
    )
