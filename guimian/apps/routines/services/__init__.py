"""Writes of routines: one verb, one transaction, one journal row."""

from guimian.apps.routines.services.appraisals import (
    UnableToObject,
    UnableToPublish,
    charge_overdue,
    object_to,
    publish_appraisal,
)
from guimian.apps.routines.services.catalogue import (
    UnableToSetEntry,
    retire_entry,
    seed_catalogues,
    set_entry,
    withdraw_entry,
)
from guimian.apps.routines.services.daily import (
    look_ahead,
)
from guimian.apps.routines.services.duties import (
    UnableToDoDuty,
    do_duty,
    make_duties,
    miss_duties,
    miss_duty,
)
from guimian.apps.routines.services.holidays import (
    TELLERS_OF_HOTLINE,
    UnableToArrange,
    make_plans,
    publish_plan,
    report_plan,
    tell_hotline,
)
from guimian.apps.routines.services.missed_rounds import (
    UnableToSetPeaks,
    miss_round,
    miss_rounds,
    set_peaks,
)
from guimian.apps.routines.services.points import (
    record_point,
)
from guimian.apps.routines.services.reports import (
    UnableToReport,
    comment_report,
    sign_report,
)
from guimian.apps.routines.services.rounds import (
    Seen,
    UnableToAnswer,
    UnableToSignRound,
    UnableToStartRound,
    answer_item,
    answer_rest,
    sign_round,
    start_extra,
    start_round,
)
from guimian.apps.routines.services.tending import (
    tend,
)
from guimian.apps.routines.services.visits import (
    UnableToRecordVisit,
    miss_visits,
    plan_quarter,
    record_visit,
)

__all__ = [
    "TELLERS_OF_HOTLINE",
    "Seen",
    "UnableToAnswer",
    "UnableToArrange",
    "UnableToDoDuty",
    "UnableToObject",
    "UnableToPublish",
    "UnableToRecordVisit",
    "UnableToReport",
    "UnableToSetEntry",
    "UnableToSetPeaks",
    "UnableToSignRound",
    "UnableToStartRound",
    "answer_item",
    "answer_rest",
    "charge_overdue",
    "comment_report",
    "do_duty",
    "look_ahead",
    "make_duties",
    "make_plans",
    "miss_duties",
    "miss_duty",
    "miss_round",
    "miss_rounds",
    "miss_visits",
    "object_to",
    "plan_quarter",
    "publish_appraisal",
    "publish_plan",
    "record_point",
    "record_visit",
    "report_plan",
    "retire_entry",
    "seed_catalogues",
    "set_entry",
    "set_peaks",
    "sign_report",
    "sign_round",
    "start_extra",
    "start_round",
    "tell_hotline",
    "tend",
    "withdraw_entry",
]
