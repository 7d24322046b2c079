"""Screens and tickets listen without a sign-in: to their own counter's hall, and to nothing else."""

from __future__ import annotations

import asyncio
from collections import deque
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from guimian.apps.calendar.models import BusinessDay
from guimian.apps.organisation.models import Person, Unit
from guimian.apps.organisation.tests.cast import Company
from guimian.apps.reception import queries, services
from guimian.apps.reception.models import Device, Ticket
from guimian.apps.reception.tests.rows import make_service
from guimian.base.live import stream as streams
from guimian.base.live.hub import Hub, Listener
from guimian.base.live.sources import Change
from guimian.base.live.stream import GUEST, MOST_GUEST_STREAMS
from guimian.base.tests.runtime.test_live import ask, bodies, in_thread, quiet

HALL = Change("reception", "HQ/P1/C11/S111/K1/")
OTHERS = (
    Change("reception", "HQ/P1/C11/S111/K2/"),
    Change("reception", "HQ/P2/C21/S211/K9/"),
    Change("reception", "HQ/P1/C11/S111/"),
    Change("findings", "HQ/P1/C11/S111/K1/"),
)


def open_today(unit: Unit, by: Person, state: str = "OPEN") -> BusinessDay:
    now = timezone.now()
    row, _made = BusinessDay.objects.get_or_create(
        unit=unit, day=unit.local_day(now), defaults={"opened_at": now, "opened_by": by}
    )
    if state == "CLOSED":
        BusinessDay.objects.filter(pk=row.pk).update(
            state=state, closing_at=now, closing_by=by, closed_at=now, closed_by=by
        )
    return row


def board_of(unit: Unit) -> Device:
    return services.add_device(unit=unit, kind="BOARD", name="Board", by=None, now=timezone.now())


def ticket_of(unit: Unit) -> Ticket:
    return services.issue_ticket(unit=unit, service=make_service(), by=None, now=timezone.now())


def heard(secret: str, *told: Change) -> list[Any]:
    """The status and, of the changes told, the paths and topics that the stream passes on."""
    hub = Hub(quiet)
    sent = ask("", hub, lambda: deque(map(hub.tell, told), 0), query=f"age=10&guest={secret}".encode())
    said = bodies(sent).decode()
    return [sent[0]["status"], *(one for one in told if f'"{one.topic}"' in said and f'"{one.path}"' in said)]


@pytest.mark.django_db(transaction=True)
def test_a_board_hears_its_own_hall_and_nothing_else(company: Company) -> None:
    assert heard(board_of(company.k1).secret, *OTHERS, HALL) == [200, HALL]


@pytest.mark.django_db(transaction=True)
def test_a_telephone_hears_its_own_hall_and_nothing_else(company: Company, teller: Person) -> None:
    open_today(company.k1, teller)
    assert heard(ticket_of(company.k1).secret, *OTHERS, HALL) == [200, HALL]


@pytest.mark.django_db(transaction=True)
def test_without_the_reach_a_board_would_hear_of_others(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """The seeded leak: the promise above must fail then."""
    monkeypatch.setattr(Listener, "may_hear", lambda self, change: True)
    assert heard(board_of(company.k1).secret, *OTHERS, HALL) == [200, *OTHERS, HALL]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("secret", ["nonsense", "HQ", "' OR 1=1 --"])
def test_a_guess_is_refused(company: Company, secret: str) -> None:
    board_of(company.k1)
    assert heard(secret) == [401]


@pytest.mark.django_db(transaction=True)
def test_a_retired_screen_is_refused_and_an_open_stream_ends(
    company: Company, manager: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "TRUSTED", 0.0)
    device, hub = board_of(company.k1), Hub(quiet)

    def retire() -> None:
        services.retire_device(device=device, by=manager, now=timezone.now())

    def end() -> None:
        done = asyncio.get_running_loop().run_in_executor(None, in_thread, retire)
        done.add_done_callback(lambda _done: hub.tell(HALL))

    sent = ask("", hub, end, query=f"guest={device.secret}".encode())
    assert sent[0]["status"] == 200
    assert b"K1/" not in bodies(sent)
    assert heard(device.secret) == [401]


def test_a_ticket_of_a_day_that_is_over_hears_nothing(company: Company, teller: Person) -> None:
    open_today(company.k1, teller)
    now = timezone.now()
    secret = ticket_of(company.k1).secret
    assert queries.guest_reach(secret, now) == frozenset({company.k1.path})
    assert queries.guest_reach(secret, now + timedelta(days=1)) == frozenset(
        {company.k1.path}
    )  # the day was never closed
    open_today(company.k1, teller, "CLOSED")
    assert queries.guest_reach(secret, now) is None
    assert queries.guest_reach(secret, now + timedelta(days=1)) is None


@pytest.mark.django_db(transaction=True)
def test_one_secret_does_not_take_all_streams(company: Company) -> None:
    device, hub = board_of(company.k1), Hub(quiet)
    hub.listeners |= {Listener(frozenset(), GUEST + device.secret) for _one in range(MOST_GUEST_STREAMS)}
    assert ask("", hub, query=f"guest={device.secret}".encode())[0]["status"] == 429
