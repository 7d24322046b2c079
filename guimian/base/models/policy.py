"""Figures that a company, province or city sets for itself."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class PolicyOverride(models.Model):
    """A figure of the policy changed at a unit and below, from a day on; in force once a second person approved it."""

    class State(models.TextChoices):
        PROPOSED = "PROPOSED", _("Waiting for approval")
        APPROVED = "APPROVED", _("Approved")
        REJECTED = "REJECTED", _("Rejected")
        WITHDRAWN = "WITHDRAWN", _("Withdrawn")

    unit = models.ForeignKey(settings.UNIT_MODEL, models.PROTECT, related_name="+")
    key = models.CharField(max_length=120)
    value = models.JSONField(null=True)  # null: from this day the unit follows the figure above it again
    from_date = models.DateField()
    until = models.DateField(null=True)  # exclusive: the first day it holds no more
    reason = models.TextField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    decision_note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "key", "from_date"], condition=Q(state="APPROVED"), name="override_one_a_day"
            ),
            models.UniqueConstraint(
                fields=["unit", "key"], condition=Q(state="PROPOSED"), name="override_one_proposal"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")) | Q(state="WITHDRAWN"),
                name="override_second_person",
            ),
            models.CheckConstraint(
                condition=Q(state="PROPOSED", decided_by=None, decided_at=None)
                | ~Q(state="PROPOSED") & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="override_decided_is_complete",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gt=F("from_date")), name="override_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["key", "state", "from_date"], name="override_in_force")]

    def __str__(self) -> str:
        return f"{self.key}@{self.unit_id} from {self.from_date}"
