"""What is planned ahead: the quarter's round of the counters (R1.2) and long holidays (R2.3)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Visit(models.Model):
    """A counter's visit by an officer of its city in a quarter."""

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    quarter = models.DateField()  # its first day
    due_on = models.DateField()
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    visited_on = models.DateField(null=True)
    visited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    note = models.TextField(blank=True)
    missed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "quarter"], name="visit_once_a_quarter"),
            models.CheckConstraint(
                condition=Q(visited_on=None, visited_by=None)
                | (Q(visited_on__isnull=False, visited_by__isnull=False) & ~Q(note="")),
                name="visit_done_is_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.quarter}"


class HolidayPlan(models.Model):
    """A city's plan for a long holiday: which counters are open when. Kept as it was once it is reported."""

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    first = models.DateField()
    last = models.DateField()
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60, blank=True)
    lines = models.JSONField(null=True)  # once it is reported
    remark = models.TextField(blank=True)
    reported_at = models.DateTimeField(null=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    told_at = models.DateTimeField(null=True)  # the hotline, by the province
    told_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "first"], name="holiday_plan_once"),
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="holiday_plan_days_in_order"),
            models.CheckConstraint(
                condition=Q(reported_at=None, lines=None) | Q(reported_at__isnull=False, lines__isnull=False),
                name="holiday_plan_reported_is_kept",
            ),
            models.CheckConstraint(
                condition=Q(reported_at__isnull=False) | Q(told_at=None, published_at=None),
                name="holiday_plan_reported_first",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.first}"
