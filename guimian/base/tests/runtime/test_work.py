"""Background work: a due time fires once however many ask, and the jobs of the dead are given back."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from guimian.base import tasks, work
from guimian.base.models import Fired, Heartbeat
from guimian.base.schedule import MISSED, Schedule

ZONE = ZoneInfo("Asia/Shanghai")
NIGHTLY = Schedule("test.nightly", "10 3 * * *", "guimian.base.tasks.sweep_live")
NOW = datetime(2026, 3, 2, 3, 12, tzinfo=ZONE)


def test_what_is_due_is_told_in_the_companys_time() -> None:
    assert NIGHTLY.last_due(NOW) == datetime(2026, 3, 2, 3, 10, tzinfo=ZONE)
    assert NIGHTLY.last_due(NOW - timedelta(minutes=3)) is None
    assert NIGHTLY.last_due(NOW + timedelta(hours=2)) is None


@given(st.integers(0, 10 * 365 * 24 * 3600))
def test_a_due_time_lies_behind_and_not_far(seconds: int) -> None:
    now = datetime(2020, 1, 1, tzinfo=ZONE) + timedelta(seconds=seconds)
    due = Schedule("x", "*/15 * * * *", "y").last_due(now)
    assert due is not None
    assert timedelta(0) <= now - due < min(timedelta(minutes=15), MISSED)


@pytest.mark.django_db
def test_a_due_time_fires_once() -> None:
    assert work.fire_due(NOW, [NIGHTLY]) == 1
    assert work.fire_due(NOW + timedelta(minutes=5), [NIGHTLY]) == 0
    assert work.fire_due(NOW + timedelta(days=1), [NIGHTLY]) == 1
    assert DBTaskResult.objects.count() == 2


def fire_together(count: int) -> int:
    """How often a due time fires when so many processes notice it in the same moment."""
    due, start, fired = NOW, threading.Barrier(count), []

    def ask() -> None:
        start.wait()
        try:
            fired.append(work.fire(NIGHTLY, due))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _one in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(fired)


@pytest.mark.django_db(transaction=True)
def test_several_processes_fire_a_due_time_once() -> None:
    assert fire_together(8) == 1
    assert DBTaskResult.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_unique_row_it_would_fire_for_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Fired.objects, "create", lambda **fields: None)
    assert fire_together(4) == 4


def running(worker: str, started: datetime, attempts: int = 1) -> DBTaskResult[Any, Any]:
    tasks.sweep_live.enqueue()
    job = DBTaskResult.objects.latest("enqueued_at")
    DBTaskResult.objects.filter(pk=job.pk).update(status="RUNNING", worker_ids=[worker] * attempts, started_at=started)
    return job


@pytest.mark.django_db
def test_the_jobs_of_the_dead_are_given_back_and_those_of_the_living_are_not() -> None:
    now = timezone.now()
    work.beat("living", now)
    Heartbeat.objects.create(worker="dead", at=now - work.LOST_AFTER * 2)
    old = now - work.LOST_AFTER * 2
    dead, living, given_up = running("dead", old), running("living", old), running("dead", old, work.MOST_ATTEMPTS)
    assert work.rescue(now) == 2
    states = dict(DBTaskResult.objects.values_list("pk", "status"))
    assert (states[dead.pk], states[living.pk], states[given_up.pk]) == ("READY", "RUNNING", "FAILED")


@pytest.mark.django_db
def test_a_beat_is_one_row_a_worker() -> None:
    now = timezone.now()
    work.beat("a", now)
    work.beat("a", now + timedelta(seconds=10))
    assert [beat.at for beat in Heartbeat.objects.all()] == [now + timedelta(seconds=10)]


@pytest.mark.django_db
def test_the_keeper_outlives_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(now: datetime) -> int:
        raise RuntimeError

    monkeypatch.setattr(work, "fire_due", broken)
    work.Keeper("a").keep(timezone.now())
    assert Heartbeat.objects.filter(worker="a").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("chore", [tasks.sweep_live, tasks.sweep_sessions, tasks.sweep_results])
def test_the_chores_can_be_done_twice(chore: Any) -> None:
    chore.call()
    chore.call()


def test_every_schedule_names_a_task_and_a_time() -> None:
    known = work.schedules()
    assert len({one.name for one in known}) == len(known) >= 3
    for one in known:
        assert import_string(one.task).enqueue
        one.last_due(NOW)
