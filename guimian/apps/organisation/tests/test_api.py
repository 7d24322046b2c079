"""Windows and skills for programs: within reach only, and in a number of queries that does not grow."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guimian.apps.organisation.models import Person, PersonSkill, Skill, Window
from guimian.apps.organisation.tests.cast import Company, make_person
from guimian.base.access import Role
from guimian.base.api.tests.calling import Program, refused


@pytest.fixture
def claims(db: None) -> Skill:
    return Skill.objects.create(code="CLAIM", name="理赔", name_en="Claims")


def test_windows_with_what_they_serve(company: Company, teller: Person, claims: Skill) -> None:
    Window.objects.create(unit=company.k1, number=2, closed_on=date(2026, 1, 5))
    Window.objects.create(unit=company.k1, number=1, name="综合窗口", is_priority=True).skills.add(claims)
    answer = Program(teller).get("/units/K1/windows").json()
    assert answer["total"] == 2
    assert answer["items"][0] == {
        "number": 1, "name": "综合窗口", "skills": ["CLAIM"], "is_cashier": False, "is_priority": True, "closed_on": None,
    }  # fmt: skip
    assert answer["items"][1]["closed_on"] == "2026-01-05"


def test_skills_of_those_in_post(
    company: Company, manager: Person, teller: Person, guide: Person, claims: Skill
) -> None:
    for person in (teller, guide):
        PersonSkill.objects.create(person=person, skill=claims, level=2, authorised_to=5000, since=date(2024, 1, 1))
    guide.posts.update(ends_on=timezone.localdate() - timedelta(1))
    assert Program(manager).get("/units/S111/skills").json()["items"] == [
        {"staff_number": "10000006", "skill": "CLAIM", "level": 2, "authorised_to": "5000.00", "since": "2024-01-01"}
    ]


@pytest.mark.parametrize("what", ["windows", "skills"])
def test_another_units_rows_do_not_exist(company: Company, outsider: Person, what: str) -> None:
    refused(Program(outsider).get(f"/units/K1/{what}"), 404)


@pytest.mark.parametrize("what", ["windows", "skills"])
def test_more_rows_need_no_more_queries(company: Company, manager: Person, claims: Skill, what: str) -> None:
    program, counts = Program(manager), []
    for few, many in ((1, 4), (4, 60)):
        for number in range(few, many):
            Window.objects.create(unit=company.k1, number=number).skills.add(claims)
            person = make_person(f"3{number:07}", "某", Role.TELLER, company.k1) if number < 8 else None
            if person is not None:
                PersonSkill.objects.create(person=person, skill=claims, since=date(2024, 1, 1))
        program.get(f"/units/K1/{what}")
        with CaptureQueriesContext(connection) as queries:
            assert program.get(f"/units/K1/{what}").json()["items"]
        counts.append(len(queries))
    assert counts[0] == counts[1]
