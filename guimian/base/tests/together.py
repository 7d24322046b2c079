"""Many at once: each call in a thread with a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

T = TypeVar("T")


def together(deed: Callable[[int], T], threads: int = 50) -> list[T]:
    """What the threads get, in the order of their numbers from 0. The test needs real transactions."""

    def run(number: int) -> T:
        try:
            return deed(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(threads)))
