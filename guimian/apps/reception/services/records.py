"""Business records: what the day's close lists are made of (R5.2). A closed day takes none; the database refuses (R5.3)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from guimian.apps.reception.models import BusinessRecord, Service, Ticket
from guimian.apps.reception.services.shared import tell, working_day
from guimian.base import numbering
from guimian.base.errors import Unable

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit

Direction, Way = BusinessRecord.Direction, BusinessRecord.Way


class UnableToAttachRecord(Unable):
    """The day is closed, or amount, direction and way of payment do not agree."""


class UnableToVoidRecord(Unable):
    """It is voided already, somebody else's, without a reason, or of a closed day."""


def attach_record(
    *,
    unit: Unit,
    service: Service,
    ticket: Ticket | None = None,
    reference: str = "",
    amount: Decimal = Decimal(0),
    direction: str = Direction.NONE,
    way: str = Way.NONE,
    papers: int = 0,
    note: str = "",
    by: Person,
    now: datetime,
) -> BusinessRecord:
    """Record a piece of business, of a visit where there was one. `amount` in CNY. Raises UnableToAttachRecord."""
    _sound(amount, direction, way)
    try:
        with transaction.atomic():
            day = working_day(unit, now, UnableToAttachRecord)
            if ticket is not None and (ticket.unit_id, ticket.day) != (unit.pk, day):
                raise UnableToAttachRecord(
                    _("The visit is of another day."), clause="R5.2", found=ticket.day, wanted=day
                )
            row = BusinessRecord.objects.create(
                unit=unit, day=day, number=numbering.issue(unit, "record", day.isoformat()), ticket=ticket, teller=by,
                service=service, reference=reference.strip(), amount=amount, direction=direction, way=way, papers=papers,
                note=note.strip(), at=now,
            )  # fmt: skip
            tell(
                row, unit, "reception.record.attached", by, now, number=row.number, service=service.code, amount=amount,
                direction=direction, way=way,
            )  # fmt: skip
    except IntegrityError as error:  # the counter closed in this moment
        raise UnableToAttachRecord(_("The day is closed."), clause="R5.3", found=unit.local_day(now)) from error
    return row


def _sound(amount: Decimal, direction: str, way: str) -> None:
    moves = direction != Direction.NONE
    if moves and (amount <= 0 or way == Way.NONE):
        raise UnableToAttachRecord(
            _("Money that moves has an amount and a way of payment."), clause="R5.4", found=amount, wanted="> 0"
        )
    if not moves and (amount or way != Way.NONE):
        raise UnableToAttachRecord(
            _("Say whether the money was received or paid out."), clause="R5.4", found=amount, wanted="0"
        )


def void_record(*, record: BusinessRecord, reason: str, by: Person, now: datetime) -> BusinessRecord:
    """Take a wrong record back; it stays on the list, struck out, with the reason. Raises UnableToVoidRecord."""
    if not reason.strip():
        raise UnableToVoidRecord(_("Say why it is voided."), clause="R5.2")
    if record.teller_id != by.pk:
        raise UnableToVoidRecord(_("Only who made the record voids it."), clause="R5.2", found=record.teller.label)
    change = {"voided_at": now, "voided_by": by, "void_reason": reason.strip()}
    try:
        with transaction.atomic():
            if not BusinessRecord.objects.filter(pk=record.pk, voided_at=None).update(**change):
                raise UnableToVoidRecord(_("It is voided already."), clause="R5.2")
            for name, value in change.items():
                setattr(record, name, value)
            tell(record, record.unit, "reception.record.voided", by, now, reason.strip(), number=record.number)
    except IntegrityError as error:
        raise UnableToVoidRecord(_("The day is closed."), clause="R5.3", found=record.day) from error
    return record
