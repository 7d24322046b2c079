"""Promises of idempotency: a call under a key is done once, also when it is sent many times at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier, Lock
from time import sleep

import pytest
from django.db import connection

from guimian.apps.organisation.models import Person
from guimian.base import idempotency
from guimian.base.idempotency import Answer, KeyMissing, KeyReused, fingerprint_of, once
from guimian.base.models import IdempotencyKey, JournalHead

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
CALL = "fingerprint"


class Deed:
    """Counts how often it is done."""

    def __init__(self, status: int = 201, slow: float = 0) -> None:
        self.done, self.status, self.slow, self.lock = 0, status, slow, Lock()

    def __call__(self) -> Answer:
        with self.lock:
            self.done += 1
            number = self.done
        sleep(self.slow)
        return Answer(self.status, f'{{"number": {number}, "phone": "13800000021"}}')


def call(person: Person, deed: Callable[[], Answer], key: str = "k-1", fingerprint: str = CALL) -> Answer:
    return once(person=person, key=key, fingerprint=fingerprint, now=NOW, deed=deed)


def test_the_same_call_is_done_once_and_answered_the_same(teller: Person) -> None:
    deed = Deed()
    first, second = call(teller, deed), call(teller, deed)
    assert deed.done == 1
    assert (first.status, first.body, first.replayed) == (201, second.body, False)
    assert (second.status, second.replayed) == (201, True)


def test_another_key_and_another_person_are_other_calls(teller: Person, cashier: Person) -> None:
    deed = Deed()
    call(teller, deed)
    call(teller, deed, key="k-2")
    call(cashier, deed)
    assert deed.done == 3


def test_a_key_stands_for_one_call_only(teller: Person) -> None:
    deed = Deed()
    call(teller, deed)
    with pytest.raises(KeyReused):
        call(teller, deed, fingerprint="another")
    assert deed.done == 1


@pytest.mark.parametrize("key", ["", "x" * 121, "键", "a\nb", "a\x00b"])
def test_a_key_must_be_there_and_fit(teller: Person, key: str) -> None:
    with pytest.raises(KeyMissing):
        call(teller, Deed(), key=key)


def test_a_deed_that_fails_leaves_no_key(teller: Person) -> None:
    def fail() -> Answer:
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError):
        call(teller, fail)
    assert not IdempotencyKey.objects.exists()
    assert call(teller, Deed()).replayed is False


def test_a_refusal_is_an_answer(teller: Person) -> None:
    call(teller, Deed(status=422))
    assert (call(teller, Deed()).status, call(teller, Deed()).replayed) == (422, True)


def test_stored_answers_are_encrypted(teller: Person) -> None:
    call(teller, Deed())
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM base_idempotencykey")
        stored = cursor.fetchone()[0]
    assert "13800000021" not in stored and "$" in stored


def test_a_fingerprint_is_of_method_path_and_body() -> None:
    marks = {
        fingerprint_of(*one)
        for one in (("POST", "/a", b"1"), ("PUT", "/a", b"1"), ("POST", "/b", b"1"), ("POST", "/a", b"2"))
    }
    assert len(marks) == 4 and fingerprint_of("POST", "/a", b"1") in marks


def test_answers_are_forgotten_after_a_week(teller: Person) -> None:
    call(teller, Deed())
    assert idempotency.forget_keys(now=NOW + idempotency.KEPT_FOR) == 0
    assert idempotency.forget_keys(now=NOW + idempotency.KEPT_FOR + timedelta(seconds=1)) == 1
    assert call(teller, Deed()).replayed is False


# ---------------------------------------------------------------- at the same moment
def at_once(count: int, work: Callable[[], Answer]) -> list[Answer]:
    """The answers of so many threads that start together, each with a connection of its own."""
    barrier = Barrier(count)

    def run(_number: int) -> Answer:
        try:
            barrier.wait(10)
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


@pytest.mark.django_db(transaction=True)
def test_the_same_call_from_many_at_once_is_done_once(teller: Person) -> None:
    deed = Deed(slow=0.05)
    answers = at_once(6, lambda: call(teller, deed))
    assert deed.done == 1
    assert len({answer.body for answer in answers}) == 1
    assert sorted(answer.replayed for answer in answers) == [False, True, True, True, True, True]


@pytest.mark.django_db(transaction=True)
def test_without_the_key_it_would_be_done_each_time(teller: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """The promise above can fail: take the claim away and every thread does the deed."""
    monkeypatch.setattr(idempotency, "_claimed", lambda *_args: IdempotencyKey(person=teller, key="", at=NOW))
    monkeypatch.setattr(IdempotencyKey, "save", lambda *_args, **_kwargs: None)
    deed = Deed(slow=0.05)
    at_once(4, lambda: call(teller, deed))
    assert deed.done == 4


@pytest.mark.django_db(transaction=True)
def test_when_the_first_fails_the_next_one_runs(teller: Person, company: object) -> None:
    tries: list[int] = []

    def fails_once() -> Answer:
        tries.append(1)
        number = len(tries)
        sleep(0.05)
        JournalHead.objects.get_or_create(unit_id=teller.posts.get().unit_id)
        if number == 1:
            raise RuntimeError("broken")
        return Answer(201, "{}")

    def attempt() -> Answer:
        try:
            return call(teller, fails_once)
        except RuntimeError:
            return Answer(500, "")

    answers = at_once(3, attempt)
    assert sorted(answer.status for answer in answers) == [201, 201, 500]
    assert len(tries) == 2
