"""Rows of the hall at one unit, for the tests of access: a visit with a record and a rating, a screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from guimian.apps.organisation.models import Person, Skill, Unit, Window
from guimian.apps.reception.models import BusinessRecord, Device, Rating, Seat, Service, Ticket

#: Text that is no free text, or belongs to no unit, and why.
EXEMPT = {"reception.Ticket.letter": "a single letter"}
OF_NOBODY = {"reception.Service"}


@dataclass
class PlantedReception:
    """One row of each kind."""

    seat: Seat
    ticket: Ticket
    record: BusinessRecord
    rating: Rating
    device: Device

    def rows(self) -> list[models.Model]:
        return list(vars(self).values())


def plant_reception(unit: Unit, person: Person, window: Window, skill: Skill, now: datetime) -> PlantedReception:
    """A visit that is over, at a seat that is held."""
    names = {"name": "变更", "name_en": "Change", "letter": "A", "skill": skill}
    service, _made = Service.objects.get_or_create(code="PLANTED", defaults=names)
    at = {"unit": unit, "day": unit.local_day(now)}
    seat = Seat.objects.create(**at, window=window, teller=person, taken_at=now)
    ticket = Ticket.objects.create(
        **at, letter="A", number=1, service=service, seat=seat, state="DONE", issued_at=now, called_at=now, calls=1,
        started_at=now, ended_at=now,
    )  # fmt: skip
    return PlantedReception(
        seat=seat,
        ticket=ticket,
        record=BusinessRecord.objects.create(
            **at, number=901, ticket=ticket, teller=person, service=service, at=now, voided_at=now, voided_by=person,
            void_reason="x",
        ),
        rating=Rating.objects.create(ticket=ticket, score=4, way="PAD", at=now),
        device=Device.objects.create(unit=unit, kind="BOARD", name="x", added_at=now),
    )  # fmt: skip


def known_arguments(planted: PlantedReception) -> Mapping[str, Any]:
    """What the routes of the hall take."""
    return {
        "reception:deed": "next",
        "reception:record": planted.record.pk,
        "reception:ticket": planted.ticket.pk,
        "reception:visit": planted.ticket.pk,
        "reception:device": planted.device.pk,
    }
