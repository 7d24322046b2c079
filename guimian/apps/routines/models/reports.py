"""Reports of a week and of a month (R1.2)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Report(models.Model):
    """A report of a unit. It fills itself until it is signed; then its figures are kept with it and never change."""

    class Kind(models.TextChoices):
        WEEK = "WEEK", _("Weekly report")
        MONTH = "MONTH", _("Monthly report")

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    first = models.DateField()
    last = models.DateField()
    comment = models.TextField(blank=True)
    plan = models.TextField(blank=True)
    figures = models.JSONField(null=True)  # by language, once it is signed
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "first"], name="report_once"),
            models.CheckConstraint(condition=Q(last__gt=F("first")), name="report_days_in_order"),
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_by=None, figures=None)
                | Q(signed_at__isnull=False, signed_by__isnull=False, figures__isnull=False),
                name="report_signed_is_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.kind} {self.first}"
