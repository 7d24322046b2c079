"""The counters that numbers come from."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Series(models.Model):
    """The last number issued in one series of a unit and period. Its row lock is what keeps numbers without gap or double."""

    unit = models.ForeignKey(settings.UNIT_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    period = models.CharField(max_length=20, blank=True)  # "2026", "2026-11-23" or nothing
    last = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "name", "period"], name="series_once")]

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.name}/{self.period}={self.last}"
