"""The journal: append-only, one hash chain per unit, its heads sealed at each close.

Each entry's digest covers the entry and the digest before it, so that a change breaks every later link. A cut tail or a
chain written anew from some row on is only seen against a head that is kept apart: the daily close seals the head and
prints it. Sources: the spine of the house; R5.3 (nothing after the close), R10.11 (logs that the application cannot delete).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.utils.translation import gettext as _

from guimian.base.access import unit_model
from guimian.base.models import JournalEntry, JournalHead, JournalSeal
from guimian.base.models.journal import GENESIS
from guimian.base.personal import without_personal

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit

Facts = dict[str, Any]


@dataclass(frozen=True)
class Break:
    """Where a chain does not hold: the unit's code, the number of the first broken row, and in words why."""

    unit: str
    seq: int
    why: str


def plain(facts: Facts | None) -> Facts | None:
    """Facts as JSON holds them (days, times and money as text), so that what is hashed is what is read back.

    Telephone and identity numbers are masked, wherever they stand (R10.7).
    """
    if facts is None:
        return None
    decoded: Facts = _masked(json.loads(json.dumps(facts, cls=DjangoJSONEncoder)))
    return decoded


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return without_personal(value)
    if isinstance(value, list):
        return [_masked(one) for one in value]
    if isinstance(value, dict):
        return {key: _masked(one) for key, one in value.items()}
    return value


def digest_of(entry: JournalEntry) -> str:
    """SHA-256, in hex, over the entry's fields in a fixed order and the digest before it."""
    content = [
        entry.unit_id,
        entry.seq,
        entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        entry.by_id,
        entry.event,
        entry.subject,
        entry.before,
        entry.after,
        entry.reason,
        entry.previous,
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def subject_of(row: models.Model) -> str:
    """How an entry names the row it is about: `calendar.businessday:12`."""
    return f"{row._meta.label_lower}:{row.pk}"


def locked_head(unit: Unit) -> JournalHead:
    """The head of the unit's chain, locked until the transaction ends: one writer at a time."""
    heads = JournalHead.objects.select_for_update().filter(unit=unit)
    head = heads.first()
    if head is None:
        JournalHead.objects.get_or_create(unit=unit)
        head = heads.get()
    return head


def record(
    *,
    unit: Unit,
    by: Person | None,
    event: str,
    subject: models.Model | str,
    now: datetime,
    before: Facts | None = None,
    after: Facts | None = None,
    reason: str = "",
) -> JournalEntry:
    """Append one entry to the unit's chain, in the transaction of the deed it tells of.

    `event` is dotted past tense (`calendar.day.opened`); `by` is None for the system. Personal data is never put into
    `before` or `after`: name the field, not its content.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("A deed and its journal entry share one transaction.")
    head = locked_head(unit)
    entry = JournalEntry(
        unit=unit,
        seq=head.seq + 1,
        at=now,
        by=by,
        event=event,
        subject=subject if isinstance(subject, str) else subject_of(subject),
        before=plain(before),
        after=plain(after),
        reason=without_personal(reason),
        previous=head.digest,
    )
    entry.digest = digest_of(entry)
    entry.save(force_insert=True)
    JournalHead.objects.filter(pk=unit.pk).update(seq=entry.seq, digest=entry.digest)
    return entry


def seal(*, unit: Unit, day: date, by: Person | None, now: datetime) -> JournalSeal:
    """Seal the chain's head as it stands: the digest that the close list prints."""
    head = locked_head(unit)
    return JournalSeal.objects.create(unit=unit, day=day, seq=head.seq, digest=head.digest, sealed_at=now, by=by)


def verify(units: Iterable[Unit] | None = None) -> list[Break]:
    """Walk the chains and name the first broken row of each unit whose chain does not hold."""
    chosen = unit_model().objects.order_by("path") if units is None else units
    return [found for unit in chosen if (found := first_break(unit)) is not None]


def first_break(unit: Unit) -> Break | None:
    """The first place where the unit's chain, its head and its seals disagree; None when all agree."""
    seals = {seal.seq: seal.digest for seal in JournalSeal.objects.filter(unit=unit)}
    seq, digest = 0, GENESIS
    for entry in _chain(unit):
        why = _why_broken(entry, seq, digest, seals)
        if why:
            return Break(unit.code, min(entry.seq, seq + 1), why)
        seq, digest = entry.seq, entry.digest
    beyond = sorted(number for number in seals if number > seq)
    if beyond:
        return Break(unit.code, seq + 1, _("Rows up to %(seq)s were sealed and are gone.") % {"seq": beyond[-1]})
    head = JournalHead.objects.filter(unit=unit).first() or JournalHead(unit=unit)
    if (head.seq, head.digest) != (seq, digest):
        why = _("The head counts %(head)s rows, the chain has %(rows)s.") % {"head": head.seq, "rows": seq}
        return Break(unit.code, seq + 1, why)
    return None


def holds_digest(digest: str, units: Iterable[Unit]) -> bool:
    """Whether a row of these units has the digest that was printed: what no rewrite of the database can forge."""
    return JournalEntry.objects.filter(unit__in=units, digest=digest.strip().lower()).exists()


def _chain(unit: Unit) -> Iterator[JournalEntry]:
    return JournalEntry.objects.filter(unit=unit).order_by("seq").iterator(chunk_size=2000)


def _why_broken(entry: JournalEntry, seq: int, digest: str, seals: dict[int, str]) -> str:
    if entry.seq != seq + 1:
        return _("Row %(seq)s is missing.") % {"seq": seq + 1}
    if entry.previous != digest:
        return _("The row does not follow the one before it.")
    if digest_of(entry) != entry.digest:
        return _("The row was changed after it was written.")
    if seals.get(entry.seq, entry.digest) != entry.digest:
        return _("The row is not the one that was sealed.")
    return ""
