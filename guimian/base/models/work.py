"""What the worker leaves behind: when it last lived, and which due times were fired."""

from __future__ import annotations

from django.db import models


class Heartbeat(models.Model):
    """The last sign of life of one worker process."""

    worker = models.CharField(max_length=80, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker


class Fired(models.Model):
    """A due time of a schedule that was put to work; the unique row is what makes it once."""

    name = models.CharField(max_length=80)
    due = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "due"], name="fired_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.due}"
