"""A closed day takes no writes: the database itself refuses them, whoever asks (R5.3)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction

from guimian.apps.calendar.models import BusinessDay
from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company
from guimian.apps.reception import services
from guimian.apps.reception.models import BusinessRecord, Seat, Ticket
from guimian.apps.reception.tests.rows import TODAY, at, make_day, make_seat, make_served, make_service
from guimian.base.triggers import drop_closed_sql


@pytest.fixture
def closed(company: Company, teller: Person) -> BusinessDay:
    """A day with a visit, a record and a seat, closed since."""
    day, service = make_day(company.k1, teller), make_service()
    seat = make_seat(company.k1, teller, 1, service)
    ticket = make_served(seat, service, 0, 1, 2)
    services.attach_record(unit=company.k1, service=service, ticket=ticket, by=teller, now=at(3))
    services.leave_seat(seat=seat, by=teller, now=at(4))
    BusinessDay.objects.filter(pk=day.pk).update(
        state="CLOSED", closing_at=at(5), closing_by=teller, closed_at=at(6), closed_by=teller
    )
    return BusinessDay.objects.get(pk=day.pk)


def again(row: Ticket | Seat | BusinessRecord) -> None:
    """The same row once more, under another number."""
    row.pk = None
    if isinstance(row, Ticket):
        row.number, row.secret = 99, "another"
    if isinstance(row, BusinessRecord):
        row.number = 99
    row.save(force_insert=True)


WRITES: dict[str, Callable[[], object]] = {
    "insert a ticket": lambda: again(Ticket.objects.get()),
    "insert a record": lambda: again(BusinessRecord.objects.get()),
    "insert a seat": lambda: again(Seat.objects.get()),
    "change a ticket": lambda: Ticket.objects.update(priority="VIP"),
    "change an amount": lambda: BusinessRecord.objects.update(note="x"),
    "delete a record": lambda: BusinessRecord.objects.all().delete(),
    "delete a seat": lambda: connection.cursor().execute("DELETE FROM reception_seat"),
    "move a record out of the day": lambda: BusinessRecord.objects.update(day="2026-11-24"),
    "open the day again": lambda: BusinessDay.objects.update(state="OPEN", closing_at=None, closed_at=None),
    "delete the day": lambda: BusinessDay.objects.all().delete(),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=list(WRITES))
def test_the_database_refuses(closed: BusinessDay, write: Callable[[], object]) -> None:
    with pytest.raises(IntegrityError, match="closed day"), transaction.atomic():
        write()


def test_nothing_is_moved_into_a_closed_day(closed: BusinessDay, company: Company, teller: Person) -> None:
    service = make_service()
    record = BusinessRecord.objects.create(
        unit=company.k2, day=TODAY, number=1, teller=teller, service=service, at=at(0)
    )
    with pytest.raises(IntegrityError, match="closed day"), transaction.atomic():
        BusinessRecord.objects.filter(pk=record.pk).update(unit=company.k1, number=7)


def test_without_the_trigger_the_write_gets_in(closed: BusinessDay) -> None:
    """The seeded fault: what the tests above would not see, did the database not refuse."""
    with connection.cursor() as cursor:
        for sql in drop_closed_sql(connection.vendor, "reception_businessrecord"):
            cursor.execute(sql)
    assert BusinessRecord.objects.update(note="x") == 1


def test_a_rating_may_still_come(closed: BusinessDay) -> None:
    assert services.rate_visit(ticket=Ticket.objects.get(), score=4, way="PHONE", now=at(60)).score == 4


def test_the_service_says_so_in_words(closed: BusinessDay, company: Company, teller: Person) -> None:
    with pytest.raises(services.UnableToAttachRecord) as refused:
        services.attach_record(unit=company.k1, service=make_service(), by=teller, now=at(7))
    assert refused.value.clause == "R5.3"
    with pytest.raises(services.UnableToVoidRecord):
        services.void_record(record=BusinessRecord.objects.get(), reason="x", by=teller, now=at(7))
