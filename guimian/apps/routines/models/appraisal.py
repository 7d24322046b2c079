"""The month's appraisal: points that were recorded, added up, explained and published (R1.2)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class Point(models.Model):
    """Points off (positive) or on (negative) at a counter, for a person where it is somebody's own; once a source.

    `route` and `key` name the page of the source: `reverse(route, args=[unit, key])`.
    """

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    day = models.DateField()
    code = models.CharField(max_length=80)  # dotted: routines.duty.missed
    clause = models.CharField(max_length=20)
    points = models.DecimalField(max_digits=6, decimal_places=1)
    why = models.CharField(max_length=300)
    source = models.CharField(max_length=120, unique=True)
    route = models.CharField(max_length=60, blank=True)
    key = models.CharField(max_length=60, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["unit", "day"], name="point_by_unit")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day} {self.code} {self.points}"


class Appraisal(models.Model):
    """A month of a counter, reviewed and published by another level. From then on it does not change."""

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    month = models.DateField()  # its first day
    note = models.TextField(blank=True)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "month"], name="appraisal_once"),
            models.CheckConstraint(condition=Q(month__day=1), name="appraisal_of_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.month}"


class Mark(models.Model):
    """The score of the counter (no person) or of one person, with every point that made it."""

    appraisal = models.ForeignKey(Appraisal, models.PROTECT, related_name="marks")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    base = models.DecimalField(max_digits=6, decimal_places=1)
    points = models.DecimalField(max_digits=7, decimal_places=1)
    score = models.DecimalField(max_digits=7, decimal_places=1)
    lines = models.JSONField(default=list)
    objection = models.TextField(blank=True)
    objected_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["appraisal", "person"], name="mark_once"),
            models.UniqueConstraint(fields=["appraisal"], condition=Q(person=None), name="mark_of_counter_once"),
            models.CheckConstraint(
                condition=Q(objection="", objected_at=None) | (~Q(objection="") & Q(objected_at__isnull=False)),
                name="mark_objection_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appraisal_id} {self.person_id} {self.score}"
