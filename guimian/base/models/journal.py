"""The journal's rows: entries in one hash chain per unit, its head, and the heads that were sealed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

GENESIS = "0" * 64


class JournalEntry(models.Model):
    """Who did what, when, on which unit, before and after. Never changed, never deleted (the database refuses)."""

    unit = models.ForeignKey(settings.UNIT_MODEL, models.PROTECT, related_name="+")
    seq = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    event = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.TextField(blank=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "seq"], name="journal_one_row_per_number"),
            models.UniqueConstraint(fields=["unit", "previous"], name="journal_chain_does_not_fork"),
            models.CheckConstraint(condition=Q(seq__gte=1), name="journal_starts_at_one"),
        ]
        indexes = [
            models.Index(fields=["unit", "-at"], name="journal_by_unit"),
            models.Index(fields=["subject", "-at"], name="journal_by_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.seq} {self.event}"


class JournalHead(models.Model):
    """The last link of a unit's chain: the row that writers of the chain lock."""

    unit = models.OneToOneField(settings.UNIT_MODEL, models.PROTECT, related_name="+", primary_key=True)
    seq = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default=GENESIS)

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.seq}"


class JournalSeal(models.Model):
    """A head as it stood when a day was closed; printed with the close list, so that a cut or a rewrite shows (R5.3)."""

    unit = models.ForeignKey(settings.UNIT_MODEL, models.PROTECT, related_name="+")
    day = models.DateField()
    seq = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "seq"], name="seal_by_chain")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.day} {self.seq}"
