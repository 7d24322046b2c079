"""Judgements of the daily close: what a list is, whether a counter may close, whether it closed in time. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo
from decimal import Decimal
from typing import Any

from guimian.engines.policy import Outcome, Policy, Verdict

CONFIRMED = "CONFIRMED"
#: A confirmed list that is no longer the list: a record came, changed or was voided afterwards.
STALE = "STALE"
#: Nothing is confirmed or begun yet.
MISSING = "MISSING"
CLOSING = "CLOSING"


# ---------------------------------------------------------------- lists
@dataclass(frozen=True)
class Line:
    """A business record as a list holds it. `amount` in CNY; `void` is why it was voided, empty when it counts."""

    number: int
    service: str
    reference: str
    amount: Decimal
    direction: str
    way: str
    papers: int
    note: str
    void: str = ""


def digest_of(whose: Sequence[str], lines: Iterable[Line]) -> str:
    """SHA-256, in hex, over a list: whose it is (unit, day, teller) and each line in the order of numbers."""
    return _hashed([list(whose), [_content(one) for one in sorted(lines, key=lambda line: line.number)]])


def digest_of_line(line: Line) -> str:
    """SHA-256, in hex, over one line: whether it is still what was checked."""
    return _hashed(_content(line))


def _content(line: Line) -> list[Any]:
    money = [f"{line.amount:.2f}", line.direction, line.way]
    return [line.number, line.service, line.reference, *money, line.papers, line.note, line.void]


def digest_of_all(digests: Iterable[str]) -> str:
    """SHA-256, in hex, over the tellers' digests, in the order of the digests themselves."""
    return _hashed(sorted(digests))


def _hashed(content: Any) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def state_of(kept: str, confirmed: str, present: str) -> str:
    """How a teller's close stands: `kept` is its state ("" for none), the others are digests, confirmed and present."""
    if not kept:
        return MISSING
    return STALE if kept == CONFIRMED and confirmed != present else kept


def cash_difference(counted: Decimal, cash_in: Decimal, cash_out: Decimal) -> Decimal:
    """What was counted (without the float) less what the list says; below zero when cash is missing (R5.4)."""
    return counted - (cash_in - cash_out)


# ---------------------------------------------------------------- the counter
@dataclass(frozen=True)
class Counter:
    """What stands between a counter and its close: numbers of visits, windows held, and tellers with how they stand."""

    state: str
    visits: tuple[str, ...] = ()
    windows: tuple[str, ...] = ()
    tellers: Mapping[str, str] = field(default_factory=dict)  # name -> state_of

    @property
    def missing(self) -> tuple[str, ...]:
        """Whose list is not confirmed as it stands now."""
        return tuple(name for name, state in self.tellers.items() if state != CONFIRMED)


TITLES = {
    "closing": {"zh": "已开始日结", "en": "The closing has begun"},
    "visits": {"zh": "无客户等候、被叫或办理中", "en": "Nobody waits, is called or is being served"},
    "windows": {"zh": "柜员均已离席", "en": "Nobody sits at a window"},
    "tellers": {"zh": "每位柜员均已确认当前清单", "en": "Every teller has confirmed the list as it stands"},
}


def judge_counter(policy: Policy, *, counter: Counter) -> tuple[Verdict, ...]:
    """R5.3: a counter closes when the closing has begun, nobody is in the hall or at a window, and every teller confirmed."""
    begun = counter.state == CLOSING
    outcome = Outcome.MET if begun else Outcome.NOT_MET
    return (
        Verdict("daily_close.counter.closing", "R5.3", outcome, TITLES["closing"], begun, True, "yes_no", "="),
        _nobody("visits", counter.visits),
        _nobody("windows", counter.windows),
        _nobody("tellers", counter.missing),
    )


def _nobody(what: str, names: tuple[str, ...]) -> Verdict:
    outcome = Outcome.NOT_MET if names else Outcome.MET
    return Verdict(
        f"daily_close.counter.{what}", "R5.3", outcome, TITLES[what], found=names or 0, limit=0, comparator="="
    )


# ---------------------------------------------------------------- in time
def due_at(policy: Policy, day: date, zone: tzinfo) -> datetime:
    """The moment until which the counter's day is to be closed (R5.5)."""
    at = policy["daily_close.close_by"]
    if not isinstance(at, time):
        raise TypeError("daily_close.close_by is not a time of day")
    return datetime.combine(day, at, zone)


def judge_cut_off(policy: Policy, *, closed_at: time | None, days_after: int = 0) -> Verdict:
    """R5.5, R5.6: a day is closed by the province's cut-off. `closed_at` is local, on the day `days_after` the business
    day; None: not closed yet, with so many days gone by.
    """
    figure, limit = policy.figure("daily_close.close_by"), policy["daily_close.close_by"]
    if days_after:
        outcome = Outcome.NOT_MET
    elif closed_at is None:
        outcome = Outcome.NOT_KNOWN
    else:
        outcome = Outcome.MET if isinstance(limit, time) and closed_at <= limit else Outcome.NOT_MET
    return Verdict(
        "daily_close.late", figure.clause, outcome, figure.title, closed_at, limit, figure.unit, "≤", figure.unsure
    )


# ---------------------------------------------------------------- cases
def case_judge_counter(given: Mapping[str, Any], policy: Policy) -> tuple[Verdict, ...]:
    """A case: the day's state, and lists of visits and windows; tellers with how their lists stand."""
    return judge_counter(
        policy,
        counter=Counter(
            str(given["state"]),
            tuple(given.get("visits", ())),
            tuple(given.get("windows", ())),
            dict(given.get("tellers", {})),
        ),
    )


def case_state_of(given: Mapping[str, Any], policy: Policy) -> Verdict:
    """A case: whether a teller's close stands as `wanted`."""
    found = state_of(given["kept"], given["confirmed"], given["present"])
    outcome = Outcome.MET if found == given["wanted"] else Outcome.NOT_MET
    return Verdict("daily_close.teller.state", "R5.3", outcome, found=found, limit=given["wanted"], comparator="=")
