"""One hub per process: it hears of every commit once and hands it to the streams whose people may know of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import structlog

from guimian.base.live.sources import Change, source

log = structlog.get_logger(__name__)
MOST_WAITING = 64  # changes that a slow reader may leave; past that it is told to fetch everything
AGAIN_AFTER = 1.0  # seconds
HELLO = Change("", "")  # "fetch everything again"


class Listener:
    """One open stream: the paths its person reaches, and what it has still to say."""

    def __init__(self, reach: frozenset[str]) -> None:
        self.reach = reach
        self.waiting: asyncio.Queue[Change] = asyncio.Queue(MOST_WAITING)

    def may_hear(self, change: Change) -> bool:
        """Within reach: at or below a unit of a post."""
        return change is HELLO or any(change.path.startswith(path) for path in self.reach)

    def tell(self, change: Change) -> None:
        if not self.may_hear(change):
            return
        try:
            self.waiting.put_nowait(change)
        except asyncio.QueueFull:
            self.waiting = asyncio.Queue(MOST_WAITING)
            self.waiting.put_nowait(HELLO)


class Hub:
    def __init__(self, listen: Callable[[], AsyncIterator[Change]] = source) -> None:
        self.listen = listen
        self.listeners: set[Listener] = set()
        self.hearing: asyncio.Task[None] | None = None

    def join(self, listener: Listener) -> None:
        self.listeners.add(listener)
        if self.hearing is None or self.hearing.done():
            self.hearing = asyncio.create_task(self._hear())

    def leave(self, listener: Listener) -> None:
        self.listeners.discard(listener)
        if not self.listeners and self.hearing is not None:
            self.hearing.cancel()

    async def _hear(self) -> None:
        """Hear until nobody listens. What was missed while the database was away is made good by fetching everything."""
        while True:
            try:
                async for change in self.listen():
                    for listener in tuple(self.listeners):
                        listener.tell(change)
            except Exception as error:  # whatever it is, the pages must hear again
                log.warning("live.lost", error=repr(error))
            await asyncio.sleep(AGAIN_AFTER)
            for listener in tuple(self.listeners):
                listener.tell(HELLO)


hub = Hub()
