"""Rows of the daily close at one unit, for the tests of access: a record, a list with a difference, a counter's close."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from guimian.apps.daily_close.models import Cause, CloseLine, CounterClose, TellerClose
from guimian.apps.organisation.models import Person, Skill, Unit
from guimian.apps.reception.models import BusinessRecord, Service

#: Text that is no free text, or belongs to no unit, and why.
EXEMPT = {
    "daily_close.TellerClose.digest": "a digest",
    "daily_close.CloseLine.digest": "a digest",
    "daily_close.CounterClose.digest": "a digest",
}
OF_NOBODY = {"daily_close.Cause"}


@dataclass
class PlantedClose:
    """One row of each kind."""

    record: BusinessRecord
    teller: TellerClose
    line: CloseLine
    counter: CounterClose

    def rows(self) -> list[models.Model]:
        return [self.record, self.teller, self.line, self.counter]


def plant_close(unit: Unit, person: Person, skill: Skill, now: datetime) -> PlantedClose:
    """A record of today that does not agree, on a list that was sent back; a close that is written, the day still open."""
    day = unit.local_day(now)
    cause, _made = Cause.objects.get_or_create(code="PLANTED", defaults={"name": "缺件", "name_en": "Missing"})
    names = {"name": "变更", "name_en": "Change", "letter": "A", "skill": skill}
    service, _made = Service.objects.get_or_create(code="PLANTED", defaults=names)
    at = {"unit": unit, "day": day}
    record = BusinessRecord.objects.create(
        **at, number=900, teller=person, service=service, at=now, voided_at=now, voided_by=person, void_reason="x"
    )
    teller = TellerClose.objects.create(
        **at, teller=person, state="RETURNED", digest="0" * 64, saved_at=now, returned_by=person, returned_at=now,
        return_reason="x", cash_counted=1, cash_difference=1, cash_cause=cause,
    )  # fmt: skip
    line = CloseLine.objects.create(**at, close=teller, record=record, digest="0" * 64, agrees=False, cause=cause)
    counter = CounterClose.objects.create(
        **at, number=1, closed_by=person, closed_at=now, due_at=now, tellers=1, records=1, voided=1, received=0, paid=0,
        cash_in=0, cash_out=0, differences=1, digest="0" * 64,
    )  # fmt: skip
    return PlantedClose(record, teller, line, counter)


def known_arguments(planted: PlantedClose) -> Mapping[str, Any]:
    """What the routes of the daily close take."""
    teller = planted.teller
    return {"daily_close:day": teller.day, "daily_close:teller": teller.teller.staff_number}
