"""The business day of a counter: opened, closing, closed. Many may press at once; the database lets one through (R1.3, R5.3)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from guimian.apps.calendar import queries
from guimian.apps.calendar.models import BusinessDay
from guimian.base import journal
from guimian.base.errors import Unable
from guimian.base.live import publish

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit

State = BusinessDay.State
TOPIC = "calendar.day"


class UnableToOpenDay(Unable):
    """The counter is shut that day, its day was opened already, or an earlier one was never closed."""


class UnableToStartClosing(Unable):
    """The day is not open."""


class UnableToCloseDay(Unable):
    """The closing has not begun, or is over."""


def open_day(*, unit: Unit, by: Person, now: datetime) -> BusinessDay:
    """Open the counter's business day of its own local date. One row a counter and day, one open at a time.

    Raises UnableToOpenDay: no counter, not in operation, shut by its hours (R1.3), opened before, an earlier day is
    open still (R5.3).
    """
    day = unit.local_day(now)
    with transaction.atomic():
        _may_open(unit, now)
        try:
            with transaction.atomic():
                row = BusinessDay.objects.create(unit=unit, day=day, opened_at=now, opened_by=by)
        except IntegrityError as error:
            raise _why_not(unit, now) from error
        journal.record(
            unit=unit,
            by=by,
            event="calendar.day.opened",
            subject=row,
            now=now,
            after={"day": day, "state": row.state},
        )
        publish(TOPIC, unit)
    return row


def _may_open(unit: Unit, now: datetime) -> None:
    day = unit.local_day(now)
    if not unit.is_counter:
        raise UnableToOpenDay(_("Only a counter has a business day."), clause="R1.1")
    if (unit.opened_on and day < unit.opened_on) or (unit.closed_on and day >= unit.closed_on):
        raise UnableToOpenDay(_("The counter is not in operation on this day."), clause="R1.1", found=day)
    hours = queries.hours_on(unit, day)
    if hours is not None and not hours.is_open:
        raise UnableToOpenDay(
            _("By its hours the counter is shut on this day."),
            clause="R1.3",
            found=hours.get_day_kind_display(),
            wanted=_("hours that say it is open"),
        )


def _why_not(unit: Unit, now: datetime) -> UnableToOpenDay:
    day = unit.local_day(now)
    standing = BusinessDay.objects.filter(unit=unit).exclude(state=State.CLOSED).exclude(day=day).first()
    if standing is not None:
        message = _("Close the earlier day first: only one day is open at a time.")
        return UnableToOpenDay(message, clause="R5.3", found=standing.day, wanted=_("closed"))
    return UnableToOpenDay(_("The day was opened already."), clause="R1.1", found=day)


def start_closing(*, day: BusinessDay, by: Person, now: datetime) -> BusinessDay:
    """The doors are shut and the day's work is being closed. Raises UnableToStartClosing unless the day is open."""
    with transaction.atomic():
        _step(day, State.OPEN, State.CLOSING, UnableToStartClosing, closing_at=now, closing_by=by)
        _record(day, "calendar.day.closing_started", State.OPEN, by, now)
        publish(TOPIC, day.unit)
    return day


def held_day(unit: Unit) -> BusinessDay | None:
    """The counter's day that is not closed yet, held until the transaction ends; None when there is none.

    Whoever writes into the day in this moment is waited for; whoever comes later waits, and sees what became of it.
    """
    rows = BusinessDay.objects.select_for_update(of=("self",)).select_related("unit")
    return rows.filter(unit=unit).exclude(state=State.CLOSED).first()


def close_day(*, day: BusinessDay, by: Person, now: datetime) -> BusinessDay:
    """Close the day for good and seal the head of the counter's journal (R5.3: nothing after the close).

    Raises UnableToCloseDay unless the closing has begun.
    """
    with transaction.atomic():
        _step(day, State.CLOSING, State.CLOSED, UnableToCloseDay, closed_at=now, closed_by=by)
        _record(day, "calendar.day.closed", State.CLOSING, by, now)
        journal.seal(unit=day.unit, day=day.day, by=by, now=now)
        publish(TOPIC, day.unit)
    return day


def _step(day: BusinessDay, old: State, new: State, error: type[Unable], **times: Any) -> None:
    """Take the day from one state to the next, unless somebody else has done so or the clock ran backwards."""
    rows = BusinessDay.objects.filter(pk=day.pk, state=old)
    try:
        with transaction.atomic():
            moved = rows.update(state=new, **times)
    except IntegrityError as reason:
        raise error(_("The clock stands before the step that went before."), clause="R5.3") from reason
    day.refresh_from_db()
    if not moved:
        raise error(
            _("The day is in another state by now."),
            clause="R5.3",
            found=day.get_state_display(),
            wanted=str(old.label),
        )


def _record(day: BusinessDay, event: str, before: State, by: Person, now: datetime) -> None:
    journal.record(
        unit=day.unit,
        by=by,
        event=event,
        subject=day,
        now=now,
        before={"state": before},
        after={"day": day.day, "state": day.state},
    )
