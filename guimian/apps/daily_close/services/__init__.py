"""Writes of the daily close: one verb, one transaction, one journal row."""

from guimian.apps.daily_close.services.causes import add_cause
from guimian.apps.daily_close.services.counters import UnableToCloseCounter, close_counter
from guimian.apps.daily_close.services.following import follow_up
from guimian.apps.daily_close.services.tellers import (
    Cash,
    Check,
    UnableToConfirmList,
    UnableToReturnList,
    UnableToSaveList,
    confirm_list,
    return_list,
    save_list,
)

__all__ = [
    "Cash",
    "Check",
    "UnableToCloseCounter",
    "UnableToConfirmList",
    "UnableToReturnList",
    "UnableToSaveList",
    "add_cause",
    "close_counter",
    "confirm_list",
    "follow_up",
    "return_list",
    "save_list",
]
