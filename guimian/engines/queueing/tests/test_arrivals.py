"""The drawn day: the same from the same seed, as busy as it should be, within its doors."""

from __future__ import annotations

import statistics
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from guimian.engines.queueing import Demand, customers

DAY = Demand(80, 9 * 3600, 17 * 3600, {"A": (3, 10.0), "B": (1, 5.0)})


def test_the_same_seed_gives_the_same_day() -> None:
    assert customers("x", DAY) == customers("x", DAY) != customers("y", DAY)


def test_as_many_come_as_are_expected_and_stay_as_long() -> None:
    """Over 300 days the mean count lies within four standard errors, and the mean service within 5 %."""
    days = [customers(f"{n}", DAY) for n in range(300)]
    counts = [len(day) for day in days]
    assert abs(statistics.fmean(counts) - 80) < 4 * (80 / 300) ** 0.5
    served = [one.service for day in days for one in day if one.kind == "A"]
    assert abs(statistics.fmean(served) / 600 - 1) < 0.05


def test_mornings_are_busier_than_noon() -> None:
    came = [one.arrived // 3600 for n in range(50) for one in customers(f"{n}", DAY)]
    assert came.count(10) > 2 * came.count(12)


@given(st.integers(0, 10**6), st.integers(0, 200))
def test_nobody_comes_before_the_doors_open_or_after(seed: int, expected: int) -> None:
    found = customers(str(seed), replace(DAY, expected=expected, opens=8 * 3600 + 1800, closes=8 * 3600 + 2700))
    assert all(8 * 3600 + 1800 <= one.arrived < 8 * 3600 + 2700 for one in found)
    assert list(found) == sorted(found, key=lambda one: one.arrived)


def test_a_day_without_doors_has_nobody() -> None:
    assert customers("x", replace(DAY, closes=DAY.opens)) == ()
