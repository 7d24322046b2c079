"""Judgements about routines, and their plans. Pure."""

from guimian.apps.routines.rules.appraisal import (
    PointFact,
    Score,
    add_up,
    judge_duty,
    judge_round,
    late_points,
    minutes_late,
)
from guimian.apps.routines.rules.catalogue import in_force, standing
from guimian.apps.routines.rules.duties import (
    PARTS,
    Planned,
    case_plan_duties,
    is_due_on,
    plan_duties,
)
from guimian.apps.routines.rules.periods import (
    long_breaks,
    month_of,
    period_of,
    quarter_of,
    week_of,
)
from guimian.apps.routines.rules.plans import plan_visits
from guimian.apps.routines.rules.rounds import (
    PlannedRound,
    case_plan_rounds,
    peaks_in_force,
    plan_rounds,
)

__all__ = [
    "PARTS",
    "Planned",
    "PlannedRound",
    "PointFact",
    "Score",
    "add_up",
    "case_plan_duties",
    "case_plan_rounds",
    "in_force",
    "is_due_on",
    "judge_duty",
    "judge_round",
    "late_points",
    "long_breaks",
    "minutes_late",
    "month_of",
    "peaks_in_force",
    "period_of",
    "plan_duties",
    "plan_rounds",
    "plan_visits",
    "quarter_of",
    "standing",
    "week_of",
]
