"""Judgements about the line: who is next and why, and when a wait wants a word of comfort. Pure.

A priority class is a head start: its customers stand in line as if they had come so many minutes earlier. So nobody is
overtaken by anybody who came later than that, and nobody starves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

from guimian.engines.policy import Outcome, Policy, Verdict, compare

PRIORITIES = ("NORMAL", "OLDER", "DISABLED", "VIP", "APPOINTMENT")
NO_HEAD_START = "NORMAL"


@dataclass(frozen=True)
class Waiting:
    """A customer in line: the row, the skill that the service wants, the class, and since when."""

    pk: int
    skill: int
    priority: str
    issued_at: datetime


def head_start(policy: Policy, priority: str) -> timedelta:
    """By how much a class stands earlier in line (R6.3)."""
    if priority == NO_HEAD_START:
        return timedelta(0)
    return timedelta(minutes=policy.whole(f"reception.head_start_{priority.lower()}"))


def in_order(policy: Policy, line: Iterable[Waiting]) -> list[Waiting]:
    """The line as it will be called: by arrival less the class's head start; who came first among equals."""
    starts = {priority: head_start(policy, priority) for priority in PRIORITIES}
    return sorted(line, key=lambda one: (one.issued_at - starts[one.priority], one.issued_at, one.pk))


def next_of(policy: Policy, line: Iterable[Waiting], skills: frozenset[int]) -> Waiting | None:
    """Who is called next by somebody with these skills; None when nobody waits for them."""
    return next((one for one in in_order(policy, line) if one.skill in skills), None)


def minutes_waited(issued_at: datetime, until: datetime) -> int:
    """Whole minutes."""
    return int((until - issued_at).total_seconds() // 60)


def minutes_begun(issued_at: datetime, until: datetime) -> int:
    """Minutes, a begun one counted: twenty minutes and a second are above twenty."""
    return -int(-(until - issued_at).total_seconds() // 60)


def judge_wait(policy: Policy, *, minutes: int | None) -> Verdict:
    """R6.3: a wait above the limit is met with a word of comfort."""
    return compare("reception.wait.comfort", policy, "reception.comfort_after", minutes, "≤")


def comfort_limit(policy: Policy) -> timedelta:
    """The wait above which a word of comfort is due (R6.3)."""
    return timedelta(minutes=policy.whole("reception.comfort_after"))


def wants_comfort(policy: Policy, issued_at: datetime, until: datetime) -> bool:
    """Whether the wait up to `until` lies above the limit, to the second (R6.3)."""
    return until - issued_at > comfort_limit(policy)


def nears_comfort(policy: Policy, issued_at: datetime, until: datetime) -> bool:
    """Whether the wait will soon lie above the limit: the guide is told ahead of it (R6.3)."""
    early = policy.whole("reception.comfort_after") - policy.whole("reception.comfort_warning")
    waited = until - issued_at
    return waited >= timedelta(minutes=early) and not wants_comfort(policy, issued_at, until)


def plan_seats(served: Iterable[tuple[str, int | None, int]]) -> list[int | None]:
    """At which seat, from 0, each visit is served: (who served or "", called or None, ended), in the order of calls.

    Who served keeps a seat of their own; a second customer of the same server at the same time, or one of nobody's,
    takes the first seat that is free. Whoever was never called has none.
    """
    visits = list(served)
    places: list[int | None] = [None] * len(visits)
    free_from: list[int] = []
    owner: list[str] = []
    order = sorted(
        (called, ended, number) for number, (_name, called, ended) in enumerate(visits) if called is not None
    )
    for called, ended, number in order:
        name = visits[number][0]
        mine = name if name and (name not in owner or free_from[owner.index(name)] <= called) else ""
        free = [place for place, who in enumerate(owner) if who == mine and free_from[place] <= called]
        if not free:
            free = [len(owner)]
            owner.append(mine)
            free_from.append(0)
        places[number], free_from[free[0]] = free[0], ended
    return places


def peaks_of(arrivals: Iterable[time]) -> tuple[time, time] | None:
    """The middle of the busiest half hour before noon and of that after it (R1.5); None where one half of the day is empty.

    Arrivals are local times of many days. Of two half hours that are busy alike the earlier one counts.
    """
    halves = Counter((at.hour, at.minute >= 30) for at in arrivals)
    busiest = []
    for part in ([one for one in halves if one[0] < 12], [one for one in halves if one[0] >= 12]):
        if not part:
            return None
        hour, second_half = min(part, key=lambda one: (-halves[one], one))
        busiest.append(time(hour, 45 if second_half else 15))
    return busiest[0], busiest[1]


def case_next_of(given: Mapping[str, Any], policy: Policy) -> Verdict:
    """A case: customers who came so many minutes ago; `wanted` says which class is called first."""
    now = datetime.combine(policy.day, time(10), UTC)
    line = [
        Waiting(number, 1, who["priority"], now - timedelta(minutes=who["minutes"]))
        for number, who in enumerate(given["line"])
    ]
    first = next_of(policy, line, frozenset({1}))
    found = first.priority if first else ""
    outcome = Outcome.MET if found == given["wanted"] else Outcome.NOT_MET
    return Verdict("reception.line.order", "R6.3", outcome, found=found, limit=given["wanted"], comparator="=")
