"""Promises of the home page: everybody of the line may open it, in both languages, and nobody from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import PEOPLE, Company
from guimian.apps.today.tests.rows import done, make_action, make_finding, make_proposal

WORDS = ("Today", "What to do now", "What happened today", "How it stands")
LONG_AGO = timezone.localdate() - timedelta(days=30)


def opened(client: Client, person: Person, code: str, language: str = "en") -> str:
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(f"/u/{code}/", headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(("role", "code"), [(person[0], person[5]) for person in PEOPLE])
def test_every_role_has_its_home(
    cast: Mapping[str, Person], client: Client, role: str, code: str, language: str
) -> None:
    page = opened(client, cast[role], code, language)
    assert f'lang="{"en" if language == "en" else "zh-Hans"}"' in page
    assert language != "en" or all(words in page for words in WORDS)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_counters_home_is_for_its_whole_line(cast: Mapping[str, Person], client: Client, language: str) -> None:
    for name, person in cast.items():
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        answer = client.get("/u/K1/", headers={"accept-language": language})
        assert answer.status_code == (404 if name == "outsider" else 200), name


def test_nobody_opens_it_without_signing_in(company: Company, client: Client) -> None:
    answer = client.get("/u/K1/")
    assert answer.status_code == 302 and "%2Fu%2FK1%2F" in answer["Location"]


def test_the_start_sends_home(teller: Person, client: Client) -> None:
    client.force_login(teller, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/").headers["Location"] == "/u/K1/"


def test_an_empty_day_teaches(teller: Person, client: Client) -> None:
    page = opened(client, teller, "K1")
    assert "Nothing waits for you here" in page and "Nothing has happened yet today" in page


def test_what_is_late_is_said_first(company: Company, teller: Person, supervisor: Person, client: Client) -> None:
    make_action(company.k1, teller, supervisor, "Clean the door", due=LONG_AGO)
    page = opened(client, teller, "K1")
    assert "1 thing is overdue" in page and "Clean the door" in page and "card-overdue" in page


def test_words_of_people_are_escaped(company: Company, teller: Person, supervisor: Person, client: Client) -> None:
    make_action(company.k1, teller, supervisor, "<script>alert(1)</script>", due=LONG_AGO)
    assert "<script>alert" not in opened(client, teller, "K1")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    ("role", "code", "child"),
    [
        ("manager", "S111", "K1"),
        ("city_officer", "C11", "S111"),
        ("province_officer", "P1", "C11"),
        ("hq_officer", "HQ", "P1"),
    ],
)
def test_units_below_are_a_table_with_links(
    company: Company, cast: Mapping[str, Person], client: Client, role: str, code: str, child: str, language: str
) -> None:
    make_finding(company.k1)
    page = opened(client, cast[role], code, language)
    assert f'href="/u/{child}/"' in page and "data-chart" in page


def test_each_figure_leads_to_its_rows(company: Company, manager: Person, teller: Person, client: Client) -> None:
    make_action(company.k1, teller, manager, due=LONG_AGO)
    page = opened(client, manager, "S111")
    for address in (
        "/u/K1/findings/all/?state=late",
        "/u/K1/findings/all/?state=OPEN",
        "/u/S111/findings/all/?state=late",
    ):
        assert f'href="{address}"' in page
        assert client.get(address).status_code == 200


def test_every_card_has_one_link_to_tap(company: Company, manager: Person, supervisor: Person, client: Client) -> None:
    make_action(company.k1, manager, supervisor)
    make_action(company.k1, supervisor, manager, **done(supervisor))
    make_finding(company.k2)
    make_proposal(company.s111, supervisor)
    page = opened(client, manager, "S111")
    links = re.findall(r'<footer><a class="btn[^"]*" href="([^"]*)"', page)
    assert len(links) >= 4 and {client.get(link).status_code for link in links} == {200}


def test_a_counters_home_has_no_table(company: Company, teller: Person, client: Client) -> None:
    assert 'id="units-below"' not in opened(client, teller, "K1")


def test_the_units_below_are_taken_to_excel(company: Company, manager: Person, client: Client) -> None:
    client.force_login(manager, backend="django.contrib.auth.backends.ModelBackend")
    sheet = load_workbook(BytesIO(client.get("/u/S111/", {"below-export": "xlsx"}).content)).active
    assert sheet is not None


def test_the_page_only_reads(teller: Person, client: Client) -> None:
    client.force_login(teller, backend="django.contrib.auth.backends.ModelBackend")
    assert client.post("/u/K1/").status_code == 405
