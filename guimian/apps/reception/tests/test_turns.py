"""Turns are first come, first served; a failure gives its turn on; who holds the database already does not wait."""

from __future__ import annotations

import time
from threading import Event, Thread

import pytest
from django.db import connection, transaction

from guimian.apps.reception.services.turns import Turns, turn, turns


def test_in_the_order_of_coming() -> None:
    mine, order, threads = Turns(), [], []

    def work(number: int) -> None:
        with mine.mine():
            order.append(number)

    with mine.mine():
        for number in range(20):
            threads.append(Thread(target=work, args=(number,)))
            threads[-1].start()
            while len(mine.waiting) <= number:
                time.sleep(0.001)
        assert order == []  # nobody gets in while it is taken
    for thread in threads:
        thread.join(10)
    assert order == list(range(20)) and not mine.taken


def test_a_failure_gives_the_turn_on() -> None:
    mine = Turns()
    with pytest.raises(ValueError, match="no"), mine.mine():
        raise ValueError("no")
    assert not mine.taken


@pytest.mark.django_db(transaction=True)
def test_inside_a_transaction_nobody_waits() -> None:
    """Else somebody who holds the database would wait for somebody who waits for the database."""
    done = Event()

    def work() -> None:
        try:
            with transaction.atomic(), turn():
                done.set()
        finally:
            connection.close()

    with turns.mine():
        thread = Thread(target=work)
        thread.start()
        assert done.wait(10)
    thread.join(10)
