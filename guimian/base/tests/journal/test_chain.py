"""The chain: whatever is recorded verifies; whatever is forged is found against a sealed head."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from unittest.mock import patch

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guimian.apps.organisation.models import Person, Unit
from guimian.apps.organisation.tests.cast import Company, make_company
from guimian.base import journal
from guimian.base.journal import chain
from guimian.base.models import JournalEntry, JournalHead, JournalSeal
from guimian.base.tests.journal import tampering
from guimian.base.tests.together import together

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
ROWS = 6
examples = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)
plain = st.none() | st.booleans() | st.integers(-(10**12), 10**12) | texts
values = plain | st.dates() | st.decimals(allow_nan=False, allow_infinity=False, places=2) | st.lists(plain, max_size=3)
facts = st.none() | st.dictionaries(texts, values | st.dictionaries(texts, plain, max_size=2), max_size=4)
moments = st.datetimes(datetime(2021, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # bounds are naive
records = st.lists(st.tuples(st.sampled_from(["k1", "k2", "hq"]), moments, facts, facts, texts), max_size=8)


@contextmanager
def undone() -> Iterator[None]:
    """What happens here is rolled back: one example of many."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def record(unit: Unit, count: int = ROWS, by: Person | None = None) -> None:
    for number in range(1, count + 1):
        with transaction.atomic():
            journal.record(
                unit=unit,
                by=by,
                event="test.thing.done",
                subject=f"thing:{number}",
                now=NOW + timedelta(minutes=number),
                after={"number": number},
            )


def sealed(unit: Unit) -> JournalSeal:
    with transaction.atomic():
        return journal.seal(unit=unit, day=date(2026, 11, 23), by=None, now=NOW)


@examples
@given(records=records)
def test_any_sequence_of_records_verifies(company: Company, records: list[tuple[Any, ...]]) -> None:
    with undone():
        for code, now, before, after, reason in records:
            journal.record(
                unit=company[code],
                by=None,
                event="test.thing.done",
                subject="thing:1",
                now=now,
                before=before,
                after=after,
                reason=reason,
            )
        for code in ("k1", "k2", "hq"):
            journal.seal(unit=company[code], day=date(2026, 11, 23), by=None, now=NOW)
        assert journal.verify() == []
        assert JournalEntry.objects.count() == len(records)


def test_facts_are_kept_as_they_are_read_back(company: Company) -> None:
    given = {"day": date(2026, 1, 2), "sum": Decimal("12.50"), "at": time(8, 30), "roles": ("A", "B")}
    with transaction.atomic():
        entry = journal.record(unit=company.k1, by=None, event="e", subject=company.k1, now=NOW, after=given)
    kept = JournalEntry.objects.get()
    assert kept.after == entry.after == {"day": "2026-01-02", "sum": "12.50", "at": "08:30:00", "roles": ["A", "B"]}
    assert kept.subject == f"organisation.unit:{company.k1.pk}"


def test_a_deed_and_its_entry_share_one_transaction(company: Company) -> None:
    with undone():
        record(company.k1)
        assert JournalEntry.objects.exists()
    assert not JournalEntry.objects.exists()
    assert journal.verify() == []


@pytest.mark.django_db(transaction=True)
def test_recording_outside_a_transaction_is_refused(company: Company) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        journal.record(unit=company.k1, by=None, event="e", subject="thing:1", now=NOW)


@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_keep_one_chain() -> None:
    unit = make_company().k1
    together(lambda number: record(unit, 2))
    assert JournalEntry.objects.filter(unit=unit).count() == 100
    assert journal.verify() == []


def test_each_unit_has_its_own_chain(company: Company) -> None:
    record(company.k1)
    record(company.k2)
    with tampering.lifted_triggers():
        tampering.rewrite(company.k2, 3)
    assert [one.unit for one in journal.verify()] == ["K2"]


