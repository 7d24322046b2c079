"""The company's figures for sign-in and sessions (R10.11). They are headquarters': one session may see several units."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from guimian.base import policy
from guimian.base.access import Role, unit_model
from guimian.base.policy.queries import book
from guimian.engines.policy import Policy

FRESH = 60  # seconds that the figures are kept by a process


@lru_cache(maxsize=4)
def _kept(day: date, _turn: int) -> Policy:
    """`_turn` changes each FRESH seconds, so that a change reaches every process within a minute."""
    top = unit_model().objects.filter(parent=None).first()
    return policy.on(day, top) if top else book().policy(day, "", [])


def figures(day: date, moment: float) -> Policy:
    return _kept(day, int(moment // FRESH))


def idle(found: Policy) -> timedelta:
    return timedelta(minutes=found.whole("base.session_idle"))


def longest(found: Policy) -> timedelta:
    return timedelta(hours=found.whole("base.session_longest"))


def second_factor_roles(found: Policy) -> frozenset[Role]:
    """The roles that need a second factor; none when the company does not ask for it."""
    if not found["base.second_factor_required"]:
        return frozenset()
    return frozenset(Role(name) for name in found["base.second_factor_roles"])  # type: ignore[union-attr]  # a list of roles
