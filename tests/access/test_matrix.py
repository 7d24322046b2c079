"""Every route × every role × {own unit, a unit below, a sister unit, a unit above}, held against the declarations.

A role stands at the centre S111. Out of reach is 404, in reach without the role 403; else the guard lets it pass, whatever the
page then says. A spy on the guard tells the guard's 404 from a page's own.
"""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.test import Client

from guimian.apps.organisation.models import Unit
from guimian.apps.organisation.tests.cast import Company, make_person
from guimian.base import access
from guimian.base.access import Actor, Role
from guimian.base.models import JournalEntry
from tests.access.planted import Planted, arguments, plant
from tests.access.routes import Route, signed_in, unit_routes

ROUTES = unit_routes()
POSITIONS = {"own": "S111", "below": "K1", "sister": "S211", "above": "C11"}
IN_REACH = {"own", "below"}


class Guard:
    """What the guard answered last: passed, 403, 404, or nothing when it was not asked."""

    said: str = ""


@pytest.fixture
def guard(monkeypatch: pytest.MonkeyPatch) -> Guard:
    spy, real = Guard(), access.unit_within_reach

    def watched(actor: Actor, code: str, roles: frozenset[Role]) -> Unit:
        try:
            unit = real(actor, code, roles)
        except Http404:
            spy.said = "404"
            raise
        except PermissionDenied:
            spy.said = "403"
            raise
        spy.said = "passed"
        return unit

    monkeypatch.setattr(access, "unit_within_reach", watched)
    return spy


def expected(route: Route, role: Role, position: str) -> str:
    if position not in IN_REACH:
        return "404"
    return "passed" if role in route.access.roles else "403"


def asked(client: Client, url: str, guard: Guard) -> tuple[str, int]:
    """What the guard said to a GET, or to a POST where the page takes no other; nothing that it does stays."""
    guard.said = ""
    with transaction.atomic():
        answer = client.get(url)
        if answer.status_code == 405:
            answer = client.post(url)
        transaction.set_rollback(True)
    return guard.said, answer.status_code


def wrong_answers(route: Route, company: Company, planted: dict[str, Planted], guard: Guard) -> list[str]:
    wrong = []
    for number, role in enumerate(Role):
        client = signed_in(make_person(f"900000{number:02}", f"{role}", role, company.s111))
        for position, code in POSITIONS.items():
            said, status = asked(client, route.url(code, arguments(route, planted[code])), guard)
            wanted = expected(route, role, position)
            if said != wanted or (wanted != "passed" and status != int(wanted)) or status >= 500:
                wrong.append(f"{role} at {position}: guard {said or 'not asked'}, status {status}, wanted {wanted}")
    return wrong


@pytest.fixture
def planted(company: Company) -> dict[str, Planted]:
    return {code: plant(company[code], f"OWN{code}") for code in POSITIONS.values()}


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_the_route_answers_as_declared(
    route: Route, company: Company, planted: dict[str, Planted], guard: Guard
) -> None:
    assert wrong_answers(route, company, planted, guard) == []


@pytest.mark.parametrize("route", [route for route in ROUTES if route.takes], ids=lambda route: route.name)
def test_another_units_row_is_not_found_under_ones_own_unit(
    route: Route, company: Company, planted: dict[str, Planted], guard: Guard
) -> None:
    """A page of a row takes the unit and the row; a row of the sister under one's own unit must be 404 to everybody."""
    theirs = arguments(route, planted["S211"])
    if theirs == arguments(route, planted["S111"]):
        pytest.skip("the argument names nothing that belongs to one unit")
    for number, role in enumerate(Role):
        if role in route.access.roles:
            client = signed_in(make_person(f"900000{number:02}", f"{role}", role, company.s111))
            assert asked(client, route.url("S111", theirs), guard) == ("passed", 404), role


def test_there_are_routes_of_every_part() -> None:
    spaces = {route.name.split(":")[0] for route in ROUTES}
    assert {"today", "organisation", "calendar", "reception", "findings", "policy", "journal"} <= spaces


def test_a_guard_that_does_not_look_at_the_reach_is_seen(
    company: Company, planted: dict[str, Planted], guard: Guard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The seeded leak: everybody reaches everything."""
    monkeypatch.setattr(access.Actor, "within", lambda self, unit="unit", roles=(): Q())
    monkeypatch.setattr(access.Actor, "roles_at", lambda self, path: frozenset(grant.role for grant in self.grants))
    home = next(route for route in ROUTES if route.name == "today:home")
    wrong = wrong_answers(home, company, planted, guard)
    assert len([line for line in wrong if "sister" in line]) == len(Role)


def test_a_route_that_admits_a_role_too_many_is_seen(
    company: Company, planted: dict[str, Planted], guard: Guard, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The seeded mistake: a guard that forgets the roles."""
    narrow = next(route for route in ROUTES if Role.GUIDE not in route.access.roles)
    real = access.unit_within_reach
    monkeypatch.setattr(access, "unit_within_reach", lambda actor, code, roles: real(actor, code, frozenset(Role)))
    assert any(line.startswith(Role.GUIDE) for line in wrong_answers(narrow, company, planted, guard))


@pytest.mark.django_db
def test_nobody_without_a_sign_in_gets_anywhere(company: Company, planted: dict[str, Planted]) -> None:
    for route in ROUTES:
        answer = Client().get(route.url("K1", arguments(route, planted["K1"])))
        assert answer.status_code in {302, 405}, route.name
        if answer.status_code == 302:
            assert answer["Location"].startswith("/accounts/login/"), route.name


def test_asking_changes_nothing(company: Company, planted: dict[str, Planted], guard: Guard) -> None:
    """GETs of every page write no journal row."""
    before = JournalEntry.objects.count()
    client = signed_in(make_person("90000000", "总", Role.HQ_OFFICER, company.hq))
    for route in ROUTES:
        client.get(route.url("K1", arguments(route, planted["K1"])))
    assert JournalEntry.objects.count() == before
