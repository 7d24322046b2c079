"""The import in the browser: hand in, look, apply; nobody brings anything into somebody else's city."""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from guimian.apps.organisation import services
from guimian.apps.organisation.models import Person, Skill, Unit
from guimian.apps.organisation.tests.books import PEOPLE, POSTS, UNITS, Sheets, book, whole
from guimian.apps.organisation.tests.cast import Company, make_person, make_unit
from guimian.apps.organisation.tests.visiting import as_, done, page, refused
from guimian.base.access import Role
from guimian.base.models import JournalEntry

IMPORT = "/u/C11/organisation/import/"


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path, db: None) -> Path:
    settings.MEDIA_ROOT = tmp_path
    Skill.objects.create(code="CLAIM", name="理赔", name_en="Claims")
    return tmp_path


def file_of(data: bytes, name: str = "公司.xlsx") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, data, "application/octet-stream")}


def handed_in(client: Client, sheets: Sheets, url: str = IMPORT) -> str:
    """The address of what the file would do."""
    answer = client.post(url, file_of(book(sheets)))
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"])


def digest(words: str) -> str:
    return words.split('name="digest" value="')[1].split('"', maxsplit=1)[0]


def cells(words: str) -> list[list[str]]:
    """The texts of the rows of the first table."""
    body = words.split("<tbody>")[1].split("</tbody>", maxsplit=1)[0]
    rows = [re.findall(r"<td[^>]*>(.*?)</td>", row, re.S) for row in body.split("</tr>") if "<td" in row]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in rows]


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


def test_the_waiting_file_is_not_readable_on_the_disk(company: Company, city_officer: Person, tmp_path: Path) -> None:
    data = book(whole())
    as_(city_officer).post(IMPORT, file_of(data))
    (kept,) = (tmp_path / "imports").iterdir()
    content = kept.read_bytes()
    assert data[:40] not in content and base64.b64encode(data)[:40] not in content


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


def test_a_full_disk_is_told(company: Company, city_officer: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("guimian.apps.organisation.views.waiting.write_whole", full)
    assert "The disk does not take the file." in refused(as_(city_officer), IMPORT, file_of(book(whole())))


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


def test_a_file_is_its_senders_and_of_one_unit(company: Company, city_officer: Person, hq_officer: Person) -> None:
    url = handed_in(as_(city_officer), whole())
    key = url.rstrip("/").rpartition("/")[2]
    gone = "The file is no longer kept"
    assert gone in as_(hq_officer).get(url, follow=True).content.decode()
    for unit in ("S111", "K1"):
        assert gone in as_(city_officer).get(f"/u/{unit}/organisation/import/{key}/", follow=True).content.decode()
    assert gone in done(as_(hq_officer), f"{url}apply/", {"digest": "x"})


@pytest.mark.parametrize("key", ["0" * 64, "..%2f..%2fdb.sqlite3", "x", "A" * 64, "%00"])
def test_a_key_that_is_none(company: Company, city_officer: Person, key: str) -> None:
    answer = as_(city_officer).get(f"{IMPORT}{key}/", follow=True)
    assert answer.status_code == 404 or "The file is no longer kept" in answer.content.decode()


def test_a_file_touched_on_the_disk_or_a_day_old_is_gone(
    company: Company, city_officer: Person, tmp_path: Path
) -> None:
    client = as_(city_officer)
    url = handed_in(client, whole())
    (kept,) = (tmp_path / "imports").iterdir()
    kept.write_bytes(kept.read_bytes()[:-8] + b"AAAAAAAA")
    assert "no longer kept" in client.get(url, follow=True).content.decode()
    os.utime(kept, (0, 0))
    handed_in(client, {"People": [PEOPLE, ("10000006", "郑洁", "", "")]})
    assert not kept.exists()


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
    sheets: Sheets = {
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
    words = page(client, handed_in(client, sheets))
    assert "apply/" not in words and "别市的人" not in words and "滨江" not in words
    places = {(line[0], line[1]) for line in cells(words)}
    assert {("Units", "2"), ("Units", "3"), ("People", "2"), ("Posts", "2"), ("Posts", "3"), ("Windows", "2")} <= places


def test_the_template_comes_as_a_workbook(company: Company, city_officer: Person) -> None:
    answer = as_(city_officer).get(f"{IMPORT}template/")
    assert answer["Content-Disposition"].startswith("attachment") and answer.content[:2] == b"PK"
