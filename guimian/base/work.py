"""Background work: a worker runs tasks from the database; a keeper beside it fires schedules, shows life, rescues jobs.

An app declares its schedules on its AppConfig: `schedules = (Schedule("app.remind", "30 7 * * *", "….tasks.remind"),)`.
Tasks may run twice after a crash, so they are written to be repeatable.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

import structlog
from django.apps import apps
from django.db import (
    IntegrityError,
    InterfaceError,
    OperationalError,
    close_old_connections,
    connection,
    transaction,
)
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from guimian.base.health import database_trouble
from guimian.base.models import Fired, Heartbeat
from guimian.base.schedule import Schedule

log = structlog.get_logger(__name__)
BEAT = timedelta(seconds=10)
LOST_AFTER = timedelta(minutes=2)  # without a sign of life a worker is taken for dead
MOST_ATTEMPTS = 3
AGAIN_AFTER = 1.0  # seconds


def schedules() -> tuple[Schedule, ...]:
    return tuple(one for config in apps.get_app_configs() for one in getattr(config, "schedules", ()))


def fire(one: Schedule, due: datetime) -> bool:
    """Put the task to work for this due time, once however many processes ask. Says whether it was this one."""
    try:
        with transaction.atomic():
            Fired.objects.create(name=one.name, due=due)
            import_string(one.task).enqueue()
    except IntegrityError:
        return False
    log.info("work.fired", schedule=one.name, due=due.isoformat())
    return True


def fire_due(now: datetime, known: Iterable[Schedule] | None = None) -> int:
    """Fire what is due (a time missed by up to an hour too); says how many this process fired."""
    fired = 0
    for one in schedules() if known is None else known:
        due = one.last_due(now)
        if due and not Fired.objects.filter(name=one.name, due__gte=due).exists():
            fired += fire(one, due)
    return fired


def beat(worker: str, now: datetime) -> None:
    """Show that this worker lives."""
    Heartbeat.objects.update_or_create(worker=worker, defaults={"at": now})


def rescue(now: datetime) -> int:
    """Give back what dead workers were at; after MOST_ATTEMPTS it has failed. Says how many were rescued."""
    alive = set(Heartbeat.objects.filter(at__gt=now - LOST_AFTER).values_list("worker", flat=True))
    rescued = 0
    for job in DBTaskResult.objects.running().filter(started_at__lt=now - LOST_AFTER):
        if job.worker_ids and job.worker_ids[-1] in alive:
            continue
        again = len(job.worker_ids) < MOST_ATTEMPTS
        change = (
            {"status": "READY"} if again else {"status": "FAILED", "finished_at": now, "traceback": "Its workers died."}
        )
        rescued += DBTaskResult.objects.running().filter(pk=job.pk, worker_ids=job.worker_ids).update(**change)
        log.warning("work.rescued", task=job.task_path, again=again)
    Heartbeat.objects.filter(at__lt=now - timedelta(days=1)).delete()
    return rescued


class Keeper(threading.Thread):
    """Runs beside the worker: a beat each ten seconds, and with it schedules and rescue."""

    def __init__(self, worker: str) -> None:
        super().__init__(name="keeper", daemon=True)
        self.worker, self.stopped = worker, threading.Event()

    def run(self) -> None:
        while not self.stopped.is_set():
            close_old_connections()
            self.keep(timezone.now())
            self.stopped.wait(BEAT.total_seconds())

    def keep(self, now: datetime) -> None:
        """Each chore by itself: a schedule that cannot be fired does not keep the dead from being rescued."""
        for chore in (partial(beat, self.worker), fire_due, rescue):
            try:
                chore(now)
            except Exception as error:  # a locked or absent database: the next beat tries again
                log.warning("work.keeper", error=repr(error))


def run_worker(name: str, interval: float = 0.5) -> None:
    """Wait until the database is up to date, then work until told to stop (SIGINT, SIGTERM)."""
    if trouble := database_trouble():
        log.info("work.waits", database=trouble)
    while database_trouble():
        time.sleep(0.5)
    worker = Worker(
        queue_names=["default"], interval=interval, batch=False, backend_name="default", startup_delay=False,
        max_tasks=None, worker_id=name, excluded_queue_names=[],
    )  # fmt: skip
    worker.configure_signals()
    Keeper(name).start()
    while worker.running:
        try:
            worker.run()
        except (OperationalError, InterfaceError) as error:  # the database is away: it comes back
            log.warning("work.lost", error=repr(error))
            connection.close()
            time.sleep(AGAIN_AFTER)
