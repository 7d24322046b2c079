"""Judgements about posts: where they are held, and who gives them (R10.11)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from guimian.apps.organisation.rules.said import said
from guimian.apps.organisation.rules.units import LADDER
from guimian.engines.policy import Policy, Verdict

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


def judge_role_at(policy: Policy, *, role: str, level: str) -> Verdict:
    """A role is held at the levels it is made for: a province officer at a province, a supervisor at a counter."""
    return said(
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
    return said(
        "organisation.post.giving",
        "R10.11",
        role in given and not to_oneself,
        "岗位由上级在管辖范围内授予，不得授予本人",
        "A post is given from above, within reach, and by nobody to himself",
        "oneself" if to_oneself else role,
        ", ".join(sorted(given)) or "–",
    )
