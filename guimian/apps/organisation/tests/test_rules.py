"""What the rules say about units, windows, staff and posts."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guimian.apps.organisation import rules
from guimian.apps.organisation.models import Unit
from guimian.base.access import Role
from guimian.base.policy import book
from guimian.engines.policy import Change, Outcome, Policy

DAY = date(2026, 11, 23)
PLACES = st.sampled_from(Unit.Place.values)
SIZES = st.sampled_from(Unit.Size.values)


def figures(*changes: Change) -> Policy:
    return book().policy(DAY, "HQ/P1/", changes)


def test_the_ladder_is_the_models_ladder() -> None:
    assert list(rules.LADDER) == Unit.Level.values
    assert rules.level_below("HQ") == "PROVINCE"
    assert rules.level_below("CENTRE") == "COUNTER"
    assert rules.level_below("COUNTER") is None


def test_every_role_has_its_levels_and_every_giver_a_figure() -> None:
    assert set(rules.LEVELS_OF) == set(Role.values)
    for giver in rules.GIVERS:
        given_roles = figures()[f"organisation.given_by_{giver.lower()}"]
        assert isinstance(given_roles, tuple)
        assert set(given_roles) <= set(Role.values)


@given(place=PLACES, size=SIZES)
def test_inner_kinds_and_only_they_are_of_the_inner_class(place: str, size: str) -> None:
    verdict = rules.judge_kind(figures(), place=place, size=size)
    assert verdict.met == (place.endswith("INNER") == (size == "INNER"))
    assert verdict.clause == "F2.1"


@pytest.mark.parametrize(
    ("size", "most"), [("FLAGSHIP", 25), ("LARGE", 15), ("MEDIUM", 12), ("SMALL", 10), ("INNER", 6)]
)
def test_windows_at_most(size: str, most: int) -> None:
    """F8.2: 25 · 15 · 12 · 10 · 6."""
    assert rules.judge_windows(figures(), size=size, windows=most).met
    verdict = rules.judge_windows(figures(), size=size, windows=most + 1)
    assert (verdict.outcome, verdict.clause, verdict.limit) == (Outcome.NOT_MET, "F8.2", most)
    assert rules.judge_windows(figures(), size=size, windows=None).outcome is Outcome.NOT_KNOWN


@pytest.mark.parametrize(("place", "least"), [("URBAN", 4), ("COUNTY", 4), ("URBAN_INNER", 1), ("TOWNSHIP_INNER", 1)])
def test_staff_at_least(place: str, least: int) -> None:
    """F2.8: 4 · 4 · 1 · 1."""
    assert rules.judge_staff(figures(), place=place, staff=least).met
    assert not rules.judge_staff(figures(), place=place, staff=least - 1).met


def test_a_province_that_wants_fewer_windows_is_judged_by_its_own_figure() -> None:
    fewer = Change("HQ/P1/", "organisation.windows_small", date(2026, 1, 1), 8)
    assert not rules.judge_windows(figures(fewer), size="SMALL", windows=9).met
    assert rules.judge_windows(figures(), size="SMALL", windows=9).met


@given(size=SIZES)
def test_no_cashiers_window_at_an_inner_counter(size: str) -> None:
    assert rules.judge_cashier_window(figures(), size=size, is_cashier=False).met
    assert rules.judge_cashier_window(figures(), size=size, is_cashier=True).met == (size != "INNER")


@pytest.mark.parametrize(
    ("level", "place", "roles", "outcome"),
    [
        ("COUNTER", "URBAN", ["HQ_OFFICER"], Outcome.MET),
        ("COUNTER", "COUNTY", ["PROVINCE_OFFICER"], Outcome.NOT_MET),
        ("COUNTER", "URBAN_INNER", ["PROVINCE_OFFICER"], Outcome.NOT_APPLICABLE),
        ("CENTRE", "", ["CITY_OFFICER"], Outcome.NOT_APPLICABLE),
    ],
)
def test_headquarters_opens_counters(level: str, place: str, roles: list[str], outcome: Outcome) -> None:
    """F4.1."""
    assert rules.judge_opening(figures(), level=level, place=place, roles=roles).outcome is outcome


@given(role=st.sampled_from(Role.values), givers=st.sets(st.sampled_from(Role.values)))
def test_nobody_gives_a_post_to_himself(role: str, givers: set[str]) -> None:
    assert not rules.judge_giving(figures(), role=role, giver_roles=givers, to_oneself=True).met


@given(role=st.sampled_from(Role.values), givers=st.sets(st.sampled_from(Role.values)))
def test_posts_are_given_from_above(role: str, givers: set[str]) -> None:
    """Whoever may give a role to others holds one that stands higher, headquarters excepted."""
    if rules.judge_giving(figures(), role=role, giver_roles=givers, to_oneself=False).met and role != "HQ_OFFICER":
        rank = {name: place for place, name in enumerate(rules.GIVERS)}
        assert min(rank[giver] for giver in givers if giver in rank) < rank.get(role, len(rank))


@pytest.mark.parametrize(
    ("text", "holds"),
    [("13800000000", True), ("02512345678", True), ("025-12345678", True), ("1380000", False), ("", False)],
)
def test_telephones(text: str, holds: bool) -> None:
    assert rules.is_phone(text) is holds


def test_identity_numbers_have_their_check_digit() -> None:
    sound = [f"11010119000101001{digit}" for digit in "0123456789X" if rules.is_identity(f"11010119000101001{digit}")]
    assert len(sound) == 1
