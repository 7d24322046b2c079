"""Append-only tables: the database itself refuses to change, delete or empty them, on both kinds of database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from guimian.apps.organisation.tests.cast import Company
from guimian.base import journal
from guimian.base.models import JournalEntry, JournalSeal
from guimian.base.tests.journal.tampering import TABLES, lifted_triggers
from guimian.base.triggers import AppendOnly, append_only_sql, drop_sql

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
Deed = Callable[[], object]


def sql(text: str) -> Deed:
    def run() -> None:
        with connection.cursor() as cursor:
            cursor.execute(text)

    return run


DEEDS: dict[str, Deed] = {
    "save": lambda: JournalEntry.objects.get().save(update_fields=["reason"]),
    "update": lambda: JournalEntry.objects.update(reason="x"),
    "update nothing": lambda: JournalEntry.objects.update(reason=""),
    "delete": lambda: JournalEntry.objects.get().delete(),
    "delete all": lambda: JournalEntry.objects.all().delete(),
    "bulk update": lambda: JournalEntry.objects.bulk_update(JournalEntry.objects.all(), ["reason"]),
    "upsert": lambda: JournalEntry.objects.bulk_create(
        JournalEntry.objects.all(), update_conflicts=True, update_fields=["reason"], unique_fields=["id"]
    ),
    "raw update": sql("UPDATE base_journalentry SET reason = 'x'"),
    "raw delete": sql("DELETE FROM base_journalentry"),
    "seal update": lambda: JournalSeal.objects.update(digest="0" * 64),
    "seal delete": sql("DELETE FROM base_journalseal"),
}


@pytest.fixture
def _rows(company: Company) -> None:
    journal.record(unit=company.k1, by=None, event="test.done", subject="thing:1", now=NOW)
    journal.seal(unit=company.k1, day=date(2026, 11, 23), by=None, now=NOW)


@pytest.mark.usefixtures("_rows")
@pytest.mark.parametrize("deed", DEEDS)
def test_changing_what_was_written_is_refused(deed: str) -> None:
    before = [list(model.objects.values_list()) for model in (JournalEntry, JournalSeal)]
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        DEEDS[deed]()
    assert [list(model.objects.values_list()) for model in (JournalEntry, JournalSeal)] == before


@pytest.mark.usefixtures("_rows")
@pytest.mark.parametrize("deed", DEEDS)
def test_without_the_triggers_it_would_pass(deed: str) -> None:
    """The negative control: it is the triggers that refuse."""
    with lifted_triggers():
        DEEDS[deed]()


@pytest.mark.usefixtures("_rows")
@pytest.mark.parametrize("table", TABLES)
def test_emptying_or_replacing_is_refused(table: str) -> None:
    """PostgreSQL empties a table with TRUNCATE, SQLite overwrites a row with REPLACE: neither does here."""
    text = f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
    if connection.vendor == "postgresql":
        text = f"TRUNCATE {table} CASCADE"
        connection.check_constraints()  # deferred foreign keys would refuse it first, for another reason
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        sql(text)()


@pytest.mark.django_db(transaction=True)
def test_the_operation_goes_forth_and_back() -> None:
    with connection.schema_editor(atomic=False) as editor, connection.cursor() as cursor:
        cursor.execute("CREATE TABLE kept_rows (n integer)")
        operation = AppendOnly("kept_rows")
        operation.database_forwards("base", editor, None, None)  # type: ignore[arg-type]  # the states are not looked at
        cursor.execute("INSERT INTO kept_rows VALUES (1)")
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            cursor.execute("DELETE FROM kept_rows")
        operation.database_backwards("base", editor, None, None)  # type: ignore[arg-type]  # as above
        cursor.execute("DELETE FROM kept_rows")
        cursor.execute("DROP TABLE kept_rows")
    assert "kept_rows" in operation.describe()
    assert operation.deconstruct() == ("AppendOnly", ["kept_rows"], {})


@pytest.mark.parametrize("vendor", ["sqlite", "postgresql"])
def test_both_kinds_of_database_have_their_words(vendor: str) -> None:
    made, dropped = append_only_sql(vendor, "kept_rows"), drop_sql(vendor, "kept_rows")
    words = " ".join(made).upper()
    assert all(verb in words for verb in ("UPDATE", "DELETE"))
    assert ("TRUNCATE" in words) == (vendor == "postgresql")
    assert dropped
