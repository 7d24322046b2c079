"""Where a process hears of commits: PostgreSQL's LISTEN, or the event table of a SQLite file watched by its version."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.db import connection

from guimian.base.live.publish import CHANNEL
from guimian.base.models import LiveEvent

POLLED = 0.2  # seconds between looks at the version of the file


@dataclass(frozen=True)
class Change:
    """Something committed: its topic and the path of its unit."""

    topic: str
    path: str


#: "Fetch everything again": said by a source once it listens, so that nothing falls between.
HELLO = Change("", "")


async def of_postgres(settings: dict[str, Any]) -> AsyncIterator[Change]:
    """HELLO, then notifications, on a connection of their own. Ends with an error when the connection does."""
    import psycopg
    from psycopg import sql

    listening = await psycopg.AsyncConnection.connect(**settings, autocommit=True)
    async with listening:
        await listening.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
        yield HELLO
        async for notice in listening.notifies():
            yield Change(**json.loads(notice.payload))


class Watched:
    """One read-only connection to the SQLite file; `changes` gives what was committed since the last call."""

    def __init__(self, name: str) -> None:
        self.connection = sqlite3.connect(f"file:{quote(name)}?mode=ro", uri=True, timeout=5, check_same_thread=False)
        self.version = self._version()
        self.last = self._last()

    def _version(self) -> int:
        return int(self.connection.execute("PRAGMA data_version").fetchone()[0])

    def _last(self) -> int:
        found = self.connection.execute(f"SELECT max(id) FROM {LiveEvent._meta.db_table}").fetchone()[0]  # noqa: S608  # our own name
        return int(found or 0)

    def changes(self) -> list[Change]:
        """Writers of SQLite come one after the other, so numbers are in the order of commits and none is skipped."""
        version = self._version()
        if version == self.version:
            return []
        self.version = version
        query = f"SELECT id, topic, path FROM {LiveEvent._meta.db_table} WHERE id > ? ORDER BY id"  # noqa: S608  # our own name
        rows = self.connection.execute(query, [self.last]).fetchall()
        self.last = max([self.last, *(row[0] for row in rows)])
        return [Change(topic, path) for _id, topic, path in rows]


async def of_sqlite(name: str) -> AsyncIterator[Change]:
    """HELLO, then the rows of the event table as they are committed."""
    watched = await asyncio.to_thread(Watched, name)
    with closing(watched.connection):
        yield HELLO
        while True:
            for change in await asyncio.to_thread(watched.changes):
                yield change
            await asyncio.sleep(POLLED)


def source() -> AsyncIterator[Change]:
    """The changes that this process hears of, from the database of the settings."""
    if connection.vendor == "postgresql":
        wanted = ("dbname", "user", "password", "host", "port")
        found = connection.get_connection_params()
        return of_postgres({name: found[name] for name in wanted if found.get(name)})
    return of_sqlite(str(connection.settings_dict["NAME"]))
