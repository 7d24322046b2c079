"""The hall, as facts of the plan and in words."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guimian.apps.reception.queries import DayFigures, crowds_below, day_figures, hall_at, seat_of, ticket_at_seat
from guimian.apps.today.rules import HallFact, Task
from guimian.base import policy
from guimian.base.access import Actor

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit


def hall_fact(actor: Actor, unit: Unit, now: datetime) -> HallFact | None:
    """The hall of a counter whose day is open; None else. Five queries."""
    hall = hall_at(unit, now) if unit.is_counter else None
    if hall is None or not hall.takes_tickets:
        return None
    found = crowds_below(actor, unit, hall.day, now, policy.on(hall.day, unit)).get(unit.path)
    seat = seat_of(actor.user, unit)
    return HallFact(
        waiting=found.waiting if found else 0,
        over=found.over_now if found else 0,
        seated=seat is not None,
        serving=seat is not None and ticket_at_seat(seat) is not None,
    )


def hall_figures(unit: Unit, now: datetime) -> DayFigures | None:
    """The counter's day in figures; None before it is opened. Three queries."""
    hall = hall_at(unit, now)
    return day_figures(unit, hall.day, now, policy.on(hall.day, unit)) if hall.state else None


def title_of_hall(task: Task) -> str:
    """The task in words."""
    if task.kind == "comfort":
        waiting = ngettext(
            "%(count)s customer waits above the limit: say a word.",
            "%(count)s customers wait above the limit: say a word.",
            task.count,
        )
        return waiting % {"count": task.count}
    return _("Take your window") if task.kind == "take_window" else _("Call the next customer")


def text_of_hall(task: Task) -> str:
    if task.kind == "comfort":
        return _("Say how long it will be, and offer what shortens it.")
    return ngettext("%(count)s customer waits.", "%(count)s customers wait.", task.count) % {"count": task.count}
