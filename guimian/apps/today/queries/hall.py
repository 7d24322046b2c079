"""The hall, as facts of the plan and in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guimian.apps.reception.queries import DayFigures, day_figures, hall_at, seat_of, ticket_at_seat
from guimian.apps.today.rules import HallFact, Task
from guimian.base import policy
from guimian.base.access import Actor

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit


@dataclass(frozen=True)
class HallNow:
    """A counter's day that was opened, in figures, and whether tickets are issued still."""

    takes_tickets: bool
    figures: DayFigures


def hall_now(unit: Unit, now: datetime) -> HallNow | None:
    """The hall of a counter; None for any other unit, and before the day is opened. Three queries."""
    hall = hall_at(unit, now) if unit.is_counter else None
    if hall is None or not hall.state:
        return None
    return HallNow(hall.takes_tickets, day_figures(unit, hall.day, now, policy.on(hall.day, unit)))


def hall_fact(actor: Actor, unit: Unit, hall: HallNow | None) -> HallFact | None:
    """What of the hall the plan wants; None while no tickets are issued. Two queries."""
    if hall is None or not hall.takes_tickets:
        return None
    seat = seat_of(actor.user, unit)
    serving = seat is not None and ticket_at_seat(seat) is not None
    return HallFact(hall.figures.waiting, hall.figures.over_now, seated=seat is not None, serving=serving)


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
