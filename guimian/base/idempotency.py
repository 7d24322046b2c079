"""A mutating call under a key of the caller's choice is done once, however often it is sent.

The key's row is written in the transaction of the deed itself. Whoever comes second with the same key waits at the
database until the first has committed, then gets the first one's answer; when the first one failed, its row is gone
with it and the second one runs. Nothing is left half done, so nothing has to be cleaned up after a crash.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from guimian.base.models import IdempotencyKey
from guimian.base.personal import blind_index

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person

LONGEST_KEY = 120
KEPT_FOR = timedelta(days=7)


class KeyMissing(Exception):
    """The call came without a key, or with one that cannot be kept."""


class KeyReused(Exception):
    """The key stands for another call already."""


@dataclass(frozen=True)
class Answer:
    """What a call was answered: an HTTP status and a JSON text. `replayed`: from an earlier call under the same key."""

    status: int
    body: str
    replayed: bool = False


def fingerprint_of(method: str, path: str, body: bytes) -> str:
    """A keyed digest of the call: equal for the same call only, and not to be guessed from."""
    return blind_index(f"{method} {path} {hashlib.sha256(body).hexdigest()}", "idempotency")


def once(*, person: Person, key: str, fingerprint: str, now: datetime, deed: Callable[[], Answer]) -> Answer:
    """Do the deed and keep its answer, or give the answer that the person's key got before.

    Raises KeyMissing for an empty or unfit key, KeyReused when the key was used for another call. What the deed raises
    undoes it and the key with it.
    """
    if not key or len(key) > LONGEST_KEY or not key.isascii() or not key.isprintable():
        raise KeyMissing(_("Send a header Idempotency-Key of 1 to 120 printable ASCII characters."))
    with transaction.atomic():
        row = _claimed(person, key, fingerprint, now)
        if row is None:
            return _answered_before(person, key, fingerprint)
        answer = deed()
        row.status, row.body = answer.status, answer.body
        row.save(update_fields=["status", "body"])
    return answer


def _claimed(person: Person, key: str, fingerprint: str, now: datetime) -> IdempotencyKey | None:
    """The key's new row; None when it was there. Waits for whoever is writing the same key."""
    try:
        with transaction.atomic():
            return IdempotencyKey.objects.create(person=person, key=key, fingerprint=fingerprint, at=now)
    except IntegrityError:
        return None


def _answered_before(person: Person, key: str, fingerprint: str) -> Answer:
    row = IdempotencyKey.objects.get(person=person, key=key)
    if row.fingerprint != fingerprint or row.status is None:
        raise KeyReused(_("This Idempotency-Key was used for another call."))
    return replace(Answer(row.status, row.body), replayed=True)


def forget_keys(*, now: datetime) -> int:
    """Delete the answers older than KEPT_FOR; how many."""
    deleted, _by_model = IdempotencyKey.objects.filter(at__lt=now - KEPT_FOR).delete()
    return deleted
