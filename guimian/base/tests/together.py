"""Many at once: each call in a thread with a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

from guimian.base.errors import Unable

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


def at_once(deed: Callable[[], object], threads: int = 8) -> list[str]:
    """How each of several fared who did the deed at the same moment: "done", or the refusal's name; sorted."""
    barrier = Barrier(threads, timeout=60)

    def press(_number: int) -> str:
        barrier.wait()
        try:
            deed()
        except Unable as error:
            return type(error).__name__
        return "done"

    return sorted(together(press, threads))
