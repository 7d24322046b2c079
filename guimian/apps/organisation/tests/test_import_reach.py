"""Nobody brings anything into a city that is not theirs."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from guimian.apps.organisation.models import Person, Skill
from guimian.apps.organisation.tests.books import PEOPLE, POSTS, UNITS, Sheets, book, whole
from guimian.apps.organisation.tests.cast import Company, make_person, make_unit
from guimian.apps.organisation.tests.handing_in import IMPORT, cells, file_of, handed_in
from guimian.apps.organisation.tests.visiting import as_, page
from guimian.base.access import Role

#: every sheet reaches for a unit or a person of another city
INTO_ANOTHER_CITY: Sheets = {
    "Units": [
        UNITS,
        ("K8", "S212", "", "x", "Urban inner counter", "Inner counter", ""),
        ("K9", "", "", "y", "", "", ""),
    ],
    "People": [PEOPLE, ("30000001", "改名", "", "")],
    "Posts": [
        POSTS,
        ("10000006", "Teller", "K9", "2026-12-01", ""),
        ("30000001", "Teller", "K1", "2026-12-01", ""),
    ],
    "Windows": [("Unit code", "Window"), ("K9", 1)],
}


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path, db: None) -> Path:
    settings.MEDIA_ROOT = tmp_path
    Skill.objects.create(code="CLAIM", name="理赔", name_en="Claims")
    return tmp_path


@pytest.mark.parametrize(
    ("who", "status"),
    [("hq_officer", 200), ("province_officer", 200), ("city_officer", 200), ("manager", 404), ("outsider", 404)],
)
def test_who_imports_into_a_city(company: Company, cast: Mapping[str, Person], who: str, status: int) -> None:
    assert as_(cast[who]).get(IMPORT).status_code == status
    assert as_(cast[who]).get(f"{IMPORT}template/").status_code == status


@pytest.mark.parametrize("who", ["supervisor", "teller"])
def test_counters_do_not_import(company: Company, cast: Mapping[str, Person], who: str) -> None:
    assert as_(cast[who]).get("/u/K1/organisation/import/").status_code == 403


def test_a_city_brings_nothing_into_another_city(company: Company, city_officer: Person) -> None:
    """Neither by the address nor by what stands in the file."""
    make_unit("S212", company.c21, "别市中心")
    make_person("30000001", "别市的人", Role.TELLER, company.k9)
    client = as_(city_officer)
    assert client.post("/u/C21/organisation/import/", file_of(book(whole()))).status_code == 404
    words = page(client, handed_in(client, INTO_ANOTHER_CITY))
    assert "apply/" not in words and "别市的人" not in words and "滨江" not in words
    places = {(line[0], line[1]) for line in cells(words)}
    assert {("Units", "2"), ("Units", "3"), ("People", "2"), ("Posts", "2"), ("Posts", "3"), ("Windows", "2")} <= places


def test_an_import_that_forgot_its_reach_would_be_seen(
    company: Company, city_officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The seeded fault: every unit is taken for one of the city's own."""
    monkeypatch.setattr("guimian.apps.organisation.services.importing.reach.Reach.holds", lambda self, unit: True)
    client = as_(city_officer)
    words = page(client, handed_in(client, {"Windows": [("Unit code", "Window"), ("K9", 1)]}))
    assert "apply/" in words
