"""Findings, the actions that mend them, and their evidence."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Finding(models.Model):
    """Something a rule, a round, a check, a drill or a person found wrong. Open until another person verified its mending."""

    class State(models.TextChoices):
        OPEN = "OPEN", pgettext_lazy("finding", "Open")
        CLOSED = "CLOSED", pgettext_lazy("finding", "Closed")

    unit = models.ForeignKey(settings.UNIT_MODEL, models.PROTECT, related_name="+")
    code = models.CharField(max_length=80)  # dotted: routines.round.late
    clause = models.CharField(max_length=20)
    key = models.CharField(max_length=200)  # what makes it the same finding again
    what = models.TextField()
    details = models.JSONField(default=dict)
    found_at = models.DateTimeField()
    found_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "key"], name="finding_found_once"),
            models.CheckConstraint(
                condition=Q(state="OPEN", closed_at=None) | Q(state="CLOSED", closed_at__isnull=False),
                name="finding_closed_has_time",
            ),
        ]
        indexes = [models.Index(fields=["unit", "state", "-found_at"], name="finding_by_unit")]

    def __str__(self) -> str:
        return f"{self.code} {self.key}"


class Action(models.Model):
    """What mends a finding: an owner, a due day, done, and verified by somebody else."""

    class State(models.TextChoices):
        ASSIGNED = "ASSIGNED", pgettext_lazy("action", "To do")
        DONE = "DONE", _("Waiting for verification")
        REJECTED = "REJECTED", _("Sent back")
        VERIFIED = "VERIFIED", _("Verified")

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="actions")
    what = models.TextField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    assigned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField()
    due_date = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASSIGNED)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    done_at = models.DateTimeField(null=True)
    done_note = models.TextField(blank=True)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    verified_at = models.DateTimeField(null=True)
    verdict_note = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["finding"], condition=~Q(state="VERIFIED"), name="action_one_at_a_time"),
            models.CheckConstraint(
                condition=Q(verified_by=None) | ~Q(verified_by=F("done_by")),
                name="action_verified_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="VERIFIED")
                | Q(done_at__isnull=False, verified_by__isnull=False, verified_at__isnull=False),
                name="action_verified_is_complete",
            ),
        ]
        indexes = [models.Index(fields=["owner", "state", "due_date"], name="action_inbox")]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.state}"


class Evidence(models.Model):
    """A file or photo that shows a finding or its mending. Kept as received by content, without a photo's metadata."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="evidence")
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=60)  # media type, told from the content
    size = models.PositiveIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=200)  # below MEDIA_ROOT, named by content
    note = models.CharField(max_length=300, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["finding", "sha256"], name="evidence_once")]

    def __str__(self) -> str:
        return self.name
