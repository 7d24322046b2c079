"""Judgements about units, windows, staff and posts. Pure: words and figures in, verdicts out.

Codes of levels, kinds, classes and roles are the models' own (`COUNTER`, `URBAN`, `FLAGSHIP`, `TELLER`).
"""

from guimian.apps.organisation.rules.numbers import is_identity, is_phone
from guimian.apps.organisation.rules.posts import GIVERS, LEVELS_OF, judge_giving, judge_role_at, roles_given_by
from guimian.apps.organisation.rules.units import (
    INNER_PLACES,
    LADDER,
    judge_cashier_window,
    judge_kind,
    judge_opening,
    judge_staff,
    judge_windows,
    level_below,
)

__all__ = [
    "GIVERS",
    "INNER_PLACES",
    "LADDER",
    "LEVELS_OF",
    "is_identity",
    "is_phone",
    "judge_cashier_window",
    "judge_giving",
    "judge_kind",
    "judge_opening",
    "judge_role_at",
    "judge_staff",
    "judge_windows",
    "level_below",
    "roles_given_by",
]
