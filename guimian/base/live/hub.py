"""One hub per process: it hears of every commit once and hands it to the streams whose people may know of it."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable

import structlog

from guimian.base.live.sources import HELLO, Change, source

log = structlog.get_logger(__name__)
MOST_WAITING = 64  # changes that a slow reader may leave; past that it is told to fetch everything
MOST_RECENT = 256  # changes that are remembered for pages that are just being opened
AGAIN_AFTER = 1.0  # seconds
LOST = Change("lost", "")  # "nothing is heard for now"; a HELLO follows when it is again
EVERYTHING = Change("*", "")  # changed, all of it, as far as anybody knows
FOR_ALL = {HELLO, LOST, EVERYTHING}


class Listener:
    """One open stream: the paths its person reaches, its session, and what it has still to say.

    `topics` are all that is told of; None: of everything.
    """

    def __init__(self, reach: frozenset[str], key: str = "", topics: frozenset[str] | None = None) -> None:
        self.reach, self.key, self.topics = reach, key, topics
        self.waiting: asyncio.Queue[Change] = asyncio.Queue(MOST_WAITING)

    def may_hear(self, change: Change) -> bool:
        """Within reach: at or below a unit of a post; and of a topic that is asked for."""
        if change in FOR_ALL:
            return True
        told = self.topics is None or change.topic in self.topics
        return told and any(change.path.startswith(path) for path in self.reach)

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
        self.hears = False
        self.recent: deque[tuple[float, Change]] = deque(maxlen=MOST_RECENT)

    def join(self, listener: Listener, age: float = 0.0) -> None:
        """Tell the listener HELLO as soon as every later commit will be heard: at once, or when the source listens.

        `age` is for how many seconds its page has been there: what changed meanwhile is told too, or EVERYTHING if unknown.
        """
        self.listeners.add(listener)
        if self.hearing is None or self.hearing.done():
            self.hearing, self.hears = asyncio.create_task(self._hear()), False
        if self.hears:
            listener.tell(HELLO)
            for change in self.since(time.monotonic() - age):
                listener.tell(change)

    def leave(self, listener: Listener) -> None:
        self.listeners.discard(listener)

    def since(self, moment: float) -> list[Change]:
        """What was heard from that moment on; EVERYTHING when it is not known any more."""
        if not self.recent or moment < self.recent[0][0]:
            return [EVERYTHING]
        return [change for at, change in self.recent if at >= moment]

    def tell(self, change: Change) -> None:
        self.recent.append((time.monotonic(), change))
        for listener in tuple(self.listeners):
            listener.tell(change)

    async def _hear(self) -> None:
        """Hear for ever. What was missed while the database was away is made good by fetching everything."""
        while True:
            try:
                async for change in self.listen():
                    self.hears = True
                    self.tell(change)
                    if change is HELLO:  # what was committed until now is not known
                        self.tell(EVERYTHING)
            except Exception as error:  # whatever it is, the pages must hear again
                log.warning("live.lost", error=repr(error))
            self.hears = False
            self.tell(LOST)
            self.recent.clear()
            await asyncio.sleep(AGAIN_AFTER)


hub = Hub()
