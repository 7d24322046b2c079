"""Tickets: issued in true order without gap or double, and given up (R6.3, R6.5)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from guimian.apps.reception.models import Service, Ticket
from guimian.apps.reception.services.shared import OPEN, move, tell, working_day
from guimian.apps.reception.services.turns import turn
from guimian.base import journal, numbering
from guimian.base.errors import Unable

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Skill, Unit

State = Ticket.State


class UnableToIssue(Unable):
    """The day is not open, or the service is not offered."""


class UnableToLeaveLine(Unable):
    """The customer is not in line any more."""


def add_service(
    *,
    code: str,
    name: str,
    name_en: str,
    letter: str,
    skill: Skill,
    place: int,
    unit: Unit,
    by: Person | None,
    now: datetime,
) -> Service:
    """Add a service to the company's list, or give back the one that has the code. Journalled at `unit`."""
    with transaction.atomic():
        fields = {"name": name, "name_en": name_en, "letter": letter, "skill": skill, "place": place}
        service, is_new = Service.objects.get_or_create(code=code, defaults=fields)
        if is_new:
            journal.record(
                unit=unit, by=by, event="reception.service.added", subject=service, now=now, after={"code": code}
            )
    return service


def issue_ticket(
    *,
    unit: Unit,
    service: Service,
    priority: str = Ticket.Priority.NORMAL,
    source: str = Ticket.Source.KIOSK,
    key: str = "",
    by: Person | None,
    now: datetime,
) -> Ticket:
    """Give the customer the next number of the service's letter on the counter's day.

    `key` is the caller's own for this ticket: asked again with it, the same ticket is given back, so that a kiosk may
    repeat a call whose answer was lost. Raises UnableToIssue.
    """
    if key and (known := Ticket.objects.filter(unit=unit, key=key).first()):
        return known
    if not service.is_active:
        raise UnableToIssue(_("This service is not offered."), clause="R6.5", found=service.label)
    try:
        with turn(), transaction.atomic():
            day = working_day(unit, now, UnableToIssue, OPEN)
            number = numbering.issue(unit, f"ticket.{service.letter}", day.isoformat())
            ticket = Ticket.objects.create(
                unit=unit, day=day, letter=service.letter, number=number, service=service, priority=priority,
                source=source, key=key, issued_at=now, issued_by=by,
            )  # fmt: skip
            tell(ticket, unit, "reception.ticket.issued", by, now, number=ticket.label, service=service.code)
    except IntegrityError:
        if key and (known := Ticket.objects.filter(unit=unit, key=key).first()):
            return known  # the same call came twice at once
        raise
    return ticket


def leave_line(*, ticket: Ticket, by: Person | None, now: datetime) -> Ticket:
    """The customer gives up. Raises UnableToLeaveLine unless they are waiting or just called."""
    with transaction.atomic():
        move(ticket, (State.WAITING, State.CALLED), UnableToLeaveLine, state=State.LEFT, ended_at=now)
        tell(ticket, ticket.unit, "reception.ticket.left", by, now, number=ticket.label)
    return ticket
