"""Rules that the database itself keeps: rows that may never be changed or deleted, on SQLite and on PostgreSQL.

`AppendOnly` is a migration operation. Bulk updates, raw SQL and other programs are refused as well as the application.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

REFUSAL = "append-only: {table} keeps every row as it was written"

SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {VERB} ON "{table}"
BEGIN SELECT RAISE(ABORT, '{refusal}'); END;
"""

POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
"""
POSTGRES_ROWS = """
CREATE TRIGGER {table}_no_change BEFORE UPDATE OR DELETE ON "{table}" FOR EACH ROW EXECUTE FUNCTION {table}_refuse();
"""
POSTGRES_TRUNCATE = """
CREATE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse();
"""


def append_only_sql(vendor: str, table: str) -> list[str]:
    """The statements that make a table append-only on this kind of database."""
    refusal = REFUSAL.format(table=table)
    if vendor == "sqlite":
        return [
            SQLITE.format(table=table, verb=verb, VERB=verb.upper(), refusal=refusal) for verb in ("update", "delete")
        ]
    parts = (POSTGRES_FUNCTION, POSTGRES_ROWS, POSTGRES_TRUNCATE)
    return [part.format(table=table, refusal=refusal) for part in parts]


def drop_sql(vendor: str, table: str) -> list[str]:
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {table}_no_{verb}" for verb in ("update", "delete")]
    return [f"DROP FUNCTION IF EXISTS {table}_refuse() CASCADE"]


# ---------------------------------------------------------------- closed days
DAY_REFUSAL = "closed day: {table} takes no writes of a day that is closed"
STAY_REFUSAL = "closed day: a closed row of {table} stays as it is"

SQLITE_DAY = """
CREATE TRIGGER {table}_day_{verb} BEFORE {VERB} ON "{table}"
WHEN EXISTS (SELECT 1 FROM "{days}" WHERE state = 'CLOSED' AND ({match}))
BEGIN SELECT RAISE(ABORT, '{refusal}'); END;
"""
SQLITE_STAY = """
CREATE TRIGGER {table}_stays_{verb} BEFORE {VERB} ON "{table}" WHEN OLD.state = 'CLOSED'
BEGIN SELECT RAISE(ABORT, '{refusal}'); END;
"""
# The day's row is share-locked until the write commits: a close waits for it, and a write that waited for a close sees it.
POSTGRES_DAY_FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_day_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE found text;
BEGIN
  IF TG_OP <> 'INSERT' THEN
    SELECT state INTO found FROM "{days}" WHERE unit_id = OLD.unit_id AND day = OLD.day FOR SHARE;
    IF found = 'CLOSED' THEN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  SELECT state INTO found FROM "{days}" WHERE unit_id = NEW.unit_id AND day = NEW.day FOR SHARE;
  IF found = 'CLOSED' THEN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation'; END IF;
  RETURN NEW;
END $$;
"""
POSTGRES_DAY = """
CREATE TRIGGER {table}_day BEFORE INSERT OR UPDATE OR DELETE ON "{table}"
FOR EACH ROW EXECUTE FUNCTION {table}_day_refuse();
"""
POSTGRES_STAY_FUNCTION = """
CREATE OR REPLACE FUNCTION {table}_stays_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'integrity_constraint_violation'; END $$;
"""
POSTGRES_STAY = """
CREATE TRIGGER {table}_stays BEFORE UPDATE OR DELETE ON "{table}" FOR EACH ROW WHEN (OLD.state = 'CLOSED')
EXECUTE FUNCTION {table}_stays_refuse();
"""
OLD_DAY, NEW_DAY = "unit_id = OLD.unit_id AND day = OLD.day", "unit_id = NEW.unit_id AND day = NEW.day"
MATCHES = {"insert": NEW_DAY, "update": f"({OLD_DAY}) OR ({NEW_DAY})", "delete": OLD_DAY}


def closed_days_sql(vendor: str, table: str, days: str) -> list[str]:
    """The statements that refuse writes to `table` (with unit_id and day) for days that `days` says are closed (R5.3)."""
    refusal = DAY_REFUSAL.format(table=table)
    if vendor == "sqlite":
        return [
            SQLITE_DAY.format(table=table, verb=verb, VERB=verb.upper(), days=days, match=match, refusal=refusal)
            for verb, match in MATCHES.items()
        ]
    return [part.format(table=table, days=days, refusal=refusal) for part in (POSTGRES_DAY_FUNCTION, POSTGRES_DAY)]


def closed_stays_sql(vendor: str, table: str) -> list[str]:
    """The statements that keep a row of `table` as it is once its state is CLOSED."""
    refusal = STAY_REFUSAL.format(table=table)
    if vendor == "sqlite":
        return [
            SQLITE_STAY.format(table=table, verb=verb, VERB=verb.upper(), refusal=refusal)
            for verb in ("update", "delete")
        ]
    return [part.format(table=table, refusal=refusal) for part in (POSTGRES_STAY_FUNCTION, POSTGRES_STAY)]


def drop_closed_sql(vendor: str, table: str) -> list[str]:
    """Takes both kinds away."""
    if vendor == "sqlite":
        verbs = [f"{kind}_{verb}" for kind in ("day", "stays") for verb in MATCHES]
        return [f"DROP TRIGGER IF EXISTS {table}_{verb}" for verb in verbs]
    return [f"DROP FUNCTION IF EXISTS {table}_{kind}_refuse() CASCADE" for kind in ("day", "stays")]


class Trigger(Operation):
    """A migration operation that only makes and drops triggers; nothing that the models know of changes."""

    reversible = True
    reduces_to_sql = True
    table: str

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing changes."""

    def made(self, vendor: str) -> list[str]:
        raise NotImplementedError

    def dropped(self, vendor: str) -> list[str]:
        raise NotImplementedError

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for statement in self.made(schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for statement in self.dropped(schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)


class AppendOnly(Trigger):
    """From here on rows of `table` can be inserted and read, nothing else."""

    def __init__(self, table: str) -> None:
        self.table = table

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (self.__class__.__qualname__, [self.table], {})

    def made(self, vendor: str) -> list[str]:
        return append_only_sql(vendor, self.table)

    def dropped(self, vendor: str) -> list[str]:
        return drop_sql(vendor, self.table)

    def describe(self) -> str:
        return f"Make {self.table} append-only"


class ClosedDays(Trigger):
    """From here on `table` takes no writes of days that `days` says are closed."""

    def __init__(self, table: str, days: str) -> None:
        self.table, self.days = table, days

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (self.__class__.__qualname__, [self.table, self.days], {})

    def made(self, vendor: str) -> list[str]:
        return closed_days_sql(vendor, self.table, self.days)

    def dropped(self, vendor: str) -> list[str]:
        return drop_closed_sql(vendor, self.table)

    def describe(self) -> str:
        return f"Refuse writes to {self.table} on closed days"


class ClosedStays(AppendOnly):
    """From here on a row of `table` stays as it is once its state is CLOSED."""

    def made(self, vendor: str) -> list[str]:
        return closed_stays_sql(vendor, self.table)

    def dropped(self, vendor: str) -> list[str]:
        return drop_closed_sql(vendor, self.table)

    def describe(self) -> str:
        return f"Keep closed rows of {self.table}"
