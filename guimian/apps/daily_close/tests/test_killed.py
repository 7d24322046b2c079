"""A process killed at any step of the close leaves the day whole: closed with all that belongs to it, or not at all (R5.3)."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections, transaction

from guimian.apps.calendar.models import BusinessDay
from guimian.apps.daily_close import services
from guimian.apps.daily_close.models import CounterClose
from guimian.apps.daily_close.tests.rows import EVENING, make_ready
from guimian.apps.organisation.models import Unit
from guimian.apps.organisation.tests.cast import make_cast, make_company
from guimian.base import journal
from guimian.base.models import JournalEntry, JournalSeal, Series

EVENTS = ("daily_close.counter.closed", "calendar.day.closed")


def close(unit: Unit) -> None:
    by = BusinessDay.objects.get(unit=unit).opened_by
    services.close_counter(unit=unit, by=by, now=EVENING)


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def in_a_process(deed: Callable[[], None]) -> bool:
    """Do the deed in a process of its own, with a connection of its own; whether it lived to its end."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            deed()
        except BaseException:
            os._exit(70)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    assert status == 0 or (os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL), status
    return status == 0


def killed_after(unit: Unit, statements: int) -> Callable[[], None]:
    """The close, killed once the database has done so many of its statements."""

    def deed() -> None:
        done = 0

        def counted(execute: Callable[..., Any], *args: Any) -> Any:
            nonlocal done
            answer = execute(*args)
            done += 1
            if done == statements:
                die()
            return answer

        with connection.execute_wrapper(counted):
            close(unit)

    return deed


def left(unit: Unit) -> dict[str, object]:
    """What is there of a close."""
    return {
        "list": CounterClose.objects.filter(unit=unit).count(),
        "day": BusinessDay.objects.get(unit=unit).state,
        "journal": JournalEntry.objects.filter(unit=unit, event__in=EVENTS).count(),
        "seal": JournalSeal.objects.filter(unit=unit).count(),
        "number": Series.objects.filter(unit=unit, name="daily_close", last__gt=0).count(),
    }


NOTHING = {"list": 0, "day": "CLOSING", "journal": 0, "seal": 0, "number": 0}
ALL = {"list": 1, "day": "CLOSED", "journal": 2, "seal": 1, "number": 1}


def second_try(unit: Unit) -> dict[str, object]:
    """What a second try leaves; taken back, so that the next step begins as this one."""
    with transaction.atomic():
        close(unit)
        found = left(unit)
        transaction.set_rollback(True)
    return found


@pytest.fixture
def ready(transactional_db: None) -> Unit:
    company = make_company()
    cast = make_cast(company)
    make_ready(company.k1, cast["teller"], cast["cashier"])
    return company.k1


def test_killed_after_each_statement_nothing_is_half_closed(ready: Unit) -> None:
    steps = 0
    while not in_a_process(killed_after(ready, steps + 1)):
        steps += 1
        assert left(ready) == NOTHING, f"killed after statement {steps}"
        assert second_try(ready) == ALL, f"after statement {steps}"
        assert journal.verify([ready]) == []
    assert steps > 20, "the close was killed at fewer steps than it has"
    assert left(ready) == ALL
    assert journal.verify([ready]) == []


def test_killed_right_after_the_commit_all_of_it_is_there(ready: Unit) -> None:
    def deed() -> None:
        with transaction.atomic():
            transaction.on_commit(die)
            close(ready)

    assert not in_a_process(deed)
    assert left(ready) == ALL


def test_a_close_of_two_transactions_would_be_seen(ready: Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    """The seeded fault: the list and the day's state written one after the other, each for itself."""
    written = services.counters._written

    def apart(page: Any, by: Any, now: Any, notes: str) -> CounterClose:
        kept = written(page, by, now, notes)
        connection.connection.commit()
        return kept

    monkeypatch.setattr(services.counters, "_written", apart)
    seen = []
    for steps in range(1, 60):
        if in_a_process(killed_after(ready, steps)):
            break
        seen.append(left(ready))
        if seen[-1] != NOTHING:
            break
    assert seen[-1] not in (NOTHING, ALL)
