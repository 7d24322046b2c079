"""The demo company: each app adds its own piece, from the lowest up. Config is the only place that knows them all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from guimian.apps.calendar.management import demo as calendar
from guimian.apps.daily_close.management import demo as daily_close
from guimian.apps.organisation.management import demo as organisation
from guimian.apps.reception.management import demo as reception
from guimian.apps.routines.management import demo as routines
from guimian.base.access import Role
from guimian.base.findings import demo as findings
from guimian.config import demo_figures as figures

Piece = Callable[[datetime], dict[str, int]]

#: Each makes what is missing of its part and says how many of each it made.
PIECES: tuple[Piece, ...] = (
    organisation.load,
    calendar.plan,
    reception.offer,
    daily_close.load,  # earlier days are closed before today's are opened
    calendar.live,
    routines.load,
    reception.live,
    findings.load,
    figures.load,
)


def load(now: datetime) -> dict[str, int]:
    """Make what is missing of the demo company; a second call makes nothing."""
    made: dict[str, int] = {}
    for piece in PIECES:
        made |= piece(now)
    return made


def sign_ins() -> list[str]:
    """A staff number of each role with its unit, and the password of them all."""
    first = {somebody.role: somebody for somebody in reversed(list(organisation.register()))}
    width = max(len(str(role)) for role in Role)
    lines = [f"{first[role].staff_number}  {role:<{width}}  {first[role].unit}" for role in Role if role in first]
    return [*lines, f"password of all: {organisation.PASSWORD}"]
