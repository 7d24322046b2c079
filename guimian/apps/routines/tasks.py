"""The routines' background work. Each may run twice and at the same time as another one."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from guimian.apps.routines import services


@task()
def tend() -> None:
    """Make the day's duties where they are missing, and send up what was missed."""
    services.tend(now=timezone.now())


@task()
def daily() -> None:
    """Points for what is overdue, the quarter's round, long holidays ahead."""
    services.look_ahead(now=timezone.now())
