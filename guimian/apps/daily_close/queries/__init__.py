"""Reads of the daily close: lists, what stands between a counter and its close, what is left of it, what is overdue."""

from guimian.apps.daily_close.queries.causes import causes
from guimian.apps.daily_close.queries.counter import (
    ClosedList,
    CounterPage,
    Sum,
    close_of,
    closed_list,
    counter_page,
    day_to_close,
    seal_of,
)
from guimian.apps.daily_close.queries.lists import TellerList, digest_of_record, list_of, lists_of, teller_of

__all__ = [
    "ClosedList",
    "CounterPage",
    "Sum",
    "TellerList",
    "causes",
    "close_of",
    "closed_list",
    "counter_page",
    "day_to_close",
    "digest_of_record",
    "list_of",
    "lists_of",
    "seal_of",
    "teller_of",
]
