"""The spine's own chores."""

from __future__ import annotations

from django.core.management import call_command
from django.utils import timezone
from django_tasks import task

from guimian.base import idempotency
from guimian.base.live.publish import sweep


@task()
def sweep_live() -> None:
    """Delete events that everybody has read."""
    sweep()


@task()
def sweep_sessions() -> None:
    """Delete sessions that have ended."""
    call_command("clearsessions")


@task()
def sweep_results() -> None:
    """Delete the results of finished work after a week, and the answers kept for repeated calls."""
    call_command("prune_db_task_results", min_age_days=7)
    idempotency.forget_keys(now=timezone.now())
