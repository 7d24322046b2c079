"""What somebody with the database's own keys could do to a chain: the triggers are lifted, then rows are forged."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.db.models import F

from guimian.apps.organisation.models import Unit
from guimian.base.journal.chain import digest_of
from guimian.base.models import JournalEntry, JournalHead, JournalSeal
from guimian.base.models.journal import GENESIS
from guimian.base.triggers import append_only_sql, drop_sql

TABLES = (JournalEntry._meta.db_table, JournalSeal._meta.db_table)


@contextmanager
def lifted_triggers() -> Iterator[None]:
    """The append-only tables without their triggers, as a superuser could have them."""
    with connection.cursor() as cursor:
        for table in TABLES:
            for statement in drop_sql(connection.vendor, table):
                cursor.execute(statement)
        yield
        for table in TABLES:
            for statement in append_only_sql(connection.vendor, table):
                cursor.execute(statement)


def fix_head(unit: Unit) -> None:
    """Make the head agree with the rows that are there."""
    last = JournalEntry.objects.filter(unit=unit).order_by("-seq").first()
    JournalHead.objects.filter(unit=unit).update(seq=last.seq if last else 0, digest=last.digest if last else GENESIS)


def cut_tail(unit: Unit, seq: int) -> None:
    """Take away the row and all after it, and hide that by the head."""
    JournalEntry.objects.filter(unit=unit, seq__gte=seq).delete()
    fix_head(unit)


def rewrite(unit: Unit, seq: int) -> None:
    """Change what one row says, and nothing else."""
    JournalEntry.objects.filter(unit=unit, seq=seq).update(reason="nothing happened")


def rechain(unit: Unit, seq: int) -> None:
    """Change what one row says and reckon every later digest anew, head included."""
    rows = list(JournalEntry.objects.filter(unit=unit, seq__gte=seq).order_by("seq"))
    before = JournalEntry.objects.filter(unit=unit, seq=seq - 1).first()
    previous = before.digest if before else GENESIS
    JournalEntry.objects.filter(unit=unit, seq__gte=seq).delete()
    for row in rows:
        row.reason = "nothing happened" if row.seq == seq else row.reason
        row.previous = previous
        row.digest = previous = digest_of(row)
        row.save(force_insert=True)
    fix_head(unit)


def swap(unit: Unit, seq: int) -> None:
    """Let a row and the one before it change places, numbers and all."""
    rows = JournalEntry.objects.filter(unit=unit)
    rows.filter(seq=seq).update(seq=10_000_000)
    rows.filter(seq=seq - 1).update(seq=F("seq") + 1)
    rows.filter(seq=10_000_000).update(seq=seq - 1)
    fix_head(unit)


def take_out(unit: Unit, seq: int) -> None:
    """Take one row out of the middle."""
    JournalEntry.objects.filter(unit=unit, seq=seq).delete()
    fix_head(unit)
