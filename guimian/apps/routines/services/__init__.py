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
from guimian.apps.routines.services.duties import (
    UnableToDoDuty,
    do_duty,
    make_duties,
    miss_duties,
    miss_duty,
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
    sign_round,
    start_extra,
    start_round,
)
from guimian.apps.routines.services.tending import (
    tend,
)

__all__ = [
    "Seen",
    "UnableToAnswer",
    "UnableToDoDuty",
    "UnableToObject",
    "UnableToPublish",
    "UnableToReport",
    "UnableToSetEntry",
    "UnableToSetPeaks",
    "UnableToSignRound",
    "UnableToStartRound",
    "answer_item",
    "charge_overdue",
    "comment_report",
    "do_duty",
    "make_duties",
    "miss_duties",
    "miss_duty",
    "miss_round",
    "miss_rounds",
    "object_to",
    "publish_appraisal",
    "record_point",
    "retire_entry",
    "seed_catalogues",
    "set_entry",
    "set_peaks",
    "sign_report",
    "sign_round",
    "start_extra",
    "start_round",
    "tend",
    "withdraw_entry",
]
