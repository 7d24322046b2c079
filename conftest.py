"""What every test has: the cast, a throw-away PostgreSQL server, and databases whose append-only tables can be emptied."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache

# Before the settings are read: tests never touch the data of a running house.
os.environ["GUIMIAN_DATA"] = tempfile.mkdtemp(prefix="guimian-test-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guimian.config.settings")
for name in ("GUIMIAN_DEMO", "GUIMIAN_DEBUG", "GUIMIAN_HTTPS"):
    os.environ.pop(name, None)

import pytest
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.test import TransactionTestCase

from guimian.apps.organisation.tests.cast import *  # noqa: F403  # the cast, as fixtures
from guimian.base.triggers import Trigger
from tests.support.postgres import throwaway


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
    """Tests with real transactions empty all tables at their end, which some tables refuse: lift that refusal there."""
    original = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]  # Django's own hook

    def teardown(case: TransactionTestCase) -> None:
        standing = set(connection.introspection.table_names())
        kept = [one for one in triggers() if one.table in standing]
        run(sql for one in kept for sql in one.dropped(connection.vendor))
        original(case)
        run(sql for one in kept for sql in one.made(connection.vendor))

    TransactionTestCase._fixture_teardown = teardown  # type: ignore[attr-defined]
    yield
    TransactionTestCase._fixture_teardown = original  # type: ignore[attr-defined]


@cache
def triggers() -> tuple[Trigger, ...]:
    """Every trigger that a migration of the house makes."""
    migrations = MigrationLoader(None).disk_migrations.values()
    return tuple(one for each in migrations for one in each.operations if isinstance(one, Trigger))


def run(statements: Iterable[str]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


#: What asks no database, or asks the same of any: the second run, on PostgreSQL, leaves it out.
ONCE = (
    "guimian/engines",
    "tests/access/test_canaries.py",
    "tests/contracts",
    "tests/docs",
    "tests/test_package.py",
    "tests/test_real_days.py",
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if str(item.path.relative_to(config.rootpath)).startswith(ONCE):
            item.add_marker("once")


def pytest_unconfigure(config: pytest.Config) -> None:
    shutil.rmtree(os.environ["GUIMIAN_DATA"], ignore_errors=True)
