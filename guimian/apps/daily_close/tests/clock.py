"""A clock for the doors that stands at six in the evening."""

from __future__ import annotations

from datetime import datetime
from types import ModuleType

import pytest

from guimian.apps.daily_close.tests.rows import EVENING


class Evening:
    @staticmethod
    def now() -> datetime:
        return EVENING


def at_evening(monkeypatch: pytest.MonkeyPatch, *doors: ModuleType) -> None:
    for door in doors:
        monkeypatch.setattr(door, "timezone", Evening)
