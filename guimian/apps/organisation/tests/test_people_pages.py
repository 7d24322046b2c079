"""The list of people: who is in it, how it is narrowed, and what Excel gets of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from guimian.apps.organisation import services
from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company, make_person, make_post, make_unit
from guimian.apps.organisation.tests.visiting import as_, page, queries_of
from guimian.base.access import Role

TODAY = timezone.localdate()


def numbers(words: str) -> set[str]:
    return {number for number in map(str, range(10000001, 10000014)) if number in words}


def workbook(client: Client, url: str) -> list[tuple[object, ...]]:
    sheet = load_workbook(BytesIO(client.get(url).content)).active
    assert sheet is not None
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def test_everybody_of_a_counter_sees_their_own_people(company: Company, teller: Person) -> None:
    words = page(as_(teller), "/u/K1/organisation/people/")
    assert numbers(words) == {f"100000{number:02}" for number in (5, 6, 7, 8, 9, 10, 12)}
    assert "Add a person" not in words


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=zheng", {"10000006"}),
        ("?q=郑", {"10000006"}),
        ("?q=10000010", {"10000010"}),
        ("?role=TELLER", {"10000006"}),
        ("?role=HQ_OFFICER", set()),
        ("?state=left", {"10000008"}),
        ("?state=coming", {"10000012"}),
        ("?q=zheng&role=GUIDE", set()),
    ],
)
def test_the_list_is_narrowed(company: Company, cast: Mapping[str, Person], query: str, found: set[str]) -> None:
    now = timezone.now()
    services.let_go(person=cast["guide"], unit=company.k1, reason="离职", by=cast["manager"], now=now)
    cast["information_officer"].posts.update(starts_on=TODAY + timedelta(3))
    words = page(as_(cast["manager"]), f"/u/S111/organisation/people/{query}")
    assert numbers(words[words.index('id="table"') :]) - {"10000004"} == found


def test_who_left_stays_with_the_unit_of_the_last_post_only(
    company: Company, manager: Person, outsider: Person
) -> None:
    """R10.7: the counter of years ago has no business with them any more."""
    person = make_person("20000009", "老员工")
    make_post(person, Role.TELLER, company.k1, date(2021, 1, 4), date(2023, 1, 1))
    make_post(person, Role.TELLER, company.k9, date(2023, 1, 1), date(2024, 1, 1))
    assert "20000009" not in page(as_(manager), "/u/S111/organisation/people/")
    assert as_(manager).get("/u/K1/organisation/people/20000009/").status_code == 404
    assert "20000009" in page(as_(outsider), "/u/K9/organisation/people/")


def test_excel_gets_what_the_page_shows(company: Company, manager: Person) -> None:
    rows = workbook(as_(manager), "/u/S111/organisation/people/?q=zheng&export=xlsx")
    assert rows[0][:3] == ("Name", "Staff number", "Posts")
    assert [row[:3] for row in rows[1:]] == [("Zheng Jie", "10000006", "Teller · People's Road")]


def test_excel_gets_units_with_their_words_and_no_formula(company: Company, manager: Person) -> None:
    make_unit("K3", company.s111, "=1+1", "", "URBAN", "LARGE")
    rows = workbook(as_(manager), "/u/S111/organisation/units/?export=xlsx")
    assert [row[1] for row in rows[1:]] == ["S111", "K1", "K2", "K3"]
    assert rows[2][2:5] == ("Counter", "Urban counter", "Standard, large")
    book = load_workbook(BytesIO(as_(manager).get("/u/S111/organisation/units/?export=xlsx").content))
    assert book.active is not None and book.active["A5"].data_type == "s"


def test_more_people_need_no_more_queries(company: Company, manager: Person) -> None:
    client, counts = as_(manager), []
    for total in (3, 300):
        for number in range(0 if total == 3 else 3, total):
            person = Person.objects.create(staff_number=f"3{number:07}", name="某")
            make_post(person, Role.TELLER, company.k1)
        counts.append(
            [queries_of(client, f"/u/{code}/organisation/{path}") for code, path in (("S111", "people/"), ("K1", ""))]
        )
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 25
