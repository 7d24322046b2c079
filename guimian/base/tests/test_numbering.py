"""Numbers: no gaps, no doubles, whoever asks at once."""

from __future__ import annotations

from threading import Barrier

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guimian.apps.organisation.models import Unit
from guimian.apps.organisation.tests.cast import Company, make_company
from guimian.base.models import Series
from guimian.base.numbering import issue
from guimian.base.tests.together import together

THREADS = 50


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_get_each_number_once() -> None:
    unit = make_company().k1

    def take(_number: int) -> int:
        with transaction.atomic():
            return issue(unit, "ticket", "2026-11-23")

    assert sorted(together(take)) == list(range(1, THREADS + 1))


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_no_gap() -> None:
    unit = make_company().k1

    def take(number: int) -> int:
        with transaction.atomic():
            got = issue(unit, "ticket")
            if number % 3 == 0:
                transaction.set_rollback(True)
        return 0 if number % 3 == 0 else got

    kept = [number for number in together(take) if number]
    assert sorted(kept) == list(range(1, len(kept) + 1))


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_numbers_double() -> None:
    """The negative control: read, then write, with nobody kept out in between."""
    unit = make_company().k1
    Series.objects.create(unit=unit, name="ticket", period="")
    barrier = Barrier(THREADS, timeout=60)

    def take(_number: int) -> int:
        last = Series.objects.get(unit=unit, name="ticket").last
        connection.close()
        barrier.wait()
        Series.objects.filter(unit=unit, name="ticket").update(last=last + 1)
        return last + 1

    assert len(set(together(take))) < THREADS


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_no_number_is_issued() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        issue(Unit(pk=1), "ticket")


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.lists(st.tuples(st.sampled_from(["k1", "k2"]), st.sampled_from("ab"), st.sampled_from(["", "2026"]))))
def test_each_unit_series_and_period_counts_for_itself(company: Company, asked: list[tuple[str, str, str]]) -> None:
    with transaction.atomic():
        seen: dict[tuple[str, str, str], int] = {}
        for unit, series, period in asked:
            seen[unit, series, period] = seen.get((unit, series, period), 0) + 1
            assert issue(company[unit], series, period) == seen[unit, series, period]
        transaction.set_rollback(True)
