"""Saying that something changed, inside the transaction that changes it: heard at the commit, never before, never without."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection
from django.utils import timezone

from guimian.base.models import LiveEvent

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

CHANNEL = "guimian_live"
KEPT = timedelta(hours=1)


def publish(topic: str, unit: Unit) -> None:
    """Tell the open pages that show `topic` of `unit` (or of a unit above it) to fetch it again.

    PostgreSQL carries it by NOTIFY, which is part of the transaction; elsewhere a row of the same transaction does.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, json.dumps({"topic": topic, "path": unit.path})])
    else:
        LiveEvent.objects.create(topic=topic, path=unit.path, at=timezone.now())


def sweep() -> int:
    """Delete the rows that every process has long read; says how many."""
    return LiveEvent.objects.filter(at__lt=timezone.now() - KEPT).delete()[0]
