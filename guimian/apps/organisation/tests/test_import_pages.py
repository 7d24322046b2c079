"""The import in the browser: hand in, look, apply; nobody brings anything into somebody else's city."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from guimian.apps.organisation import services
from guimian.apps.organisation.models import Person, Skill, Unit
from guimian.apps.organisation.tests.books import PEOPLE, UNITS, whole
from guimian.apps.organisation.tests.cast import Company
from guimian.apps.organisation.tests.handing_in import IMPORT, cells, file_of, handed_in
from guimian.apps.organisation.tests.visiting import as_, done, page, refused
from guimian.base.models import JournalEntry


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path, db: None) -> Path:
    settings.MEDIA_ROOT = tmp_path
    Skill.objects.create(code="CLAIM", name="理赔", name_en="Claims")
    return tmp_path


def digest(words: str) -> str:
    return words.split('name="digest" value="')[1].split('"', maxsplit=1)[0]


def test_hand_in_look_apply(company: Company, city_officer: Person, tmp_path: Path) -> None:
    client = as_(city_officer)
    url = handed_in(client, whole())
    words = page(client, url)
    assert "公司.xlsx" in words and "Import 7 changes" in words and "新柜面" in words
    assert not Unit.objects.filter(code="K3").exists() and not JournalEntry.objects.exists()
    assert "7 changes are imported." in done(client, f"{url}apply/", {"digest": digest(words)})
    assert Unit.objects.filter(code="K3").exists()
    assert not list(tmp_path.rglob("*-*")), "the file is not kept any longer"
    assert "nothing would change" in page(client, handed_in(client, whole()))


def test_thirty_bad_lines_are_each_told(company: Company, city_officer: Person) -> None:
    rows = [(f"2{number:07}", "某人", "1380000", "") for number in range(30)]
    unit = ("K7", "S111", "", "x", "Urban counter", "Inner counter", "")
    client = as_(city_officer)
    url = handed_in(client, {"People": [PEOPLE, *rows], "Units": [UNITS, unit]})
    words = page(client, url)
    assert words.count("a mobile number of 11 digits") == 30 and "apply/" not in words
    assert cells(words)[0][:3] == ["Units", "2", "–"] and "F2.1" in cells(words)[0][5]
    assert cells(words)[1][:4] == ["People", "2", "C Telephone", "1380000"]
    assert [row[1] for row in cells(page(client, f"{url}?bad-sort=-line"))][:3] == ["31", "30", "29"]
    assert client.get(f"{url}?bad-export=xlsx").headers["Content-Type"].startswith("application/vnd.openxml")


def test_the_plan_is_narrowed_and_sorted_without_being_lost(company: Company, city_officer: Person) -> None:
    client = as_(city_officer)
    url = handed_in(client, whole())
    words = page(client, f"{url}?rows-sheet=People&rows-sort=-line")
    assert "20000002" in words and "综合窗口" not in words and "Import 7 changes" in words


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_tells_what_stands_in_a_workbook(company: Company, city_officer: Person, language: str) -> None:
    words = page(as_(city_officer, language), IMPORT)
    assert all(sheet in words for sheet in ("机构", "人员", "岗位", "窗口"))
    assert ("Parent code" if language == "en" else "上级机构代码") in words


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "The submitted file is empty."),
        (b"not a workbook", "not a sound .xlsx workbook"),
        (bytes(5 * 1024 * 1024 + 1), "The file is too large."),
    ],
)
def test_what_is_no_workbook(company: Company, city_officer: Person, data: bytes, said: str, tmp_path: Path) -> None:
    assert said in refused(as_(city_officer), IMPORT, file_of(data, "x.xlsx"))
    assert not list(tmp_path.rglob("*-*"))


def test_an_old_page_applies_nothing_and_shows_what_is_true_now(
    company: Company, city_officer: Person, manager: Person
) -> None:
    client = as_(city_officer)
    url = handed_in(client, whole())
    old = digest(page(client, url))
    services.add_person(
        staff_number="20000002", name="先到", unit=company.k1, role="TELLER", starts_on=date(2026, 1, 5), by=manager,
        now=timezone.now(),
    )  # fmt: skip
    words = done(client, f"{url}apply/", {"digest": old})
    assert "has changed since the preview" in words and "先到 → 乙" in words
    assert Person.objects.get(staff_number="20000002").name == "先到"
    assert "changes are imported" in done(client, f"{url}apply/", {"digest": digest(words)})


@pytest.mark.parametrize("given", ["", "0" * 64, "x"])
def test_a_digest_that_was_not_shown_applies_nothing(company: Company, city_officer: Person, given: str) -> None:
    client = as_(city_officer)
    url = handed_in(client, whole())
    done(client, f"{url}apply/", {"digest": given})
    assert not Unit.objects.filter(code="K3").exists()


def test_the_template_comes_as_a_workbook(company: Company, city_officer: Person) -> None:
    answer = as_(city_officer).get(f"{IMPORT}template/")
    assert answer["Content-Disposition"].startswith("attachment") and answer.content[:2] == b"PK"
