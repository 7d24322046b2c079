"""Live pages: heard at the commit, never without it, by nobody out of reach; on both databases."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company
from guimian.base.live import hub as hubs
from guimian.base.live import publish
from guimian.base.live.hub import HELLO, MOST_WAITING, Hub, Listener
from guimian.base.live.publish import KEPT, sweep
from guimian.base.live.sources import Change, Watched, source
from guimian.base.live.stream import session_key, stream, written
from guimian.base.models import LiveEvent

K1 = Change("calendar.day", "HQ/P1/C11/S111/K1/")
K9 = Change("calendar.day", "HQ/P2/C21/S211/K9/")


def heard(listener: Listener) -> list[Change]:
    return [listener.waiting.get_nowait() for _one in range(listener.waiting.qsize())]


def test_nobody_hears_of_a_unit_out_of_reach() -> None:
    listener = Listener(frozenset({"HQ/P1/C11/S111/"}))
    for change in (K1, K9, Change("x", "HQ/P1/"), HELLO):
        listener.tell(change)
    assert heard(listener) == [K1, HELLO]


def test_a_stream_that_ignores_the_reach_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Listener, "may_hear", lambda self, change: True)
    listener = Listener(frozenset({"HQ/P1/C11/S111/"}))
    listener.tell(K9)
    assert heard(listener) == [K9]


def test_a_slow_reader_is_told_to_fetch_everything() -> None:
    listener = Listener(frozenset({"HQ/"}))
    for _one in range(MOST_WAITING + 1):
        listener.tell(K1)
    assert heard(listener) == [HELLO]


def test_the_hub_says_hello_after_it_lost_the_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hubs, "AGAIN_AFTER", 0.01)
    tries = 0

    async def broken() -> AsyncIterator[Change]:
        nonlocal tries
        tries += 1
        yield K1
        raise OSError("the server went away")

    async def scene() -> list[Change]:
        hub, listener = Hub(broken), Listener(frozenset({"HQ/"}))
        hub.join(listener)
        found = [await asyncio.wait_for(listener.waiting.get(), 2) for _one in range(3)]
        hub.leave(listener)
        return found

    assert asyncio.run(scene()) == [K1, HELLO, K1]
    assert tries == 2


def test_an_event_is_written_as_the_browser_reads_it() -> None:
    assert written(HELLO) == b"event: hello\ndata: {}\n\n"
    assert written(K1) == b'event: change\ndata: {"topic": "calendar.day", "path": "HQ/P1/C11/S111/K1/"}\n\n'


@pytest.mark.parametrize(
    ("cookie", "key"),
    [(b"sessionid=abc; a=b", "abc"), (b"", ""), (b"a=b", ""), (b'sessionid="', ""), (b"\xff=\xfe", "")],
)
def test_the_session_is_read_from_the_cookie(cookie: bytes, key: str) -> None:
    assert session_key({"headers": [(b"host", b"x"), (b"cookie", cookie)]}) == key


def test_sqlite_is_watched_by_its_version(tmp_path: Path) -> None:
    name = str(tmp_path / "x.sqlite3")
    with sqlite3.connect(name) as writer:
        writer.execute("PRAGMA journal_mode=WAL")
        writer.execute("CREATE TABLE base_liveevent (id INTEGER PRIMARY KEY, topic TEXT, path TEXT)")
        writer.execute("INSERT INTO base_liveevent VALUES (1, 'old', 'HQ/')")
    watched = Watched(name)
    assert watched.changes() == []
    with sqlite3.connect(name) as writer:
        writer.execute("INSERT INTO base_liveevent VALUES (2, 'a', 'HQ/')")
        writer.execute("INSERT INTO base_liveevent VALUES (3, 'b', 'HQ/')")
        assert watched.changes() == []  # not committed yet
    assert watched.changes() == [Change("a", "HQ/"), Change("b", "HQ/")]
    assert watched.changes() == []
    watched.connection.close()


async def next_of(changes: AsyncIterator[Change], *, within: float) -> Change | None:
    try:
        return await asyncio.wait_for(anext(changes), within)
    except TimeoutError:
        return None


@pytest.mark.django_db(transaction=True)
def test_what_is_committed_is_heard_and_what_is_rolled_back_is_not(company: Company) -> None:
    """Through the real database of this run, whichever it is."""

    def deed(keep: bool, topic: str) -> None:
        with transaction.atomic():
            publish(topic, company.k1)
            transaction.set_rollback(not keep)

    async def scene() -> tuple[Change | None, Change | None]:
        changes = source()
        first = asyncio.ensure_future(next_of(changes, within=5))
        await asyncio.sleep(0.6)
        await asyncio.to_thread(in_thread, deed, False, "never")
        await asyncio.to_thread(in_thread, deed, True, "heard")
        found = await first
        return found, await next_of(changes, within=0.6)

    assert asyncio.run(scene()) == (Change("heard", company.k1.path), None)


def in_thread(deed: Any, *arguments: Any) -> None:
    try:
        deed(*arguments)
    finally:
        connection.close()


def ask(cookie: str, hub: Hub, during: Any = None) -> list[dict[str, Any]]:
    """What the stream sends to a browser that goes after a moment."""
    sent: list[dict[str, Any]] = []

    async def scene() -> None:
        async def send(message: Any) -> None:
            sent.append(dict(message))

        async def receive() -> dict[str, Any]:
            await asyncio.sleep(0.3)
            if during is not None:
                during()
                await asyncio.sleep(0.1)
            return {"type": "http.disconnect"}

        scope = {"type": "http", "method": "GET", "headers": [(b"cookie", cookie.encode())]}
        await stream(scope, receive, send, to=hub)

    asyncio.run(scene())
    return sent


async def silent() -> AsyncIterator[Change]:
    await asyncio.sleep(60)
    yield HELLO


@pytest.mark.django_db(transaction=True)
def test_the_stream_greets_and_passes_on_what_its_person_may_hear(manager: Person) -> None:
    client, hub = Client(), Hub(silent)
    client.force_login(manager, backend="django.contrib.auth.backends.ModelBackend")

    def both() -> None:
        for listener in hub.listeners:
            listener.tell(K9)
            listener.tell(K1)

    sent = ask(f"sessionid={client.cookies['sessionid'].value}", hub, both)
    bodies = b"".join(message.get("body", b"") for message in sent)
    assert sent[0]["status"] == 200
    assert b"event: hello" in bodies
    assert b"K1/" in bodies
    assert b"K9/" not in bodies
    assert hub.listeners == set()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("cookie", ["", "sessionid=forged"])
def test_a_stranger_gets_no_stream(cookie: str) -> None:
    assert [message.get("status") for message in ask(cookie, Hub(silent))] == [401, None]


def test_old_events_are_swept(company: Company) -> None:
    now = timezone.now()
    LiveEvent.objects.create(topic="old", path="HQ/", at=now - KEPT * 2)
    LiveEvent.objects.create(topic="new", path="HQ/", at=now)
    assert sweep() == 1
    assert [event.topic for event in LiveEvent.objects.all()] == ["new"]
