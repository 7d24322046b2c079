"""What the daily close does by the clock. May run twice."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from guimian.apps.daily_close import services


@task()
def follow_up() -> None:
    """Each morning: which counters did not close yesterday, or closed late (R5.6)."""
    services.follow_up(now=timezone.now())
