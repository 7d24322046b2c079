"""Closes of a closed day stay as they are: the database itself refuses every write (R5.3)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, models, transaction

from guimian.apps.daily_close import services
from guimian.apps.daily_close.models import CloseLine, CounterClose, TellerClose
from guimian.apps.daily_close.tests.rows import EVENING, confirm, make_ready
from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company
from guimian.base.triggers import drop_closed_sql


@pytest.fixture
def closed(company: Company, teller: Person, supervisor: Person) -> CounterClose:
    make_ready(company.k1, teller)
    return services.close_counter(unit=company.k1, by=supervisor, now=EVENING)


def again(row: models.Model | None, **changes: object) -> None:
    """The same row once more, as another one."""
    assert row is not None
    row.pk = None
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(force_insert=True)


def raw(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


WRITES: dict[str, Callable[[Company, Person], object]] = {
    "insert a teller's close": lambda company, other: again(TellerClose.objects.first(), teller=other),
    "insert a line": lambda company, other: again(CloseLine.objects.first()),
    "insert a counter's close": lambda company, other: again(CounterClose.objects.first(), number=2),
    "change a teller's close": lambda company, other: TellerClose.objects.update(received=1),
    "send a list back": lambda company, other: TellerClose.objects.update(state="DRAFT"),
    "change a line": lambda company, other: CloseLine.objects.update(note="x"),
    "change the counter's close": lambda company, other: CounterClose.objects.update(digest="x"),
    "move it to another day": lambda company, other: CounterClose.objects.update(day="2026-11-24"),
    "move it to another counter": lambda company, other: CounterClose.objects.update(unit=company.k2),
    "delete a line": lambda company, other: raw("DELETE FROM daily_close_closeline"),
    "delete the counter's close": lambda company, other: raw("DELETE FROM daily_close_counterclose"),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=list(WRITES))
def test_the_database_refuses(
    closed: CounterClose, company: Company, cashier: Person, write: Callable[[Company, Person], object]
) -> None:
    with pytest.raises(IntegrityError, match="closed day"), transaction.atomic():
        write(company, cashier)


@pytest.mark.parametrize("table", ["daily_close_tellerclose", "daily_close_closeline", "daily_close_counterclose"])
def test_without_the_trigger_the_write_gets_in(closed: CounterClose, table: str) -> None:
    """The seeded fault: what the tests above would not see, did the database not refuse."""
    for sql in drop_closed_sql(connection.vendor, table):
        raw(sql)
    with transaction.atomic():
        raw(f"UPDATE {table} SET day = day")


def test_the_services_say_so_in_words(closed: CounterClose, company: Company, teller: Person, manager: Person) -> None:
    with pytest.raises(services.UnableToConfirmList) as refused:
        confirm(company.k1, teller)
    assert refused.value.clause == "R5.3"
    with pytest.raises(services.UnableToReturnList) as back:
        services.return_list(close=TellerClose.objects.get(), reason="x", by=manager, now=EVENING)
    assert back.value.clause == "R5.3"
