"""`/events/`: the stream of one browser, as a small ASGI application. It holds no database connection while it waits.

Who listens is signed in, or holds the secret of a screen or a ticket (`?guest=`).
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any
from urllib.parse import parse_qsl

import structlog
from django.conf import settings
from django.contrib.auth import get_user
from django.db import DatabaseError, connections
from django.http import HttpRequest
from django.utils import timezone
from django.utils.module_loading import import_string

from guimian.base.accounts import limits
from guimian.base.accounts.middleware import ended
from guimian.base.live.hub import LOST, Hub, Listener, hub
from guimian.base.live.sources import HELLO, Change

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

log = structlog.get_logger(__name__)
PATH = "/events/"
BREATH = 15.0  # seconds of silence after which a comment keeps the line open
TRUSTED = 60.0  # seconds after which the session and the posts are looked at again
OLDEST = 3600.0  # seconds
MOST_STREAMS = 20  # of one session; a browser with a SharedWorker needs one
MOST_GUEST_STREAMS = 5  # of one secret: a screen, or a ticket that a family follows
GUEST = "guest:"  # a key that begins so holds the secret of a screen or a ticket, else it is a session's
#: Few at a time: when all browsers come back at once they must not take all connections of the database.
LOOKING_UP = ThreadPoolExecutor(4, thread_name_prefix="live")
BREATHED = b"event: breath\ndata: {}\n\n"
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


def session_key(scope: Scope) -> str:
    raw = next((value for name, value in scope["headers"] if name == b"cookie"), b"")
    try:
        found = SimpleCookie(raw.decode("latin-1")).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return ""
    return found.value if found else ""


def asked(scope: Scope, name: str) -> str:
    """What the address says of a name, or nothing."""
    said: bytes = scope.get("query_string", b"")
    return dict(parse_qsl(said.decode("latin-1"))).get(name, "")


def key_of(scope: Scope) -> str:
    """Who listens: the secret in the address (`?guest=`), else the session."""
    secret = asked(scope, "guest")
    return GUEST + secret if secret else session_key(scope)


def age_of(scope: Scope) -> float:
    """For how many seconds the page has been there that asks (`?age=` in milliseconds)."""
    said = asked(scope, "age")
    return min(int(said) / 1000, OLDEST) if said.isascii() and said.isdigit() and len(said) < 10 else 0.0


def reach_of(key: str) -> frozenset[str] | None:
    """The paths that the person of the session reaches today; None when nobody is signed in.

    Reads the session without touching it: listening keeps nobody signed in. For a secret, `settings.LIVE_GUESTS` answers.
    """
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    try:
        if key.startswith(GUEST):
            reached: frozenset[str] | None = import_string(settings.LIVE_GUESTS)(key[len(GUEST) :], timezone.now())
            return reached
        user, now = get_user(request), timezone.now()
        today = timezone.localdate(now)
        if not user.is_authenticated or ended(request.session, now, limits.figures(today, time.monotonic())):
            return None
        return frozenset(grant.path for grant in user.grants_on(today))
    finally:
        connections.close_all()


def listener_of(key: str, reach: frozenset[str]) -> Listener:
    """A guest hears of the hall only, a person of everything within reach."""
    return Listener(reach, key, settings.LIVE_GUEST_TOPICS if key.startswith(GUEST) else None)


def written(change: Change) -> bytes:
    """One server-sent event."""
    if change is HELLO:
        return b"event: hello\ndata: {}\n\n"
    if change is LOST:
        return b"event: lost\ndata: {}\n\n"
    return f"event: change\ndata: {json.dumps({'topic': change.topic, 'path': change.path})}\n\n".encode()


async def looked_up(key: str) -> frozenset[str] | None:
    return await asyncio.get_running_loop().run_in_executor(LOOKING_UP, reach_of, key)


async def refuse(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"cache-control", b"no-store")]})
    await send({"type": "http.response.body", "body": b""})


async def gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def speak(listener: Listener, send: Send) -> None:
    """Say what comes, breathe when nothing does, and end when the session or the posts do."""
    loop = asyncio.get_running_loop()
    await send({"type": "http.response.body", "body": b"retry: 2000\n\n", "more_body": True})
    look_again = loop.time() + TRUSTED
    while True:
        try:
            body = written(await asyncio.wait_for(listener.waiting.get(), BREATH))
        except TimeoutError:
            body = BREATHED
        if loop.time() > look_again:
            reach, look_again = await looked_up(listener.key), loop.time() + TRUSTED
            if reach != listener.reach:
                return
        await send({"type": "http.response.body", "body": body, "more_body": True})


async def stream(scope: Scope, receive: Receive, send: Send, to: Hub = hub) -> None:
    """Answer one browser until it goes or its session ends. Every connection begins with "hello": fetch everything."""
    key = key_of(scope)
    try:
        reach = await looked_up(key) if key and scope["method"] == "GET" else None
    except DatabaseError:
        await refuse(send, 503)
        return
    if reach is None:
        await refuse(send, 401)
        return
    most = MOST_GUEST_STREAMS if key.startswith(GUEST) else MOST_STREAMS
    if sum(1 for other in to.listeners if other.key == key) >= most:
        await refuse(send, 429)
        return
    listener = listener_of(key, reach)
    to.join(listener, age_of(scope))
    try:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await until_gone(listener, receive, send)
    finally:
        to.leave(listener)


async def until_gone(listener: Listener, receive: Receive, send: Send) -> None:
    speaking, going = asyncio.ensure_future(speak(listener, send)), asyncio.ensure_future(gone(receive))
    try:
        await asyncio.wait({speaking, going}, return_when=asyncio.FIRST_COMPLETED)
    finally:  # also when the server is told to stop
        speaking.cancel()
        going.cancel()
    if speaking.done() and not speaking.cancelled() and (error := speaking.exception()):
        log.warning("live.broken", error=repr(error))
    if not going.done():
        await send({"type": "http.response.body", "body": b""})
