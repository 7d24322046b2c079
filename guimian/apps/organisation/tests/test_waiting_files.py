"""Files that wait to be applied: encrypted, their sender's, of one unit, for a day."""

from __future__ import annotations

import base64
import os
from pathlib import Path
from typing import Any

import pytest

from guimian.apps.organisation.models import Person, Skill
from guimian.apps.organisation.tests.books import PEOPLE, book, whole
from guimian.apps.organisation.tests.cast import Company
from guimian.apps.organisation.tests.handing_in import IMPORT, file_of, handed_in
from guimian.apps.organisation.tests.visiting import as_, done, refused


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path, db: None) -> Path:
    settings.MEDIA_ROOT = tmp_path
    Skill.objects.create(code="CLAIM", name="理赔", name_en="Claims")
    return tmp_path


def test_the_waiting_file_is_not_readable_on_the_disk(company: Company, city_officer: Person, tmp_path: Path) -> None:
    data = book(whole())
    as_(city_officer).post(IMPORT, file_of(data))
    (kept,) = (tmp_path / "imports").iterdir()
    content = kept.read_bytes()
    assert data[:40] not in content and base64.b64encode(data)[:40] not in content


def test_a_full_disk_is_told(company: Company, city_officer: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("guimian.apps.organisation.views.waiting.write_whole", full)
    assert "The disk does not take the file." in refused(as_(city_officer), IMPORT, file_of(book(whole())))


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
