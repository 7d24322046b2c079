"""The peaks that a counter's own traffic shows, handed to the rounds that are walked at them (R1.5)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from guimian.apps.reception import rules
from guimian.apps.reception.models import Ticket
from guimian.apps.routines.services import set_peaks
from guimian.base import policy

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit


def learn_peaks(*, unit: Unit, now: datetime) -> bool:
    """Tell the rounds the peaks of the counter's last weeks; says whether there was traffic enough to tell.

    It may run as often as one likes: peaks that stay as they are change nothing.
    """
    day = unit.local_day(now)
    figures = policy.on(day, unit)
    since = day - timedelta(days=figures.whole("reception.peaks_from_days"))
    issued = Ticket.objects.filter(unit=unit, day__gte=since, day__lt=day).values_list("issued_at", flat=True)
    arrivals = [at.astimezone(unit.zone).time() for at in issued]
    found = rules.peaks_of(arrivals)
    if found is None or len(arrivals) < figures.whole("reception.peaks_from_tickets"):
        return False
    set_peaks(unit=unit, morning=found[0], afternoon=found[1], now=now)
    return True
