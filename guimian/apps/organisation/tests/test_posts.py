"""Giving and ending posts: where, from when to when, and by whom."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from guimian.apps.organisation import services
from guimian.apps.organisation.models import Person, Post
from guimian.apps.organisation.tests.cast import Company, acting
from guimian.base.access import Role

NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


TODAY = date(2026, 11, 23)


def test_nobody_gives_a_post_to_himself(company: Company, hq_officer: Person) -> None:
    with pytest.raises(services.UnableToGivePost) as refused:
        services.give_post(
            person=hq_officer, role=Role.TELLER, unit=company.k1, starts_on=TODAY, by=hq_officer, now=NOW
        )
    assert refused.value.clause == "R10.11"


def test_a_role_is_held_at_its_level(company: Company, teller: Person, hq_officer: Person) -> None:
    with pytest.raises(services.UnableToGivePost):
        services.give_post(
            person=teller, role=Role.SUPERVISOR, unit=company.c11, starts_on=TODAY, by=hq_officer, now=NOW
        )


def test_posts_of_one_kind_do_not_overlap(company: Company, teller: Person, manager: Person) -> None:
    def give(starts_on: date, ends_on: date | None = None) -> Post:
        return services.give_post(
            person=teller, role=Role.GUIDE, unit=company.k2, starts_on=starts_on, ends_on=ends_on, by=manager, now=NOW
        )

    give(TODAY, TODAY + timedelta(10))
    for days in ((9, None), (-5, 1), (2, 3), (-5, None)):
        with pytest.raises(services.UnableToGivePost):
            give(TODAY + timedelta(days[0]), TODAY + timedelta(days[1]) if days[1] else None)
    with pytest.raises(services.UnableToGivePost):
        give(TODAY + timedelta(30), TODAY + timedelta(30))
    assert give(TODAY + timedelta(10)).pk


def test_ending_a_post(company: Company, teller: Person, manager: Person, outsider: Person) -> None:
    post = teller.posts.get()
    with pytest.raises(services.UnableToEndPost):
        services.end_post(post=post, ends_on=TODAY - timedelta(1), by=manager, now=NOW)
    with pytest.raises(services.UnableToEndPost) as refused:
        services.end_post(post=post, ends_on=TODAY, by=outsider, now=NOW)
    assert refused.value.clause == "R10.11"
    services.end_post(post=post, ends_on=TODAY, reason="轮岗", by=manager, now=NOW)
    assert acting(teller).grants == ()
    with pytest.raises(services.UnableToEndPost):
        services.end_post(post=post, ends_on=TODAY, by=manager, now=NOW)
