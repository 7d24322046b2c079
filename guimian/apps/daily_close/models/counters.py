"""A counter's close: after it no business of the day (R5.3)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class CounterClose(models.Model):
    """The close of a counter's day, written in the transaction that closes the day and seals the journal.

    The journal's row of the close holds `digest`, and the seal covers that row: the printed seal proves the lists.
    """

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    day = models.DateField()
    number = models.PositiveIntegerField()  # of the counter's closes, from 1, without gaps
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField()
    due_at = models.DateTimeField()  # the province's cut-off of that day (R5.5)
    tellers = models.PositiveIntegerField()
    records = models.PositiveIntegerField()
    voided = models.PositiveIntegerField()
    received = models.DecimalField(max_digits=16, decimal_places=2)  # CNY, as all money here
    paid = models.DecimalField(max_digits=16, decimal_places=2)
    cash_in = models.DecimalField(max_digits=16, decimal_places=2)
    cash_out = models.DecimalField(max_digits=16, decimal_places=2)
    differences = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)  # over the tellers' digests
    notes = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "day"], name="counter_close_once_a_day"),
            models.UniqueConstraint(fields=["unit", "number"], name="counter_close_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="counter_close_number_from_one"),
        ]
        indexes = [models.Index(fields=["day", "unit"], name="counter_close_by_day")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day} {self.number}"

    @property
    def is_late(self) -> bool:
        """Closed after the cut-off (R5.5)."""
        return self.closed_at > self.due_at
