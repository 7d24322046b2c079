"""Closes: each teller's list with what was checked, the counter's close, and the causes of differences (R5)."""

from guimian.apps.daily_close.models.causes import Cause
from guimian.apps.daily_close.models.counters import CounterClose
from guimian.apps.daily_close.models.tellers import CloseLine, TellerClose

__all__ = ["Cause", "CloseLine", "CounterClose", "TellerClose"]
