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
from guimian.apps.daily_close.queries.history import STATES, Followed, closes_visible_to, followed_up, late_closes
from guimian.apps.daily_close.queries.lists import (
    TellerList,
    digest_of_record,
    list_of,
    list_to_confirm,
    lists_of,
    teller_of,
)

__all__ = [
    "STATES",
    "ClosedList",
    "CounterPage",
    "Followed",
    "Sum",
    "TellerList",
    "causes",
    "close_of",
    "closed_list",
    "closes_visible_to",
    "counter_page",
    "day_to_close",
    "digest_of_record",
    "followed_up",
    "late_closes",
    "list_of",
    "list_to_confirm",
    "lists_of",
    "seal_of",
    "teller_of",
]
