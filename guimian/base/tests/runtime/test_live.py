"""Live pages: heard at the commit, never without it, by nobody out of reach; on both databases."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from guimian.apps.organisation.models import Person, Post
from guimian.apps.organisation.tests.cast import Company
from guimian.base.live import hub as hubs
from guimian.base.live import publish
from guimian.base.live import stream as streams
from guimian.base.live.hub import EVERYTHING, LOST, MOST_WAITING, Hub, Listener
from guimian.base.live.publish import KEPT, sweep
from guimian.base.live.sources import HELLO, Change, Watched, source
from guimian.base.live.stream import MOST_STREAMS, age_of, session_key, stream, written
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


async def broken() -> AsyncIterator[Change]:
    yield HELLO
    yield K1
    raise OSError("the server went away")


async def told(listener: Listener, count: int) -> list[Change]:
    return [await asyncio.wait_for(listener.waiting.get(), 2) for _one in range(count)]


def test_what_was_missed_while_the_database_was_away_is_made_good(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hubs, "AGAIN_AFTER", 0.01)

    async def scene() -> list[Change]:
        hub, listener = Hub(broken), Listener(frozenset({"HQ/"}))
        hub.join(listener)
        return await told(listener, 6)

    assert asyncio.run(scene()) == [HELLO, EVERYTHING, K1, LOST, HELLO, EVERYTHING]


def test_a_page_hears_what_changed_since_it_was_asked_for() -> None:
    """Between the page and its stream there is a moment; nothing that is committed then may be missed."""
    changes: asyncio.Queue[Change]

    async def steady() -> AsyncIterator[Change]:
        yield HELLO
        while True:
            yield await changes.get()

    async def scene() -> list[list[Change]]:
        nonlocal changes
        changes = asyncio.Queue()
        hub, first, late = Hub(steady), Listener(frozenset({"HQ/"})), Listener(frozenset({"HQ/"}))
        older, elsewhere = Listener(frozenset({"HQ/"})), Listener(frozenset({"HQ/P2/"}))
        hub.join(first)
        begun = await told(first, 2)
        await asyncio.sleep(0.1)
        changes.put_nowait(K1)
        begun += await told(first, 1)
        hub.join(late, age=0.05)
        hub.join(elsewhere, age=0.05)
        hub.join(older, age=60)
        return [begun, heard(late), heard(elsewhere), heard(older)]

    assert asyncio.run(scene()) == [[HELLO, EVERYTHING, K1], [HELLO, K1], [HELLO], [HELLO, EVERYTHING]]


def test_hello_is_not_said_before_the_source_listens() -> None:
    async def scene() -> list[Change]:
        listener = Listener(frozenset({"HQ/"}))
        Hub(silent).join(listener)
        await asyncio.sleep(0.05)
        return heard(listener)

    assert asyncio.run(scene()) == []


def test_an_event_is_written_as_the_browser_reads_it() -> None:
    assert written(HELLO) == b"event: hello\ndata: {}\n\n"
    assert written(K1) == b'event: change\ndata: {"topic": "calendar.day", "path": "HQ/P1/C11/S111/K1/"}\n\n'


@pytest.mark.parametrize(
    ("query", "age"),
    [
        (b"", 0.0),
        (b"age=1500", 1.5),
        (b"age=-1", 0.0),
        (b"age=x", 0.0),
        (b"age=" + b"9" * 50, 0.0),
        (b"age=999999999", 3600),
    ],
)
def test_the_age_of_a_page_is_bounded(query: bytes, age: float) -> None:
    assert age_of({"query_string": query}) == age


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
        assert await next_of(changes, within=5) is HELLO
        first = asyncio.ensure_future(next_of(changes, within=5))
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


def ask(cookie: str, hub: Hub, during: Any = None, query: bytes = b"") -> list[dict[str, Any]]:
    """What the stream sends to a browser that goes after a moment."""
    sent: list[dict[str, Any]] = []

    async def scene() -> None:
        async def send(message: Any) -> None:
            sent.append(dict(message))

        async def receive() -> dict[str, Any]:
            await asyncio.sleep(0.3)
            if during is not None:
                during()
                await asyncio.sleep(0.4)
            return {"type": "http.disconnect"}

        scope = {"type": "http", "method": "GET", "headers": [(b"cookie", cookie.encode())], "query_string": query}
        await stream(scope, receive, send, to=hub)

    asyncio.run(scene())
    return sent


async def silent() -> AsyncIterator[Change]:
    await asyncio.sleep(60)
    yield HELLO


async def quiet() -> AsyncIterator[Change]:
    yield HELLO
    await asyncio.sleep(60)


def cookie_of(person: Person) -> str:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return f"sessionid={client.cookies['sessionid'].value}"


def bodies(sent: list[dict[str, Any]]) -> bytes:
    return b"".join(message.get("body", b"") for message in sent)


@pytest.mark.django_db(transaction=True)
def test_the_stream_greets_and_passes_on_what_its_person_may_hear(manager: Person) -> None:
    hub = Hub(quiet)

    def both() -> None:
        hub.tell(K9)
        hub.tell(K1)

    sent = ask(cookie_of(manager), hub, both)
    assert sent[0]["status"] == 200
    assert b"event: hello" in bodies(sent)
    assert b"K1/" in bodies(sent)
    assert b"K9/" not in bodies(sent)
    assert hub.listeners == set()


@pytest.mark.django_db(transaction=True)
def test_without_the_reach_the_stream_would_tell_of_others(manager: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """The seeded leak: the promise above must fail then."""
    monkeypatch.setattr(Listener, "may_hear", lambda self, change: True)
    hub = Hub(quiet)
    assert b"K9/" in bodies(ask(cookie_of(manager), hub, lambda: hub.tell(K9)))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["session", "post", "idle"])
def test_the_stream_ends_when_the_session_or_the_post_does(
    what: str, manager: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "TRUSTED", 0.0)
    hub, cookie = Hub(quiet), cookie_of(manager)

    def end() -> None:
        asyncio.get_running_loop().run_in_executor(None, in_thread, ended, what, manager).add_done_callback(
            lambda _done: hub.tell(K1)
        )

    sent = ask(cookie, hub, end)
    assert sent[0]["status"] == 200
    assert b"K1/" not in bodies(sent)
    assert sent[-1] == {"type": "http.response.body", "body": b""}
    assert ask(cookie, hub)[0]["status"] == (200 if what == "post" else 401)


def ended(what: str, person: Person) -> None:
    session = Session.objects.get()
    if what == "session":
        session.delete()
    elif what == "post":
        Post.objects.filter(person=person).update(ends_on=timezone.localdate())
    else:
        long_ago = timezone.now().timestamp() - 7 * 24 * 3600
        store = SessionStore(session.session_key)
        store.update({"began_at": long_ago, "seen_at": long_ago})
        store.save()


@pytest.mark.django_db(transaction=True)
def test_one_session_does_not_take_all_streams(manager: Person) -> None:
    hub, cookie = Hub(quiet), cookie_of(manager)
    hub.listeners |= {Listener(frozenset(), cookie.removeprefix("sessionid=")) for _one in range(MOST_STREAMS)}
    assert ask(cookie, hub)[0]["status"] == 429


@pytest.mark.django_db(transaction=True)
def test_without_the_database_it_says_try_later(manager: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(key: str) -> None:
        raise DatabaseError

    monkeypatch.setattr(streams, "reach_of", away)
    assert ask("sessionid=x", Hub(quiet))[0]["status"] == 503


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
