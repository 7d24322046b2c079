"""How duties and rounds are judged, and how points make a score (R1.2). Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from guimian.engines.policy import Policy, Verdict, compare

TENTH = Decimal("0.1")


@dataclass(frozen=True)
class PointFact:
    """Points at a counter, of a person where it is somebody's own."""

    points: Decimal
    person: int | None = None


@dataclass(frozen=True)
class Score:
    """What points make of the base."""

    base: Decimal
    points: Decimal

    @property
    def score(self) -> Decimal:
        return self.base - self.points


def minutes_late(due: datetime, at: datetime) -> int:
    """Whole minutes begun after the due time; 0 in time."""
    seconds = (at - due).total_seconds()
    return max(0, -int(-seconds // 60))


def judge_duty(policy: Policy, *, minutes: int) -> Verdict:
    """R1.4: whether a duty so many minutes past its time is still only late: met, or missed: not met."""
    return compare("routines.duty.missed", policy, "routines.missed_after", minutes, "≤")


def judge_round(policy: Policy, *, minutes: int) -> Verdict:
    """R1.5: whether a round so many minutes past its window is still only late: met, or missed: not met."""
    return compare("routines.round.missed", policy, "routines.round_missed_after", minutes, "≤")


def late_points(policy: Policy, points: Decimal) -> Decimal:
    """What a duty costs that was done late: a share of what it costs when it is missed."""
    share = Decimal(str(policy["routines.late_share"]))
    return (points * share / 100).quantize(TENTH, ROUND_HALF_UP)


def add_up(policy: Policy, facts: Iterable[PointFact], person: int | None = None) -> Score:
    """The score of a counter (no person: all its points) or of one person (their own only)."""
    total = sum((fact.points for fact in facts if person is None or fact.person == person), Decimal(0))
    return Score(Decimal(str(policy["routines.appraisal_base"])), total)
