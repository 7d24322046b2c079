"""The demo company: each app adds its own piece, from the lowest up. Config is the only place that knows them all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from guimian.apps.calendar.management import demo as calendar
from guimian.apps.calendar.management.demo import LEFT_OPEN
from guimian.apps.daily_close.management import demo as daily_close
from guimian.apps.organisation.management import demo as organisation
from guimian.apps.organisation.queries import every_counter, every_unit
from guimian.apps.reception.management import demo as reception
from guimian.apps.routines.management import demo as routines
from guimian.apps.today.management import history
from guimian.base.access import Role
from guimian.base.findings import demo as findings
from guimian.config import demo_figures as figures

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

Piece = Callable[[datetime], dict[str, int]]
OfCounters = Callable[[datetime, Sequence["Unit"]], dict[str, int]]

#: What stands before any day is lived. Each makes what is missing and says how many of each it made.
PLANS: tuple[Piece, ...] = (organisation.load, calendar.plan, reception.offer, routines.plan)
#: A counter's days up to now: earlier days are closed before today's is opened.
DAYS: tuple[OfCounters, ...] = (daily_close.load, calendar.live, routines.live, reception.live)
#: What is told of the whole company.
REST: tuple[Piece, ...] = (routines.ahead, findings.load, figures.load)
PAUSE = 0.12  # seconds after each day of the past: whoever waits to write into SQLite looks again each tenth of one
FIRST = "K32010101"  # where the demo's sign-ins of a counter stand: it is lived first


def load(now: datetime) -> dict[str, int]:
    """Make what is missing of the demo company; a second call on the same day makes nothing.

    Months of days take minutes: counters that have none yet live them in the background, and open today's when they are
    through (`settings.DEMO_HISTORY`, in days; 0 for none).
    """
    made = added(piece(now) for piece in PLANS)
    counters = counters_in_order()
    waiting = [unit for unit in counters if settings.DEMO_HISTORY and not history.is_made(unit, now)]
    through = [unit for unit in counters if unit not in waiting]
    if through:
        made |= added(piece(now, through) for piece in DAYS)
    made |= added(piece(now) for piece in REST)
    if waiting and not is_under_way():
        live_history.enqueue()
    return made | {"counters that live their past in the background": len(waiting)}


def added(found: Iterable[dict[str, int]]) -> dict[str, int]:
    return {what: count for one in found for what, count in one.items()}


def counters_in_order() -> list[Unit]:
    """The counters that are lived, FIRST first."""
    return sorted(every_counter(), key=lambda unit: (unit.code != FIRST, unit.path))


def is_under_way() -> bool:
    """Whether the past is being lived already, or waits for a worker."""
    unfinished = DBTaskResult.objects.filter(task_path=live_history.module_path)
    return unfinished.filter(status__in=["READY", "RUNNING"]).exists()


@task()
def live_history() -> None:
    """Live the months before today at each counter that has none, then open its today. Goes on where it was stopped."""
    for unit in counters_in_order():
        now = timezone.now()
        if not history.is_made(unit, now):
            last = history.last_day_of(unit, now, LEFT_OPEN)
            history.make_history(unit, now, settings.DEMO_HISTORY, until=last, pause=PAUSE)
        for piece in DAYS:
            piece(timezone.now(), [unit])
    for unit in every_unit():
        if not unit.is_counter:
            history.report_above(unit, timezone.now())


def sign_ins() -> list[str]:
    """A staff number of each role with its unit, and the password of them all."""
    first = {somebody.role: somebody for somebody in reversed(list(organisation.register()))}
    width = max(len(str(role)) for role in Role)
    lines = [f"{first[role].staff_number}  {role:<{width}}  {first[role].unit}" for role in Role if role in first]
    return [*lines, f"password of all: {organisation.PASSWORD}"]
