"""Turns, first come first served, where the database keeps none.

SQLite lets one writer in at a time and tells nobody whose turn it is: whoever has waited long looks less and less often, and
with fifty kiosks at once some of them would wait for ever. PostgreSQL's row locks queue by themselves.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from django.db import connection


class Turns:
    """One at a time, in the order of coming. Of this process; several processes meet at the database."""

    def __init__(self) -> None:
        self.mutex, self.taken = Lock(), False
        self.waiting: deque[Lock] = deque()

    @contextmanager
    def mine(self) -> Iterator[None]:
        self._come()
        try:
            yield
        finally:
            self._go()

    def _come(self) -> None:
        mine = Lock()
        mine.acquire()
        with self.mutex:
            if not self.taken:
                self.taken = True
                return
            self.waiting.append(mine)
        mine.acquire()  # whoever goes lets the next one in

    def _go(self) -> None:
        with self.mutex:
            if self.waiting:
                self.waiting.popleft().release()
            else:
                self.taken = False


turns = Turns()


@contextmanager
def turn() -> Iterator[None]:
    """Wait for one's turn to begin a transaction; whoever is in one already holds the database and must not wait."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with turns.mine():
        yield
