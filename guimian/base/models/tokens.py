"""Keys for programs that act as a person through the API."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class ApiToken(models.Model):
    """A bearer token, kept only as a digest; it ends by itself."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    digest = models.CharField(max_length=64, unique=True)
    may_write = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    window_from = models.DateTimeField()  # the minute that its calls are counted in
    window_calls = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.person_id}/{self.name}"
