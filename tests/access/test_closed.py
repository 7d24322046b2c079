"""What the sign-in library has and the house does not want is not there."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import resolve

from guimian.apps.organisation.models import Person
from guimian.config.access import CLOSED, Declared, declared_routes
from tests.access.routes import signed_in

CLOSED_ROUTES = [route for route in declared_routes() if route.access is CLOSED]


def address(route: Declared) -> str:
    return re.sub(r"\(.*\)|[\^$]", lambda found: "1-x" if found[0].startswith("(") else "", route.pattern)


def test_signing_up_and_passwords_by_mail_are_among_it() -> None:
    named = {route.name for route in CLOSED_ROUTES}
    assert {"account_signup", "account_email", "account_reset_password", "account_set_password"} <= named


@pytest.mark.parametrize("route", CLOSED_ROUTES, ids=lambda route: route.name)
def test_what_is_called_closed_is_closed(route: Declared, city_officer: Person) -> None:
    assert resolve(address(route)).view_name == "accounts:closed"
    for client in (Client(), signed_in(city_officer)):
        assert [client.get(address(route)).status_code, client.post(address(route)).status_code] == [404, 404]


def test_the_way_to_a_forgotten_password_leads_to_the_manager(city_officer: Person) -> None:
    page = signed_in(city_officer).get("/accounts/password/change/").content.decode()
    assert "Your centre manager gives you a new one." in page
    assert "/password/reset/" not in page
