"""Judgements about units and what stands in them (F2, F3.2, F4.1, F8.2)."""

from __future__ import annotations

from collections.abc import Collection

from guimian.apps.organisation.rules.said import said
from guimian.engines.policy import Outcome, Policy, Verdict, compare

#: From the top: a unit stands directly under one of the level before its own.
LADDER = ("HQ", "PROVINCE", "CITY", "CENTRE", "COUNTER")

INNER_PLACES = frozenset({"URBAN_INNER", "TOWNSHIP_INNER"})


def level_below(level: str) -> str | None:
    """The level of the units directly under one of this level; None under a counter."""
    place = LADDER.index(level) + 1
    return LADDER[place] if place < len(LADDER) else None


def judge_kind(policy: Policy, *, place: str, size: str) -> Verdict:
    """F2.1, F2.2: the inner kinds, and only they, are of the inner class."""
    inner = place in INNER_PLACES
    return said(
        "organisation.unit.kind",
        "F2.1",
        inner == (size == "INNER"),
        "柜面类别与级别相符",
        "The counter's kind and class agree",
        size,
        "INNER" if inner else "FLAGSHIP, LARGE, MEDIUM, SMALL",
    )


def judge_windows(policy: Policy, *, size: str, windows: int | None) -> Verdict:
    """F8.2: no more windows than the class allows."""
    return compare("organisation.unit.windows", policy, f"organisation.windows_{size.lower()}", windows, "≤")


def judge_staff(policy: Policy, *, place: str, staff: int | None) -> Verdict:
    """F2.8: at least the staff that the kind needs to exist."""
    return compare("organisation.unit.staff", policy, f"organisation.staff_{place.lower()}", staff, "≥")


def judge_cashier_window(policy: Policy, *, size: str, is_cashier: bool) -> Verdict:
    """F3.2: an inner counter has no cashier's area."""
    allowed = bool(policy["organisation.cashier_at_inner"])
    figure = policy.figure("organisation.cashier_at_inner")
    holds = not is_cashier or size != "INNER" or allowed
    return Verdict(
        "organisation.window.cashier",
        figure.clause,
        Outcome.MET if holds else Outcome.NOT_MET,
        figure.title,
        found=is_cashier,
        limit=allowed,
        unit=figure.unit,
        comparator="=",
    )


def judge_opening(policy: Policy, *, level: str, place: str, roles: Collection[str]) -> Verdict:
    """F4.1: a new counter is opened by headquarters, except an inner one."""
    figure = policy.figure("organisation.hq_opens_counters")
    asks = bool(policy["organisation.hq_opens_counters"]) and level == "COUNTER" and place not in INNER_PLACES
    if not asks:
        return Verdict("organisation.unit.opening", figure.clause, Outcome.NOT_APPLICABLE, figure.title)
    holds = "HQ_OFFICER" in roles
    return Verdict(
        "organisation.unit.opening",
        figure.clause,
        Outcome.MET if holds else Outcome.NOT_MET,
        figure.title,
        found=", ".join(sorted(roles)),
        limit="HQ_OFFICER",
        comparator="=",
    )
