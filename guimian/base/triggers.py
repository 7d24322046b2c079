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


class AppendOnly(Operation):
    """Migration operation: from here on rows of `table` can be inserted and read, nothing else."""

    reversible = True
    reduces_to_sql = True

    def __init__(self, table: str) -> None:
        self.table = table

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return (self.__class__.__qualname__, [self.table], {})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing that the models know of changes."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for statement in append_only_sql(schema_editor.connection.vendor, self.table):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for statement in drop_sql(schema_editor.connection.vendor, self.table):
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        return f"Make {self.table} append-only"
