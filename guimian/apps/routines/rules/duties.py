"""Which duties a counter has on a day, and when (R1.1, R1.2, R1.4). Pure; times are the counter's own, to the minute."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Protocol

from guimian.apps.calendar.rules import Times, minutes_between
from guimian.apps.routines.rules.periods import Period, period_of
from guimian.engines.policy import Outcome, Policy, Verdict

PARTS = ("BEFORE", "DURING", "AFTER")
IsOpen = Callable[[date], bool]


class Kept(Protocol):
    """A duty of the catalogue: how often, on which day of its period, and how many minutes after which hour."""

    @property
    def code(self) -> str: ...
    @property
    def part(self) -> str: ...
    @property
    def rhythm(self) -> str: ...
    @property
    def number(self) -> int: ...
    @property
    def anchor(self) -> str: ...
    @property
    def offset(self) -> int: ...
    @property
    def every(self) -> int: ...


@dataclass(frozen=True)
class Planned:
    """A duty of one day: to be done from `begins` on and until `due`. `number` counts one that comes again."""

    code: str
    number: int
    part: str
    begins: time
    due: time


def plan_duties(
    duties: Iterable[Kept], *, times: Times, day: date, is_open: IsOpen, breaks: Iterable[Period] = ()
) -> tuple[Planned, ...]:
    """The duties of a counter with these hours on the day, in the order of the day; none when it is shut.

    `is_open` says of any day whether the counter's doors open; `breaks` are the long holidays around the day. Every
    duty lies within working hours.
    """
    if not times.is_open or None in (times.work_from, times.open_from, times.open_to, times.work_to):
        return ()
    known = tuple(breaks)
    planned = [one for duty in duties if is_due_on(duty, day, is_open, known) for one in _of_duty(duty, times)]
    return tuple(sorted(planned, key=lambda one: (PARTS.index(one.part), one.due, one.code, one.number)))


def is_due_on(duty: Kept, day: date, is_open: IsOpen, breaks: Iterable[Period] = ()) -> bool:
    """Whether the duty falls on this open day."""
    if duty.rhythm == "DAILY":
        return True
    if duty.rhythm == "BEFORE_HOLIDAY":
        return any(day == _nearest(first, -1, is_open) for first, _last in breaks)
    if duty.rhythm == "AFTER_HOLIDAY":
        return any(day == _nearest(last, 1, is_open) for _first, last in breaks)
    return day == _day_in(period_of(duty.rhythm, day), duty.number, is_open)


def _day_in(period: Period, number: int, is_open: IsOpen) -> date | None:
    """The first open day from the numbered day of the period on; where none is left, the last one before it."""
    first, last = period
    wanted = min(first + timedelta(days=max(number, 1) - 1), last)
    later = (wanted + timedelta(days=step) for step in range((last - wanted).days + 1))
    earlier = (wanted - timedelta(days=step) for step in range(1, (wanted - first).days + 1))
    return next((day for day in later if is_open(day)), next((day for day in earlier if is_open(day)), None))


def _nearest(day: date, step: int, is_open: IsOpen) -> date | None:
    """The nearest open day before (-1) or after (1) the day, within a fortnight."""
    days = (day + timedelta(days=step * count) for count in range(1, 15))
    return next((one for one in days if is_open(one)), None)


def _of_duty(duty: Kept, times: Times) -> Iterable[Planned]:
    """Once in its part of the day, or again and again while the doors are open."""
    begins, ends = _span(duty.part, times)
    if not duty.every:
        due = within(shifted(getattr(times, duty.anchor.lower()), duty.offset), begins, ends)
        return [Planned(duty.code, 1, duty.part, begins, due)]
    open_from, open_to = minute_of(times.open_from), minute_of(times.open_to)
    dues = range(open_from + duty.every, open_to + 1, duty.every)
    return [
        Planned(duty.code, number, "DURING", at_minute(max(due - duty.every, open_from)), at_minute(due))
        for number, due in enumerate(dues or (open_to,), start=1)
    ]


def _span(part: str, times: Times) -> tuple[time, time]:
    """From when to when a part of the day lasts (R1.1)."""
    spans = {
        "BEFORE": (times.work_from, times.open_from),
        "DURING": (times.open_from, times.open_to),
        "AFTER": (times.open_to, times.work_to),
    }
    first, last = spans[part]
    if first is None or last is None:
        raise ValueError("the hours are not complete")
    return first, last


def minute_of(at: time | None) -> int:
    """Minutes since midnight."""
    return minutes_between(time(0), at) or 0


def at_minute(minute: int) -> time:
    """The time so many minutes after midnight, kept within the day."""
    return time(*divmod(min(max(minute, 0), 24 * 60 - 1), 60))


def shifted(at: time, minutes: int) -> time:
    return at_minute(minute_of(at) + minutes)


def within(at: time, first: time, last: time) -> time:
    return min(max(at, first), last)


# ---------------------------------------------------------------- cases
@dataclass(frozen=True)
class _Case:
    """A duty as a case gives it."""

    code: str = "duty"
    part: str = "DURING"
    rhythm: str = "DAILY"
    number: int = 1
    anchor: str = "OPEN_FROM"
    offset: int = 0
    every: int = 0


def case_plan_duties(given: Mapping[str, object], policy: Policy) -> Verdict:
    """A case: at which times a duty is due on the case's day. `shut` are weekdays (1 to 7) the counter stays shut."""
    hours = ("is_open", "work_from", "work_to", "open_from", "open_to")
    usual: dict[str, object] = {
        "work_from": time(8, 30),
        "open_from": time(9),
        "open_to": time(17),
        "work_to": time(17, 30),
    }
    times = Times(**usual | {name: given[name] for name in hours if name in given})  # type: ignore[arg-type]  # the case names the times
    shut = set(given.get("shut", (6, 7)))  # type: ignore[call-overload]  # a list of weekdays
    rest = {name: value for name, value in given.items() if name not in {*hours, "shut", "due", "clause"}}
    planned = plan_duties(
        [_Case(**rest)],  # type: ignore[arg-type]  # the case names the duty's fields
        times=times,
        day=policy.day,
        is_open=lambda day: day.isoweekday() not in shut,
    )
    found, wanted = [one.due for one in planned], given["due"]
    outcome = Outcome.MET if found == wanted else Outcome.NOT_MET
    return Verdict("routines.duties.times", str(given["clause"]), outcome, found=found, limit=wanted, comparator="=")
