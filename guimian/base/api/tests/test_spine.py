"""Promises of the spine's operations: figures, journal."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company
from guimian.base import journal
from guimian.base.api.tests.calling import Program, refused
from guimian.base.models import PolicyOverride
from guimian.base.policy.queries import book

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


# ---------------------------------------------------------------- policy
def figures(person: Person, day: str) -> dict[str, dict[str, object]]:
    answer = Program(person).get("/units/K1/policy", day=day, per_page=200)
    assert answer.status_code == 200, answer.content
    return {figure["key"]: figure for figure in answer.json()["items"]}


def test_every_figure_comes_with_its_clause(teller: Person) -> None:
    found = figures(teller, "2026-11-23")
    assert set(found) == set(book().policy(date(2026, 11, 23)))
    assert all(figure["clause"] and set(figure["title"]) == {"zh", "en"} for figure in found.values())  # type: ignore[call-overload]


def test_a_change_holds_from_its_day_and_names_its_unit(company: Company, teller: Person, manager: Person) -> None:
    figure = next(one for one in book().figures.values() if one.unit in {"person", "count"} and not one.locked)
    PolicyOverride.objects.create(
        unit=company.p1, key=figure.key, value=5, from_date=date(2026, 11, 23), reason="x", state="APPROVED",
        proposed_by=manager, proposed_at=NOW, decided_by=teller, decided_at=NOW,
    )  # fmt: skip
    before, after = (figures(teller, day)[figure.key] for day in ("2026-11-22", "2026-11-23"))
    assert (before["origin"], after["origin"]) == ("", "P1")
    assert (after["value"], after["since"]) == (5, "2026-11-23")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_ends_of_the_calendar_are_days(teller: Person, day: str) -> None:
    assert Program(teller).get("/units/K1/policy", day=day).status_code == 200


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "99999-01-01", "2026-11-23\x00"])
def test_what_is_no_day_is_refused(teller: Person, day: str) -> None:
    refused(Program(teller).get("/units/K1/policy", day=day), 422)


def test_another_units_figures_do_not_exist(outsider: Person) -> None:
    refused(Program(outsider).get("/units/K1/policy"), 404)


# ---------------------------------------------------------------- a change of a figure
def change(**members: object) -> dict[str, object]:
    figure = next(one for one in book().figures.values() if one.unit == "count" and not one.locked)
    day = timezone.localdate() + timedelta(days=3)
    return {"key": figure.key, "value": 3, "from_date": day.isoformat(), "reason": "A trial"} | members


def test_a_change_is_proposed_once_however_often_it_is_sent(company: Company, city_officer: Person) -> None:
    program = Program(city_officer)
    first, second = (program.post("/units/C11/policy/proposals", change(), "k-1") for _number in range(2))
    assert (first.status_code, first.content) == (201, second.content)
    assert second["Idempotency-Replayed"] == "true" and "Idempotency-Replayed" not in first
    row = PolicyOverride.objects.get()
    assert first.json()["id"] == row.pk and (row.proposed_by, row.state) == (city_officer, "PROPOSED")


def test_one_key_is_for_one_call(company: Company, city_officer: Person) -> None:
    program = Program(city_officer)
    program.post("/units/C11/policy/proposals", change(), "k-1")
    other = program.post("/units/C11/policy/proposals", change(reason="Another"), "k-1")
    assert refused(other, 422)["code"] == "KeyReused"
    assert refused(program.post("/units/C11/policy/proposals", change()), 400)["code"] == "KeyMissing"
    assert PolicyOverride.objects.count() == 1


def test_a_rules_refusal_cites_its_clause_and_is_kept(company: Company, city_officer: Person) -> None:
    program, today = Program(city_officer), timezone.localdate().isoformat()
    for _number in range(2):
        problem = refused(program.post("/units/C11/policy/proposals", change(from_date=today), "k-1"), 422)
        assert problem["code"] == "UnableToProposeOverride"
        assert problem["clause"] and problem["found"] == today and problem["wanted"] > today
    assert not PolicyOverride.objects.exists()


@pytest.mark.parametrize("value", ["NaN", "x", 1e400, -3, [], {}, True, "1e999999", 2.5])
def test_what_the_figure_cannot_be_is_refused(company: Company, city_officer: Person, value: object) -> None:
    refused(Program(city_officer).post("/units/C11/policy/proposals", change(value=value), "k-1"), 422)


def test_who_may_not_propose(company: Company, teller: Person, outsider: Person, city_officer: Person) -> None:
    refused(Program(teller).post("/units/K1/policy/proposals", change(), "k-1"), 403)
    refused(Program(outsider).post("/units/C11/policy/proposals", change(), "k-1"), 404)
    refused(Program(city_officer).post("/units/C11/policy/proposals", change(key="no.such"), "k-1"), 404)


def test_a_token_that_reads_does_not_write(company: Company, city_officer: Person) -> None:
    program = Program(city_officer, may_write=False)
    refused(program.post("/units/C11/policy/proposals", change(), "k-1"), 403)


def test_a_session_writes_with_the_csrf_token_only(company: Company, city_officer: Person) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(city_officer, backend="django.contrib.auth.backends.ModelBackend")
    path, headers = "/api/v1/units/C11/policy/proposals", {"idempotency-key": "k-1"}
    refused(client.post(path, change(), content_type="application/json", headers=headers), 403)
    token = client.get("/api/").context["csrf_token"]
    headers |= {"x-csrftoken": str(token)}
    assert client.post(path, change(), content_type="application/json", headers=headers).status_code == 201


# ---------------------------------------------------------------- journal
def told(company: Company, by: Person | None) -> None:
    with transaction.atomic():
        for code in ("K1", "K2", "K9"):
            journal.record(
                unit=company[code], by=by, event="calendar.day.opened", subject="x:1", now=NOW, after={"a": 1}
            )


def test_leaders_read_the_chain_of_their_units(company: Company, manager: Person, teller: Person) -> None:
    told(company, teller)
    found = Program(manager).get("/journal", unit="S111").json()["items"]
    opened = [entry for entry in found if entry["event"] == "calendar.day.opened"]
    assert [entry["unit"] for entry in opened] == ["K2", "K1"]
    assert opened[0]["by"] == teller.staff_number and opened[0]["previous"] == "0" * 64
    assert opened[0]["after"] == {"a": 1}


def test_the_system_has_no_staff_number(company: Company, manager: Person) -> None:
    told(company, None)
    assert Program(manager).get("/journal", unit="K2").json()["items"][0]["by"] == ""


def test_only_leaders_read_the_journal(company: Company, teller: Person, outsider: Person) -> None:
    told(company, teller)
    refused(Program(teller).get("/journal", unit="K1"), 403)
    refused(Program(outsider).get("/journal", unit="K1"), 404)
    refused(Program(outsider).get("/journal"), 422)
