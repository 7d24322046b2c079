"""The routines of a counter: duties and rounds, reports and appraisals, visits and holiday plans."""

from guimian.apps.routines.models.appraisal import Appraisal, Mark, Point
from guimian.apps.routines.models.duties import DayDuty, Duty, DutyPhoto
from guimian.apps.routines.models.plans import HolidayPlan, Visit
from guimian.apps.routines.models.reports import Report
from guimian.apps.routines.models.rounds import Peaks, Round, RoundAnswer, RoundItem

__all__ = [
    "Appraisal",
    "DayDuty",
    "Duty",
    "DutyPhoto",
    "HolidayPlan",
    "Mark",
    "Peaks",
    "Point",
    "Report",
    "Round",
    "RoundAnswer",
    "RoundItem",
    "Visit",
]
