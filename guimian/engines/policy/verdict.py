"""What a rule says: met, not met, not applicable or not known, with the clause, what was found and what it wants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from guimian.engines.policy.book import Policy


class Outcome(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True)
class Verdict:
    """One judgement under one clause. `title` is bilingual; `comparator` is how `found` is held against `limit`."""

    code: str
    clause: str
    outcome: Outcome
    title: Mapping[str, str] = field(default_factory=dict)
    found: Any = None
    limit: Any = None
    unit: str = ""
    comparator: str = "≥"
    unsure: bool = False

    @property
    def met(self) -> bool:
        return self.outcome is Outcome.MET


def compare(code: str, policy: Policy, key: str, found: Any, comparator: str = "≥") -> Verdict:
    """Hold what was found (None: not known) against the policy's figure. `comparator` is ≥ or ≤, boundary included."""
    figure, limit = policy.figure(key), policy[key]
    if found is None:
        outcome = Outcome.NOT_KNOWN
    else:
        holds = found >= limit if comparator == "≥" else found <= limit
        outcome = Outcome.MET if holds else Outcome.NOT_MET
    return Verdict(
        code=code,
        clause=figure.clause,
        outcome=outcome,
        title=figure.title,
        found=found,
        limit=limit,
        unit=figure.unit,
        comparator=comparator,
        unsure=figure.unsure,
    )
