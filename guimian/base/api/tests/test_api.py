"""Promises of every operation: who may call, and that every refusal is a problem."""

from __future__ import annotations

import pytest
from django.test import Client

from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company
from guimian.base.api.tests.calling import Program, refused

READS = ("/units", "/units/K1", "/units/K1/people")


@pytest.mark.parametrize("path", READS)
def test_without_a_sign_in_nothing_is_answered(company: Company, client: Client, path: str) -> None:
    answer = client.get(f"/api/v1{path}")
    refused(answer, 401)
    assert answer["WWW-Authenticate"].startswith("Bearer")
    refused(client.get(f"/api/v1{path}", headers={"authorization": "Bearer gm_wrong"}), 401)
    refused(client.get(f"/api/v1{path}", headers={"authorization": "Bearer"}), 401)


def test_a_wrong_token_is_refused_even_beside_a_session(teller: Person, client: Client) -> None:
    client.force_login(teller)
    assert client.get("/api/v1/units").status_code == 200
    refused(client.get("/api/v1/units", headers={"authorization": "Bearer gm_wrong"}), 401)


@pytest.mark.parametrize("path", READS[1:])
def test_another_units_rows_do_not_exist(outsider: Person, path: str) -> None:
    refused(Program(outsider).get(path), 404)


def test_units_are_those_within_reach(teller: Person, manager: Person, city_officer: Person, outsider: Person) -> None:
    seen = {
        person.staff_number: [unit["code"] for unit in Program(person).get("/units").json()["items"]]
        for person in (teller, manager, city_officer, outsider)
    }
    assert list(seen.values()) == [["K1"], ["S111", "K1", "K2"], ["C11", "S111", "K1", "K2"], ["K9"]]


def test_people_come_without_personal_data(manager: Person, teller: Person) -> None:
    Person.objects.filter(pk=teller.pk).update(phone="13800000021", email="z@example.com")
    answer = Program(manager).get("/units/K1/people")
    people = {person["staff_number"]: person for person in answer.json()["items"]}
    post = {"role": "TELLER", "unit": "K1", "starts_on": "2021-01-04", "ends_on": None}
    assert people[teller.staff_number] == {
        "staff_number": "10000006", "name": "郑洁", "name_en": "Zheng Jie", "posts": [post],
    }  # fmt: skip
    assert b"1380" not in answer.content and b"example.com" not in answer.content


@pytest.mark.parametrize("page", [0, -1, 10**30, "x", "", "1.5", "NaN", "1e9"])
@pytest.mark.parametrize("name", ["page", "per_page"])
def test_a_page_out_of_bounds_is_refused_and_never_breaks(teller: Person, name: str, page: object) -> None:
    errors = refused(Program(teller).get("/units", **{name: page}), 422)["errors"]
    assert errors[0]["where"] == f"query.{name}"


def test_pages(hq_officer: Person) -> None:
    program = Program(hq_officer)
    first = program.get("/units", per_page=3).json()
    assert ([unit["code"] for unit in first["items"]], first["total"]) == (["HQ", "P1", "C11"], 10)
    assert [unit["code"] for unit in program.get("/units", per_page=3, page=4).json()["items"]] == ["K9"]
    assert program.get("/units", page=1_000_000).json() == {"items": [], "total": 10}


@pytest.mark.parametrize("code", ["k1", "K1%00", "..", "K" * 17, "人民路", "K1%27--"])
def test_what_cannot_be_a_code_is_refused(teller: Person, code: str) -> None:
    answer = Program(teller).get(f"/units/{code}")
    refused(answer, 422 if answer.status_code == 422 else 404)


@pytest.mark.parametrize("path", ["/api/v2/units", "/api/v1/", "/api/v1/units/", "/api/v1/nothing"])
def test_an_address_that_is_none_is_a_problem(client: Client, db: None, path: str) -> None:
    refused(client.get(path), 404)
    refused(client.post(path), 404)


def test_a_wrong_method_is_a_problem(teller: Person) -> None:
    program = Program(teller)
    answer = program.client.delete("/api/v1/units", headers=program.headers)
    refused(answer, 405)
    assert answer["Allow"] == "GET"


def test_answers_are_not_kept_by_caches(teller: Person) -> None:
    assert Program(teller).get("/units").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(("language", "words"), [("en", "within your reach"), ("zh-hans", "")])
def test_refusals_speak_the_callers_language(teller: Person, language: str, words: str) -> None:
    problem = refused(Program(teller, language=language).get("/units/K9"), 404)
    assert words in problem["title"]


def test_a_failure_shows_no_traces(teller: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: object) -> None:
        raise RuntimeError("secret-detail")

    monkeypatch.setattr("guimian.apps.organisation.queries.units_visible_to", fail)
    answer = Program(teller).get("/units")
    refused(answer, 500)
    assert b"secret-detail" not in answer.content and b"Traceback" not in answer.content
