"""Judgements about hours and kinds of day, and the arithmetic of working days. Pure.

Codes of days are the models' own: `HOLIDAY`, `STATUTORY`, `WORKDAY` mark days that differ from their weekday;
`WORKDAY`, `SATURDAY`, `SUNDAY`, `HOLIDAY` are the kinds of day that hours are set for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Protocol, TypeVar

from guimian.engines.policy import Outcome, Policy, Verdict, compare

DAY_KINDS = ("WORKDAY", "SATURDAY", "SUNDAY", "HOLIDAY")
#: The State's days off; a make-up workday is the third mark.
DAYS_OFF = frozenset({"HOLIDAY", "STATUTORY"})
WEEKEND = frozenset({"SATURDAY", "SUNDAY"})
#: The State's calendar: the marks of the days that are not what their weekday says (R2.3).
Marks = Mapping[date, str]


# ---------------------------------------------------------------- days
def kind_of_day(day: date, marks: Marks) -> str:
    """The kind of day that hours are set for: a State holiday, a workday (made up or not), Saturday or Sunday."""
    said = marks.get(day)
    if said in DAYS_OFF:
        return "HOLIDAY"
    if said == "WORKDAY" or day.weekday() < 5:
        return "WORKDAY"
    return "SATURDAY" if day.weekday() == 5 else "SUNDAY"


def is_working_day(day: date, marks: Marks) -> bool:
    return kind_of_day(day, marks) == "WORKDAY"


def add_working_days(day: date, count: int, marks: Marks) -> date:
    """The day `count` working days after `day` (before it when negative); `day` itself does not count."""
    step = timedelta(days=1 if count >= 0 else -1)
    left = abs(count)
    while left:
        day += step
        left -= is_working_day(day, marks)
    return day


def days_between(first: date, last: date) -> Iterator[date]:
    """Every day from `first` to `last`, both included."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def working_days_between(first: date, last: date, marks: Marks) -> int:
    """Working days from `first` to `last`, both included; 0 when `last` lies before."""
    return sum(is_working_day(day, marks) for day in days_between(first, last))


# ---------------------------------------------------------------- hours
@dataclass(frozen=True)
class Times:
    """A counter's hours on one kind of day; local times. None: not given, or not known of the banks."""

    is_open: bool = True
    work_from: time | None = None
    work_to: time | None = None
    open_from: time | None = None
    open_to: time | None = None
    banks_until: time | None = None


class Dated(Protocol):
    """Hours on a kind of day from a date on."""

    @property
    def day_kind(self) -> str: ...
    @property
    def from_date(self) -> date: ...


D = TypeVar("D", bound=Dated)


def in_force(rows: Iterable[D], day_kind: str, day: date) -> D | None:
    """Of rows in any order, the latest of the kind that has begun by the day; None where none has."""
    begun = [row for row in rows if row.day_kind == day_kind and row.from_date <= day]
    return max(begun, key=lambda row: row.from_date, default=None)


def minutes_between(earlier: time | None, later: time | None) -> int | None:
    """Minutes from one time of a day to another, negative when they stand the other way; None when one is not known."""
    if earlier is None or later is None:
        return None
    return (later.hour - earlier.hour) * 60 + later.minute - earlier.minute


def earlier_by(at: time | None, minutes: int) -> time | None:
    """The time so many minutes earlier on the same day (later when negative); None when that is another day."""
    if at is None:
        return None
    left = at.hour * 60 + at.minute - minutes
    return time(*divmod(left, 60)) if 0 <= left < 24 * 60 else None


def judge_hours(policy: Policy, *, times: Times, day_kind: str, size: str) -> tuple[Verdict, ...]:
    """R1.3: the doors open after work starts, and close before work ends and before the banks stop, in minutes.

    Banks do corporate business on workdays: on other days their hours are asked for only where they are on record.
    R2.5: a flagship counter is open at weekends.
    """
    asks_banks = day_kind == "WORKDAY" or times.banks_until is not None
    return (
        judge_order(times),
        _margin(policy, "opening_after_work", times, minutes_between(times.work_from, times.open_from)),
        _margin(policy, "ending_before_work", times, minutes_between(times.open_to, times.work_to)),
        _margin(policy, "ending_before_banks", times, minutes_between(times.open_to, times.banks_until), asks_banks),
        judge_weekend(policy, is_open=times.is_open, day_kind=day_kind, size=size),
    )


def judge_order(times: Times) -> Verdict:
    """The doors close after they open."""
    title = {"zh": "关门时间晚于开门时间", "en": "The doors close after they open"}
    found = minutes_between(times.open_from, times.open_to)
    if not times.is_open:
        outcome = Outcome.NOT_APPLICABLE
    elif found is None:
        outcome = Outcome.NOT_KNOWN
    else:
        outcome = Outcome.MET if found > 0 else Outcome.NOT_MET
    return Verdict("calendar.hours.order", "R1.3", outcome, title, found, 1, "minute", "≥")


def _margin(policy: Policy, name: str, times: Times, found: int | None, applies: bool = True) -> Verdict:
    code, figure = f"calendar.hours.{name}", policy.figure(f"calendar.{name}")
    if not times.is_open or not applies:
        return Verdict(code, figure.clause, Outcome.NOT_APPLICABLE, figure.title)
    return compare(code, policy, f"calendar.{name}", found, "≥")


def judge_weekend(policy: Policy, *, is_open: bool, day_kind: str, size: str) -> Verdict:
    """R2.5: flagship counters have tellers on Saturdays and Sundays."""
    figure, wanted = policy.figure("calendar.flagship_weekends"), bool(policy["calendar.flagship_weekends"])
    if size != "FLAGSHIP" or day_kind not in WEEKEND or not wanted:
        return Verdict("calendar.hours.weekend", figure.clause, Outcome.NOT_APPLICABLE, figure.title)
    outcome = Outcome.MET if is_open else Outcome.NOT_MET
    return Verdict("calendar.hours.weekend", figure.clause, outcome, figure.title, is_open, True, "yes_no", "=")


def passing_times(policy: Policy, times: Times) -> Times:
    """The earliest opening and the latest closing that R1.3 lets pass beside the other times; None where none can be named."""
    before_work = earlier_by(times.work_to, policy.whole("calendar.ending_before_work"))
    before_banks = earlier_by(times.banks_until, policy.whole("calendar.ending_before_banks"))
    latest = min((one for one in (before_work, before_banks) if one is not None), default=None)
    return Times(
        open_from=earlier_by(times.work_from, -policy.whole("calendar.opening_after_work")),
        open_to=latest,
    )


# ---------------------------------------------------------------- cases
def case_judge_hours(given: Mapping[str, object], policy: Policy) -> tuple[Verdict, ...]:
    """A case: the times as they are given, on a workday of a large counter unless the case says otherwise."""
    times = {name: value for name, value in given.items() if name not in {"day_kind", "size"}}
    kind, size = str(given.get("day_kind", "WORKDAY")), str(given.get("size", "LARGE"))
    return judge_hours(policy, times=Times(**times), day_kind=kind, size=size)  # type: ignore[arg-type]  # the case names the times


def case_kind_of_day(given: Mapping[str, object], policy: Policy) -> Verdict:
    """A case: whether the case's day is of the kind that is `wanted`, when the State `said` something about it."""
    said = given.get("said")
    kind = kind_of_day(policy.day, {policy.day: str(said)} if said else {})
    outcome = Outcome.MET if kind == given["wanted"] else Outcome.NOT_MET
    return Verdict("calendar.day.kind", "R2.3", outcome, found=kind, limit=given["wanted"], comparator="=")
