"""Promises of duties and rounds through the API."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company
from guimian.apps.routines.models import DayDuty
from guimian.apps.routines.tests.rows import TODAY, at, duty_of, made_day
from guimian.base.api.tests.calling import Program, refused


@pytest.fixture
def made(company: Company, monkeypatch: pytest.MonkeyPatch) -> Company:
    made_day(company.k1, company.hq)
    monkeypatch.setattr(timezone, "now", lambda: at(8, 35))
    return company


def test_duties_and_rounds_of_a_day_are_listed(made: Company, manager: Person) -> None:
    program = Program(manager)
    duties = program.get("/units/S111/duties", day=str(TODAY), per_page=100).json()
    power = next(one for one in duties["items"] if one["code"] == "power")
    assert (power["unit"], power["state"], power["clause"], power["done_by"]) == ("K1", "DUE", "R1.4", "")
    assert datetime.fromisoformat(power["due_at"]) == at(8, 40)
    assert program.get("/units/K1/rounds", day=str(TODAY)).json()["total"] == 3
    assert program.get("/units/K1/duties", day=str(TODAY - timedelta(1))).json()["total"] == 0


def test_a_duty_is_done_once_under_its_key(made: Company, supervisor: Person) -> None:
    program, row = Program(supervisor), duty_of(made.k1, "power")
    path = f"/units/K1/duties/{row.pk}/done"
    first, again = (program.post(path, {}, key="one") for _time in (1, 2))
    assert first.status_code == again.status_code == 200 and first.json() == again.json()
    assert (first.json()["state"], first.json()["done_by"]) == ("DONE", supervisor.staff_number)
    assert refused(program.post(path, {}, key="two"), 422)["clause"] == "R1.4"
    refused(program.post(path, {}), 400)


def test_a_refusal_says_what_is_wanted_and_strangers_find_nothing(
    made: Company, teller: Person, outsider: Person, supervisor: Person
) -> None:
    row = duty_of(made.k1, "appearance")
    path = f"duties/{row.pk}/done"
    assert refused(Program(teller).post(f"/units/K1/{path}", {}, key="a"), 422)["wanted"]
    refused(Program(outsider).post(f"/units/K1/{path}", {}, key="a"), 404)
    refused(Program(outsider).post(f"/units/K9/{path}", {}, key="b"), 404)
    briefing = duty_of(made.k1, "briefing")
    noted = Program(supervisor).post(f"/units/K1/duties/{briefing.pk}/done", {"note": "Two papers."}, key="a")
    assert noted.json()["note"] == "Two papers."
    assert DayDuty.objects.filter(state="DONE").count() == 1
