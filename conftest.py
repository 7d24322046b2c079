"""What every test has: the cast, a throw-away PostgreSQL server, and databases whose append-only tables can be emptied."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator

# Before the settings are read: tests never touch the data of a running house.
os.environ["GUIMIAN_DATA"] = tempfile.mkdtemp(prefix="guimian-test-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guimian.config.settings")
for name in ("GUIMIAN_DEMO", "GUIMIAN_DEBUG", "GUIMIAN_HTTPS"):
    os.environ.pop(name, None)

import pytest
from django.db import connection, transaction
from django.test import TransactionTestCase

from guimian.apps.organisation.tests.cast import *  # noqa: F403  # the cast, as fixtures
from guimian.base.triggers import append_only_sql, drop_sql
from tests.support.postgres import throwaway

APPEND_ONLY = ("base_journalentry", "base_journalseal")


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """The address of a PostgreSQL server: the one this run stands on, else one of its own. Never skipped."""
    if url := os.environ.get("TEST_POSTGRES_URL"):
        yield url
        return
    with throwaway() as url:
        yield url


@pytest.fixture(scope="session", autouse=True)
def _emptied_between_tests() -> Iterator[None]:
    """Tests with real transactions empty all tables at their end, which append-only tables refuse: lift that refusal there."""
    original = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]  # Django's own hook

    def teardown(case: TransactionTestCase) -> None:
        tables = [table for table in APPEND_ONLY if table in connection.introspection.table_names()]
        with transaction.atomic(), connection.cursor() as cursor:
            for table in tables:
                for statement in drop_sql(connection.vendor, table):
                    cursor.execute(statement)
        original(case)
        with transaction.atomic(), connection.cursor() as cursor:
            for table in tables:
                for statement in append_only_sql(connection.vendor, table):
                    cursor.execute(statement)

    TransactionTestCase._fixture_teardown = teardown  # type: ignore[attr-defined]
    yield
    TransactionTestCase._fixture_teardown = original  # type: ignore[attr-defined]


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(os.environ["GUIMIAN_DATA"], ignore_errors=True)
