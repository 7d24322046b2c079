"""What tells other processes that something was committed, where the database has no channel of its own (SQLite)."""

from __future__ import annotations

from django.db import models


class LiveEvent(models.Model):
    """One committed change: its topic and the path of its unit. Kept for an hour, then swept."""

    topic = models.CharField(max_length=60)
    path = models.CharField(max_length=120)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.topic} {self.path}"
