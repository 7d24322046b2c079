"""Evidence: told by its content, cleaned of what a camera hides in it, whole on disk or not at all."""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from openpyxl import Workbook
from PIL import Image

from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company
from guimian.base.findings import files, services
from guimian.base.findings.services import UnableToAttach
from guimian.base.findings.tests.test_services import NOW, found
from guimian.base.models import Evidence


def photo(kind: str = "JPEG", size: tuple[int, int] = (60, 40), **options: Any) -> bytes:
    out = BytesIO()
    Image.new("RGB", size, (120, 40, 40)).save(out, kind, **options)
    return out.getvalue()


def workbook() -> bytes:
    out = BytesIO()
    Workbook().save(out)
    return out.getvalue()


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.parametrize(
    ("content", "kind", "ending"),
    [
        (photo("JPEG"), "image/jpeg", "jpg"),
        (photo("PNG"), "image/png", "png"),
        (photo("WEBP"), "image/webp", "webp"),
        (b"%PDF-1.7 x", "application/pdf", "pdf"),
        (workbook(), files.XLSX, "xlsx"),
    ],
)
def test_what_is_kept_is_told_by_its_content(content: bytes, kind: str, ending: str) -> None:
    kept = files.keep(content)
    assert (kept.kind, kept.ending) == (kind, ending)
    assert (Path(settings.MEDIA_ROOT) / kept.path).stat().st_size == kept.size


def test_a_photo_forgets_where_it_was_taken_and_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0110], exif[0x0112] = "Secret Phone", 6  # model; lying on its side
    exif.get_ifd(0x8825)[1] = "N"
    kept = files.keep(photo(exif=exif))
    raw = (Path(settings.MEDIA_ROOT) / kept.path).read_bytes()
    with Image.open(BytesIO(raw)) as image:
        assert image.size == (40, 60)
        assert not image.getexif()
    assert b"Secret Phone" not in raw


def test_a_huge_photo_is_made_smaller() -> None:
    kept = files.keep(photo(size=(5000, 1000)))
    with Image.open(Path(settings.MEDIA_ROOT) / kept.path) as image:
        assert image.size == (2400, 480)


def bomb() -> bytes:
    out = BytesIO()
    Image.new("1", (20_000, 20_000)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"", b"hello", b"<script>alert(1)</script>", b"GIF89a" + b"0" * 40, b"PK\x03\x04junk", photo()[:200], b"\x00" * 100,
        b"MZ\x90", b"x" * (files.MOST_BYTES + 1), bomb(),
    ],
    ids=["empty", "text", "markup", "gif", "archive", "cut", "zeros", "program", "large", "bomb"],
)  # fmt: skip
def test_what_is_no_evidence_is_refused_and_leaves_nothing(content: bytes) -> None:
    with pytest.raises(files.NotKept):
        files.keep(content)
    assert list(Path(settings.MEDIA_ROOT).rglob("*.*")) == []


def test_a_full_disk_leaves_neither_file_nor_row(
    company: Company, manager: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding = found(company)

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UnableToAttach, match="disk"):
        services.attach_evidence(finding=finding, name="a.png", content=photo("PNG"), note="", by=manager, now=NOW)
    assert Evidence.objects.count() == 0
    assert [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()] == []


def test_the_same_file_twice_is_one(company: Company, manager: Person) -> None:
    finding = found(company)
    for _twice in range(2):
        services.attach_evidence(finding=finding, name="a.png", content=photo("PNG"), note="", by=manager, now=NOW)
    assert Evidence.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "tidied"),
    [
        ("../../etc/passwd", "passwd.png"),
        ("C:\\Windows\\x.exe", "x.png"),
        ("收据 (1).PNG", "收据 (1).png"),
        ('a"; filename="b.html', "a filenameb.png"),
        ("", "0123abcd.png"),
    ],
)
def test_names_lose_their_tricks(name: str, tidied: str) -> None:
    kept = files.Kept("0123abcd" * 8, "image/png", "png", 1, "x")
    assert files.tidy(name, kept) == tidied
