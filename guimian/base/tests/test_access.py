"""The guard: what a post reaches, and what the three declarations let through."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from guimian.apps.organisation.models import Person, Unit
from guimian.apps.organisation.tests.cast import Company, acting, make_post
from guimian.base import access
from guimian.base.access import Actor, Grant, GuardedRequest, Role, actor_of

DAY = date(2026, 11, 23)
codes = st.lists(st.sampled_from(["P1", "P11", "C1", "C11", "K"]), max_size=4)
NOBODY: Any = None  # these grants are asked without their person


def path(parts: list[str]) -> str:
    return "/".join(["HQ", *parts]) + "/"


@given(post=codes, unit=codes)
def test_a_post_reaches_exactly_its_subtree(post: list[str], unit: list[str]) -> None:
    actor = Actor(NOBODY, (Grant(Role.TELLER, 1, path(post)),))
    below = unit[: len(post)] == post
    assert actor.sees(path(unit)) is below
    assert actor.roles_at(path(unit)) == (frozenset({Role.TELLER}) if below else frozenset())


@pytest.mark.parametrize("who", ["hq_officer", "province_officer", "manager", "teller", "outsider"])
def test_a_query_and_a_look_agree(company: Company, cast: Mapping[str, Person], who: str) -> None:
    actor = acting(cast[who])
    found = set(Unit.objects.filter(actor.within("")))
    assert found == {unit for unit in Unit.objects.all() if actor.sees(unit.path)}
    assert found


def test_roles_narrow_a_query(company: Company, teller: Person) -> None:
    make_post(teller, Role.SUPERVISOR, company.k2)
    actor = acting(teller)
    assert set(Unit.objects.filter(actor.within("", roles=access.MANAGERS))) == {company.k2}
    assert set(Unit.objects.filter(actor.within(""))) == {company.k1, company.k2}
    assert not Unit.objects.filter(actor.within("", roles=access.OFFICERS)).exists()


def test_somebody_without_a_post_reaches_nothing(company: Company, teller: Person) -> None:
    assert not Unit.objects.filter(Actor(teller).within("")).exists()
    teller.is_active = False
    assert actor_of(teller, DAY).grants == ()


@pytest.mark.parametrize(("day", "holds"), [(1, False), (2, True), (9, True), (10, False)])
def test_a_post_starts_included_and_ends_excluded(company: Company, guide: Person, day: int, holds: bool) -> None:
    make_post(guide, Role.TELLER, company.k2, date(2026, 11, 2), date(2026, 11, 10))
    assert actor_of(guide, date(2026, 11, day)).sees(company.k2.path) is holds


@access.page(roles=access.MANAGERS)
def page(request: GuardedRequest, unit: Unit) -> HttpResponse:
    assert request.unit == unit
    return HttpResponse(unit.code)


@access.personal
def own(request: GuardedRequest) -> HttpResponse:
    return HttpResponse("own")


@access.public(reason="Asks nothing.")
def anybody(request: HttpRequest) -> HttpResponse:
    return HttpResponse("anybody")


def asked(person: Person | None) -> HttpRequest:
    request = RequestFactory().get("/u/K1/x/?a=1")
    request.user = person or AnonymousUser()
    request.actor = acting(person) if person else Actor(NOBODY)  # type: ignore[attr-defined]  # the middleware's work
    return request


def test_a_page_is_for_its_roles_within_reach(company: Company, cast: Mapping[str, Person]) -> None:
    assert page(asked(cast["manager"]), unit="K1").content == b"K1"
    with pytest.raises(PermissionDenied):
        page(asked(cast["teller"]), unit="K1")
    for who, code in (("outsider", "K1"), ("supervisor", "K2"), ("supervisor", "S111"), ("manager", "NONE")):
        with pytest.raises(Http404):
            page(asked(cast[who]), unit=code)


def test_whoever_is_not_signed_in_is_sent_to_sign_in_and_back(company: Company) -> None:
    for response in (page(asked(None), unit="K1"), own(asked(None))):
        assert response.status_code == 302
        assert response.headers["Location"].endswith("?next=%2Fu%2FK1%2Fx%2F%3Fa%3D1")
    assert anybody(asked(None)).content == b"anybody"


def test_ones_own_pages_are_for_everybody(company: Company, teller: Person) -> None:
    assert own(asked(teller)).content == b"own"


def test_each_declaration_leaves_its_mark() -> None:
    marks = [view.access for view in (page, own, anybody)]  # type: ignore[attr-defined]  # what `declare` put there
    assert [mark.kind for mark in marks] == ["page", "personal", "public"]
    assert marks[0].roles == access.MANAGERS
    assert marks[2].reason == "Asks nothing."
