"""`/events/`: the stream of one browser, as a small ASGI application. It holds no database connection while it waits."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.conf import settings
from django.contrib.auth import get_user
from django.db import connections
from django.http import HttpRequest
from django.utils import timezone

from guimian.base.live.hub import HELLO, Hub, Listener, hub
from guimian.base.live.sources import Change

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

PATH = "/events/"
BREATH = 15.0  # seconds of silence after which a comment keeps the line open
TRUSTED = 60.0  # seconds after which the session and the posts are looked at again
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


def reach_of(key: str) -> frozenset[str] | None:
    """The paths that the person of the session reaches today; None when nobody is signed in.

    Reads the session without touching it: listening keeps nobody signed in.
    """
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(key)
    try:
        user = get_user(request)
        if not user.is_authenticated:
            return None
        return frozenset(grant.path for grant in user.grants_on(timezone.localdate()))
    finally:
        connections.close_all()


def written(change: Change) -> bytes:
    """One server-sent event."""
    if change is HELLO:
        return b"event: hello\ndata: {}\n\n"
    return f"event: change\ndata: {json.dumps({'topic': change.topic, 'path': change.path})}\n\n".encode()


async def looked_up(key: str) -> frozenset[str] | None:
    async with ThreadSensitiveContext():
        return await sync_to_async(reach_of)(key)


async def refuse(send: Send) -> None:
    await send({"type": "http.response.start", "status": 401, "headers": [(b"cache-control", b"no-store")]})
    await send({"type": "http.response.body", "body": b""})


async def gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def speak(listener: Listener, key: str, send: Send) -> None:
    """Say what comes, breathe when nothing does, and end when the session or the posts do."""
    loop = asyncio.get_running_loop()
    await send({"type": "http.response.body", "body": b"retry: 2000\n" + written(HELLO), "more_body": True})
    look_again = loop.time() + TRUSTED
    while True:
        try:
            body = written(await asyncio.wait_for(listener.waiting.get(), BREATH))
        except TimeoutError:
            body = b":\n\n"
        if loop.time() > look_again:
            reach, look_again = await looked_up(key), loop.time() + TRUSTED
            if reach != listener.reach:
                return
        await send({"type": "http.response.body", "body": body, "more_body": True})


async def stream(scope: Scope, receive: Receive, send: Send, to: Hub = hub) -> None:
    """Answer one browser until it goes or its session ends. Every connection begins with "hello": fetch everything."""
    key = session_key(scope)
    reach = await looked_up(key) if key and scope["method"] == "GET" else None
    if reach is None:
        await refuse(send)
        return
    listener = Listener(reach)
    to.join(listener)
    try:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        speaking, going = asyncio.ensure_future(speak(listener, key, send)), asyncio.ensure_future(gone(receive))
        _done, left = await asyncio.wait({speaking, going}, return_when=asyncio.FIRST_COMPLETED)
        for task in left:
            task.cancel()
        if going in left:
            await send({"type": "http.response.body", "body": b""})
    finally:
        to.leave(listener)
