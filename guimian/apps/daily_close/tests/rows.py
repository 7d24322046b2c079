"""Rows for the tests of the daily close: a day with business, lists confirmed, a counter ready to close."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from guimian.apps.calendar import services as calendar
from guimian.apps.calendar.models import BusinessDay
from guimian.apps.daily_close import queries, services
from guimian.apps.daily_close.models import Cause, TellerClose
from guimian.apps.organisation.models import Person, Unit
from guimian.apps.reception import services as reception
from guimian.apps.reception.models import BusinessRecord
from guimian.apps.reception.tests.rows import TODAY, at, make_day, make_service

EVENING = at(9 * 60)  # six o'clock in Shanghai
Check, Cash = services.Check, services.Cash


def make_cause(code: str = "PAPER_MISSING", wants_note: bool = False) -> Cause:
    fields = {"name": "资料缺失", "name_en": "A paper is missing", "wants_note": wants_note}
    return Cause.objects.get_or_create(code=code, defaults=fields)[0]


def make_record(
    unit: Unit, teller: Person, amount: str = "0", direction: str = "IN", way: str = "CARD"
) -> BusinessRecord:
    """A record of the unit's standing day; without an amount no money moves."""
    money: dict[str, Any] = {"amount": Decimal(amount), "direction": direction, "way": way} if Decimal(amount) else {}
    return reception.attach_record(unit=unit, service=make_service(), reference="P-1", by=teller, now=at(60), **money)


def digest(unit: Unit, teller: Person) -> str:
    """Of the teller's list as it stands."""
    return queries.list_of(unit, TODAY, teller).digest


def all_agree(unit: Unit, teller: Person) -> dict[int, services.Check]:
    return {row.number: Check(agrees=True) for row in queries.list_of(unit, TODAY, teller).records}


def confirm(unit: Unit, teller: Person, now: datetime = EVENING, **changes: Any) -> TellerClose:
    """Confirm the teller's list: all agrees and the cash is what it should be, unless `changes` say otherwise."""
    found = queries.list_of(unit, TODAY, teller)
    given: dict[str, Any] = {"digest": found.digest, "checks": all_agree(unit, teller)}
    given["cash"] = Cash(found.cash_expected) if found.has_cash else None
    return services.confirm_list(unit=unit, day=TODAY, by=teller, now=now, **(given | changes))


def start_closing(unit: Unit, by: Person) -> BusinessDay:
    return calendar.start_closing(day=BusinessDay.objects.get(unit=unit, day=TODAY), by=by, now=at(8 * 60))


def make_ready(unit: Unit, *tellers: Person) -> BusinessDay:
    """A day with two records of each teller, in its closing, every list confirmed."""
    make_day(unit, tellers[0])
    for teller in tellers:
        make_record(unit, teller, "100.10")
        make_record(unit, teller, "20.20", way="CASH")
    day = start_closing(unit, tellers[0])
    for teller in tellers:
        confirm(unit, teller)
    return day
