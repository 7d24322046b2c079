"""The way in for a server: live events from their own small application, everything else from Django."""

from __future__ import annotations

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guimian.config.settings")

from django.core.asgi import get_asgi_application

pages = get_asgi_application()

from guimian.base.live.stream import PATH, Receive, Scope, Send, stream


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "http" and scope["path"] == PATH:
        await stream(scope, receive, send)
    else:
        await pages(scope, receive, send)  # type: ignore[arg-type]  # the same protocol, typed more narrowly
