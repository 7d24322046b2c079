"""The line and the seats, as rules."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from guimian.apps.reception import rules
from guimian.apps.reception.rules import Waiting, plan_seats
from guimian.apps.reception.tests.rows import at
from guimian.base.policy.queries import book

FIGURES = book().policy(date(2026, 11, 23))
WAITING = st.builds(
    Waiting, st.integers(1, 10**6), st.integers(1, 3), st.sampled_from(rules.PRIORITIES), st.integers(0, 300).map(at)
)


@given(st.lists(WAITING, unique_by=lambda one: one.pk))
def test_nobody_is_overtaken_by_more_than_the_head_start(line: list[Waiting]) -> None:
    """Whoever is called before somebody who came earlier came at most their class's head start later."""
    called = rules.in_order(FIGURES, line)
    for place, one in enumerate(called):
        for later in called[place + 1 :]:
            assert one.issued_at - later.issued_at <= rules.head_start(FIGURES, one.priority)


@given(st.lists(WAITING, unique_by=lambda one: one.pk), st.sets(st.integers(1, 3)))
def test_the_next_is_the_first_of_the_skills(line: list[Waiting], skills: set[int]) -> None:
    found = rules.next_of(FIGURES, line, frozenset(skills))
    fitting = [one for one in rules.in_order(FIGURES, line) if one.skill in skills]
    assert found == (fitting[0] if fitting else None)


def test_comfort_is_due_after_twenty_minutes_to_the_second() -> None:
    assert not rules.wants_comfort(FIGURES, at(0), at(20))
    assert rules.wants_comfort(FIGURES, at(0), at(20) + timedelta(seconds=1))


VISITS = st.lists(
    st.tuples(st.sampled_from(["", "ANNA", "BEN"]), st.none() | st.integers(0, 500), st.integers(0, 80)), max_size=30
)


@given(VISITS)
def test_no_seat_serves_two_at_once(drawn: list[tuple[str, int | None, int]]) -> None:
    served = [(name, called, (called or 0) + long) for name, called, long in drawn]
    places = plan_seats(served)
    assert [place is None for place in places] == [called is None for _name, called, _ended in served]
    for one, (_name, called, ended) in enumerate(served):
        for other, (_who, start, end) in enumerate(served):
            if one < other and places[one] is not None and places[one] == places[other]:
                assert called is not None and start is not None
                assert ended <= start or end <= called


def test_a_server_keeps_a_seat_of_their_own() -> None:
    served = [("ANNA", 0, 10), ("BEN", 1, 5), ("", 6, 9), ("BEN", 7, 8), ("ANNA", 8, 12)]
    assert plan_seats(served) == [0, 1, 2, 1, 3]
