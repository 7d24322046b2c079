"""Calls that were answered, so that the same call again is answered the same and done once."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from guimian.base.personal import EncryptedField


class IdempotencyKey(models.Model):
    """One mutating API call of a person under the key they chose, with the answer it got."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=120)
    fingerprint = models.CharField(max_length=64)  # keyed, of method, path and body
    status = models.PositiveSmallIntegerField(null=True)
    body = EncryptedField(blank=True)  # an answer may hold personal data
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="idempotency_once")]

    def __str__(self) -> str:
        return f"{self.person_id}/{self.key}"
