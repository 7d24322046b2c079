"""The frame around every page: the way home, the line of units, the navigation, languages, errors, the style page."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.utils import override_settings

from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company, acting, make_person
from guimian.base.ui import units, views
from guimian.base.ui.nav import NavItem, nav_for, nearest


def signed_in(person: Person, language: str = "en") -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["language"] = language
    return client


def test_home_is_today_at_the_unit_of_ones_post(teller: Person) -> None:
    answer = signed_in(teller).get("/")
    assert answer.status_code == 302
    assert answer["Location"] == "/u/K1/"


def test_who_holds_no_post_is_told_what_to_do(company: Company) -> None:
    answer = signed_in(make_person("10000099", "无岗")).get("/")
    assert answer.status_code == 403
    assert "You hold no post today" in answer.content.decode()


def test_who_is_not_signed_in_is_sent_to_sign_in_and_back(company: Company) -> None:
    answer = Client().get("/u/K1/")
    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/login/?next=%2Fu%2FK1%2F"


def test_the_line_of_a_unit_links_only_what_one_may_open(manager: Person, company: Company) -> None:
    stops = units.line_of(acting(manager), company.k1, "")
    assert [stop.code for stop in stops] == ["HQ", "P1", "C11", "S111", "K1"]
    assert [bool(stop.url) for stop in stops] == [False, False, False, True, True]


def test_units_are_found_by_name_and_code_within_reach_only(manager: Person) -> None:
    found, more = units.found_units(acting(manager), "", "")
    assert [stop.code for stop in found] == ["S111", "K1", "K2"]
    assert not more
    assert [stop.code for stop in units.found_units(acting(manager), "解放", "")[0]] == ["K2"]
    assert units.found_units(acting(manager), "滨江", "")[0] == ()


def test_the_switcher_answers_with_a_part_to_htmx_and_a_page_to_others(manager: Person) -> None:
    client = signed_in(manager)
    part = client.get("/units/?q=K2", headers={"HX-Request": "true"}).content.decode()
    whole = client.get("/units/?q=K2").content.decode()
    assert "Liberation Road" in part
    assert "<html" not in part
    assert "<html" in whole


def test_the_navigation_shows_what_the_role_may_open(cast: Mapping[str, Person], company: Company) -> None:
    offered = [
        NavItem("Today", "today:home", "home", "today"),
        NavItem("Nowhere", "no:route", "home", "R1"),
        NavItem("Counters only", "today:home", "home", "R2", levels=frozenset({"COUNTER"})),
    ]
    at_counter = nav_for(acting(cast["teller"]), company.k1, "/u/K1/", offered)
    at_centre = nav_for(acting(cast["manager"]), company.s111, "/u/S111/", offered)
    assert [link.title for group in at_counter for link in group.links] == ["Today", "Counters only"]
    assert [link.title for group in at_centre for link in group.links] == ["Today"]
    assert nav_for(acting(cast["outsider"]), company.k1, "/u/K1/", offered) == ()


def test_the_longest_address_is_the_current_one() -> None:
    assert nearest("/u/K1/people/7/", ["/u/K1/", "/u/K1/people/"]) == "/u/K1/people/"
    assert nearest("/elsewhere/", ["/u/K1/"]) == ""


@pytest.mark.django_db
def test_the_language_is_one_click_away_and_stays() -> None:
    client = Client()
    chinese = client.get("/nowhere/").content.decode()
    client.post("/language/", {"language": "en", "next": "/nowhere/"})
    english = client.get("/nowhere/").content.decode()
    assert 'lang="zh-Hans"' in chinese
    assert 'lang="en"' in english


@pytest.mark.django_db
def test_a_language_never_sends_anybody_away() -> None:
    answer = Client().post("/language/", {"language": "en", "next": "https://evil.example/"})
    assert answer["Location"] == "/"


def test_other_units_and_missing_ones_look_the_same(outsider: Person) -> None:
    client = signed_in(outsider)
    theirs, missing = client.get("/u/K1/"), client.get("/u/NOWHERE/")
    assert theirs.status_code == missing.status_code == 404
    token = re.compile(rb'(csrf-token" content=|csrfmiddlewaretoken" value=)"\w+"')
    assert token.sub(b"", theirs.content) == token.sub(b"", missing.content).replace(b"NOWHERE", b"K1")


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_style_page_draws_every_component_and_only_in_the_demo(language: str) -> None:
    client = Client()
    client.cookies["language"] = language
    assert client.get("/style/").status_code == 404
    with override_settings(DEMO=True):
        answer = client.get("/style/")
    html = answer.content.decode()
    assert answer.status_code == 200
    for part in (
        "verdict-not_met",
        "timeline",
        "card-overdue",
        "ledger",
        "data-chart",
        "refusals",
        "masked",
        "empty-state",
        "tabs",
    ):
        assert part in html
    assert "&lt;span class=&quot;clause" not in html.split("<pre")[0]


def test_a_fault_is_told_without_asking_the_database() -> None:
    answer: HttpResponse = views.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "Something broke" in answer.content.decode()


@pytest.mark.django_db
def test_an_old_form_is_told_so() -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies["language"] = "en"
    answer = client.post("/language/", {"language": "en"})
    assert answer.status_code == 403
    assert "This form has grown old" in answer.content.decode()
