"""Writes of the calendar: one verb, one transaction, one journal row."""

from guimian.apps.calendar.services.days import (
    UnableToCloseDay,
    UnableToOpenDay,
    UnableToStartClosing,
    close_day,
    held_day,
    open_day,
    start_closing,
)
from guimian.apps.calendar.services.holidays import (
    UnableToConfirmYear,
    UnableToSetHoliday,
    announced,
    confirm_year,
    remove_holiday,
    seed_year,
    set_holiday,
)
from guimian.apps.calendar.services.hours import (
    UnableToSetHours,
    UnableToWithdrawHours,
    set_hours,
    withdraw_hours,
)

__all__ = [
    "UnableToCloseDay",
    "UnableToConfirmYear",
    "UnableToOpenDay",
    "UnableToSetHoliday",
    "UnableToSetHours",
    "UnableToStartClosing",
    "UnableToWithdrawHours",
    "announced",
    "close_day",
    "confirm_year",
    "held_day",
    "open_day",
    "remove_holiday",
    "seed_year",
    "set_holiday",
    "set_hours",
    "start_closing",
    "withdraw_hours",
]
