"""Several who start at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier
from typing import Any

from django.utils import translation

from guimian.base.errors import Unable
from guimian.base.tests.together import together

AT_ONCE = 6


def tried(deed: Callable[[int], Any]) -> list[str]:
    """What each of them hears: nothing when it is done, else why not."""
    gate = Barrier(AT_ONCE)

    def one(number: int) -> str:
        gate.wait(30)
        try:
            with translation.override("en"):
                deed(number)
        except Unable as error:
            return error.message
        return ""

    return together(one, AT_ONCE)
