"""The hall's background work. It may run twice."""

from __future__ import annotations

from django.utils import timezone
from django_tasks import task

from guimian.apps.organisation.queries import every_counter
from guimian.apps.reception import services


@task()
def learn() -> None:
    """Each night: the peaks of every counter."""
    now = timezone.now()
    for unit in every_counter():
        services.learn_peaks(unit=unit, now=now)