Forgery = Callable[[Unit, int], None]
FORGERIES: dict[str, Forgery] = {
    "cut_tail": tampering.cut_tail,
    "rewrite": tampering.rewrite,
    "rechain": tampering.rechain,
    "swap": tampering.swap,
    "take_out": tampering.take_out,
}
#: Found by the links alone; the others need a head that was sealed.
BREAKS_A_LINK = ("rewrite", "swap", "take_out")


@examples
@given(forgery=st.sampled_from(sorted(FORGERIES)), seq=st.integers(2, ROWS), later=st.integers(0, 2))
def test_every_forgery_is_found_against_a_sealed_head(company: Company, forgery: str, seq: int, later: int) -> None:
    with undone():
        record(company.k1)
        sealed(company.k1)
        record(company.k1, later)
        with tampering.lifted_triggers():
            FORGERIES[forgery](company.k1, seq)
        (found,) = journal.verify()
        assert found.unit == "K1"
        assert found.seq <= ROWS + 1


@pytest.mark.parametrize(("forgery", "first"), [("rewrite", 3), ("swap", 2), ("take_out", 3), ("cut_tail", 3)])
def test_the_first_broken_row_is_named(company: Company, forgery: str, first: int) -> None:
    record(company.k1)
    sealed(company.k1)
    with tampering.lifted_triggers():
        FORGERIES[forgery](company.k1, 3)
    (found,) = journal.verify()
    assert found.seq == first


@pytest.mark.parametrize("forgery", ["rechain", "cut_tail"])
def test_without_a_seal_a_whole_forgery_is_not_found(company: Company, forgery: str) -> None:
    """The negative control: it is the seal that finds it, not the links."""
    record(company.k1)
    seal = sealed(company.k1)
    with tampering.lifted_triggers():
        FORGERIES[forgery](company.k1, 3)
        assert len(journal.verify()) == 1
        JournalSeal.objects.all().delete()
        assert journal.verify() == []
    assert not chain.holds_digest(seal.digest, [company.k1])


@pytest.mark.parametrize("forgery", BREAKS_A_LINK)
def test_without_a_seal_a_broken_link_is_found(company: Company, forgery: str) -> None:
    record(company.k1)
    with tampering.lifted_triggers():
        FORGERIES[forgery](company.k1, 3)
    assert len(journal.verify()) == 1


def test_a_verifier_that_does_not_reckon_digests_would_miss_a_rewrite(company: Company) -> None:
    record(company.k1)
    with tampering.lifted_triggers():
        tampering.rewrite(company.k1, 3)
    with patch.object(chain, "digest_of", lambda entry: entry.digest):
        assert journal.verify() == []


def test_a_head_that_is_gone_is_found(company: Company) -> None:
    record(company.k1)
    JournalHead.objects.all().delete()
    assert len(journal.verify()) == 1


def test_the_command_names_the_first_broken_row(company: Company, capsys: pytest.CaptureFixture[str]) -> None:
    record(company.k1)
    seal = sealed(company.k1)
    call_command("verify_journal")
    call_command("verify_journal", unit="K1", printed=seal.digest)
    assert capsys.readouterr().out.count("\n") == 2
    with tampering.lifted_triggers():
        tampering.rewrite(company.k1, 4)
    with pytest.raises(CommandError, match=r"K1.*4") as refused:
        call_command("verify_journal")
    assert refused.value.returncode == 1
    call_command("verify_journal", unit="K2")
    with pytest.raises(CommandError) as unknown:
        call_command("verify_journal", unit="K7")
    assert unknown.value.returncode == 2


def test_a_printed_digest_outlives_forged_seals(company: Company) -> None:
    """Whoever rewrites the rows and the seals still has the printed list against him."""
    record(company.k1)
    printed = sealed(company.k1).digest
    with tampering.lifted_triggers():
        tampering.rechain(company.k1, 3)
        JournalSeal.objects.all().delete()
        sealed(company.k1)
    call_command("verify_journal", unit="K1")
    with pytest.raises(CommandError) as refused:
        call_command("verify_journal", unit="K1", printed=printed)
    assert refused.value.returncode == 1
