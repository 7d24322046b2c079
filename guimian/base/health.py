"""`/healthz`: whether the service is ready, and if not, why."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from guimian.base import access
from guimian.base.models import Heartbeat

SILENT_AFTER = timedelta(seconds=60)


def database_trouble() -> str:
    """What is wrong with the database; empty when nothing is."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        waiting = migrations_waiting()
    except DatabaseError:
        return "unreachable"
    return f"{waiting} migrations wait: run guimian migrate" if waiting else ""


@cache
def migrated() -> list[bool]:
    """Kept true once it was true: a process does not unlearn its migrations, and looking takes a while."""
    return []


def migrations_waiting() -> int:
    if migrated():
        return 0
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not waiting:
        migrated().append(True)
    return waiting


def worker_trouble(now: datetime) -> str:
    last = Heartbeat.objects.order_by("-at").values_list("at", flat=True).first()
    if last is None:
        return "none has started: run guimian worker"
    return "" if now - last < SILENT_AFTER else f"silent since {last.isoformat(timespec='seconds')}"


@access.public(reason="Monitors and load balancers ask it; it tells nothing about anybody.")
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when pages and background work are ready, else 503 with the reason in plain words."""
    database = database_trouble()
    worker = worker_trouble(timezone.now()) if not database else "unknown"
    body = {
        "status": "unavailable" if database or worker else "ok",
        "database": database or "ok",
        "worker": worker or "ok",
        "version": settings.VERSION,
    }
    answer = JsonResponse(body, status=503 if database or worker else 200)
    answer["Cache-Control"] = "no-store"
    return answer
