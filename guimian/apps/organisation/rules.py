"""Judgements about units, windows, staff and posts. Pure: words and figures in, verdicts out.

Codes of levels, kinds, classes and roles are the models' own (`COUNTER`, `URBAN`, `FLAGSHIP`, `TELLER`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from stdnum.cn import ric

from guimian.engines.policy import Outcome, Policy, Verdict, compare

#: From the top: a unit stands directly under one of the level before its own.
LADDER = ("HQ", "PROVINCE", "CITY", "CENTRE", "COUNTER")
INNER_PLACES = frozenset({"URBAN_INNER", "TOWNSHIP_INNER"})

_AT_COUNTERS = frozenset({"CENTRE", "COUNTER"})
#: role -> the levels it is held at
LEVELS_OF = {
    "HQ_OFFICER": frozenset({"HQ"}),
    "PROVINCE_OFFICER": frozenset({"PROVINCE"}),
    "CITY_OFFICER": frozenset({"CITY"}),
    "CENTRE_MANAGER": _AT_COUNTERS,
    "SUPERVISOR": frozenset({"COUNTER"}),
    "TELLER": _AT_COUNTERS,
    "CASHIER": _AT_COUNTERS,
    "GUIDE": _AT_COUNTERS,
    "FLOATING_ADVISER": _AT_COUNTERS,
    "CLOSING_OFFICER": _AT_COUNTERS,
    "ARCHIVIST": frozenset({"PROVINCE", "CITY", "CENTRE", "COUNTER"}),
    "INFORMATION_OFFICER": frozenset(LADDER),
}
#: Those who may give posts, the highest first.
GIVERS = ("HQ_OFFICER", "PROVINCE_OFFICER", "CITY_OFFICER", "CENTRE_MANAGER", "SUPERVISOR")


def level_below(level: str) -> str | None:
    """The level of the units directly under one of this level; None under a counter."""
    place = LADDER.index(level) + 1
    return LADDER[place] if place < len(LADDER) else None


def _said(code: str, clause: str, holds: bool, zh: str, en: str, found: object, limit: object) -> Verdict:
    outcome = Outcome.MET if holds else Outcome.NOT_MET
    return Verdict(code, clause, outcome, {"zh": zh, "en": en}, found=found, limit=limit, comparator="=")


def judge_kind(policy: Policy, *, place: str, size: str) -> Verdict:
    """F2.1, F2.2: the inner kinds, and only they, are of the inner class."""
    inner = place in INNER_PLACES
    return _said(
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


def judge_role_at(policy: Policy, *, role: str, level: str) -> Verdict:
    """A role is held at the levels it is made for: a province officer at a province, a supervisor at a counter."""
    return _said(
        "organisation.post.level",
        "R10.11",
        level in LEVELS_OF[role],
        "岗位与机构层级相符",
        "The post fits the level of the unit",
        level,
        ", ".join(step for step in LADDER if step in LEVELS_OF[role]),
    )


def roles_given_by(policy: Policy, roles: Iterable[str]) -> frozenset[str]:
    """The roles that somebody holding `roles` at a unit may give there and below."""
    given: set[str] = set()
    for role in set(roles) & set(GIVERS):
        listed = policy[f"organisation.given_by_{role.lower()}"]
        given.update(listed if isinstance(listed, tuple) else ())
    return frozenset(given)


def judge_giving(policy: Policy, *, role: str, giver_roles: Collection[str], to_oneself: bool) -> Verdict:
    """R10.11: posts are given from above, within reach, and by nobody to himself."""
    given = roles_given_by(policy, giver_roles)
    return _said(
        "organisation.post.giving",
        "R10.11",
        role in given and not to_oneself,
        "岗位由上级在管辖范围内授予，不得授予本人",
        "A post is given from above, within reach, and by nobody to himself",
        "oneself" if to_oneself else role,
        ", ".join(sorted(given)) or "–",
    )


def is_phone(text: str) -> bool:
    """A mainland mobile number, or a landline with its area code."""
    return re.fullmatch(r"1\d{10}|0\d{2,3}-?\d{7,8}", text) is not None


def is_identity(text: str) -> bool:
    """A resident identity number: a known place, a day of birth and the check digit (GB 11643)."""
    return len(text) == 18 and bool(ric.is_valid(text))
