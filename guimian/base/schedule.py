"""When background work is due. Knows no models, so that an AppConfig may declare its schedules with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim
from django.conf import settings

MISSED = timedelta(hours=1)  # a schedule missed for longer (the house was shut) waits for its next time


@dataclass(frozen=True)
class Schedule:
    """A task that is due by the clock: five cron fields in the company's time (`settings.TIME_ZONE`)."""

    name: str
    cron: str
    task: str  # dotted path of a django-tasks task without arguments

    def last_due(self, now: datetime) -> datetime | None:
        """The latest due time in (now - MISSED, now]; None when there was none."""
        local = now.astimezone(ZoneInfo(settings.TIME_ZONE))
        last = None
        for due in CronSim(self.cron, local - MISSED):
            if due > local:
                break
            last = due
        return last
