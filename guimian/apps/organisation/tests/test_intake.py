"""Reading the workbook: what the template offers can be read back, and every bad cell is told by its place."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from guimian.apps.organisation import intake
from guimian.apps.organisation.intake.words import LEVELS, PLACES, ROLES, SIZES
from guimian.apps.organisation.models import Unit
from guimian.apps.organisation.tests.books import PEOPLE, book
from guimian.base.access import Role

KINDS = {kind.code: kind for kind in intake.SHEETS}


def bad(sheets: dict[str, list[Any]]) -> list[tuple[str, int, str, str]]:
    with translation.override("en"):
        return [(cell.sheet, cell.line, cell.column, cell.found) for cell in intake.read(book(sheets)).bad]


def test_the_words_are_those_of_the_models() -> None:
    assert list(LEVELS) == Unit.Level.values and list(PLACES) == Unit.Place.values
    assert list(SIZES) == Unit.Size.values and list(ROLES) == Role.values


def test_the_template_is_read_and_holds_nothing() -> None:
    read = intake.read(intake.template())
    assert set(read.lines) == set(KINDS) and not read.bad
    assert not any(read.lines.values()), "the examples are remarks"


def test_the_templates_examples_are_sound() -> None:
    """With the mark of the remark taken away each example line can be imported as it stands."""
    made = load_workbook(BytesIO(intake.template()))
    for sheet in made.worksheets:
        sheet["A2"] = sheet["A2"].value.removeprefix("# ")
    out = BytesIO()
    made.save(out)
    read = intake.read(out.getvalue())
    assert not read.bad
    for kind in intake.SHEETS:
        examples = {column.field for column in kind.columns if column.example}
        assert [set(line.values) for line in read.lines[kind.code]] == [examples]


NAMES = st.text(st.characters(categories=("L", "N"), include_characters=" ·-（）"), max_size=20).filter(
    lambda text: text == text.strip() and not text.startswith("#")
)
CODES = st.from_regex(r"[A-Z0-9]{2,16}", fullmatch=True)
DAYS = st.dates(date(1950, 1, 1), date(2099, 12, 31))


@given(
    code=CODES, name=NAMES, day=DAYS, level=st.sampled_from(sorted(LEVELS)), place=st.sampled_from(sorted(PLACES)),
    language=st.sampled_from([0, 1]), written=st.sampled_from(["day", "text", "chinese"]),
)  # fmt: skip
@settings(max_examples=60, deadline=None)
def test_what_is_written_by_the_template_is_read_back(
    code: str, name: str, day: date, level: str, place: str, language: int, written: str
) -> None:
    """In Chinese and in English, by word and by code, days as days or as texts."""
    shown = {"day": day, "text": day.isoformat(), "chinese": f"{day.year}年{day.month}月{day.day}日"}[written]
    columns = [
        column for column in KINDS["Units"].columns if column.field in {"code", "level", "name", "place", "opened_on"}
    ]
    headings = [(column.zh, column.en)[language] for column in columns]
    cells = {"code": code, "level": LEVELS[level][language], "name": name, "place": place, "opened_on": shown}
    sheet = ("机构", "Units")[language]
    read = intake.read(book({sheet: [headings, [cells[column.field] for column in columns]]}))
    assert not read.bad
    wanted = {"code": code, "level": level, "name": name, "place": place, "opened_on": day}
    assert read.lines["Units"][0].values == {field: value for field, value in wanted.items() if value != ""}


ANY = st.one_of(
    st.none(), st.booleans(), st.integers(-(10**18), 10**18), st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=40), st.datetimes(), DAYS, st.times(),
)  # fmt: skip


@given(rows=st.lists(st.lists(ANY, min_size=5, max_size=9), max_size=4), kind=st.sampled_from(sorted(KINDS)))
@settings(max_examples=80, deadline=None)
def test_whatever_stands_in_a_cell_is_read_or_told(rows: list[list[Any]], kind: str) -> None:
    """No cell breaks the reading: each line is either read whole or has a bad cell."""
    headings = [column.en for column in KINDS[kind].columns]
    read = intake.read(book({kind: [headings, *rows]}))
    told = {cell.line for cell in read.bad}
    for line in read.lines[kind]:
        assert line.line not in told
    for cell in read.bad:
        assert cell.wanted and len(cell.found) <= 60 and cell.found.isprintable()


@pytest.mark.parametrize("number", ["1e999", "-1e999", "nan", "1e300"])
def test_numbers_that_are_none_are_told(number: str) -> None:
    from guimian.apps.organisation.tests.books import changed

    data = book({"People": [PEOPLE, (20000001.5, "甲", "", "")]})
    read = intake.read(changed(data, "xl/worksheets/sheet1.xml", b"<v>20000001.5</v>", f"<v>{number}</v>".encode()))
    assert [(cell.line, cell.column) for cell in read.bad] == [(2, "A")]


def test_each_bad_cell_is_told_by_its_place() -> None:
    rows = [
        PEOPLE,
        ("1", "甲", "12345", "nobody"),
        ("20000001", "甲" * 41, 12000000001, "a@example.com"),
        ("=1+1", "乙", "", ""),
        ("", "丙", "", ""),
        ("20000003", "丁", "", ""),
        ("20000003", "丁", "", ""),
        ("# 20000004", "说明", "x", "x"),
        ("", "", "", ""),
    ]
    assert bad({"People": rows}) == [
        ("People", 2, "A", "1"),
        ("People", 2, "C", "12345"),
        ("People", 2, "D", "nobody"),
        ("People", 3, "B", "甲" * 41),
        ("People", 4, "A", "=…"),
        ("People", 5, "A", ""),
        ("People", 7, "", "20000003"),
    ]


def test_headings_are_known_once_in_any_order_and_none_is_missed() -> None:
    assert bad({"Posts": [("Until", "Role*", "unit", "工号", "From")]}) == []
    assert bad({"Posts": [("Role", "Role", "Unit code", "Staff number", "Wages")]}) == [
        ("Posts", 1, "B", "Role"),
        ("Posts", 1, "E", "Wages"),
        ("Posts", 1, "", ""),
    ]


def test_found_numbers_of_people_are_masked() -> None:
    """R10.7: line and column say where to look; in whatever column somebody put them."""
    rows = [("工号", "姓名", "身份证号"), ("20000001", "甲", "110101199001011234"), ("13800000021 ", "甲" * 50, "")]
    assert [found[0] + found[-1] + str(len(found)) for *_place, found in bad({"People": rows})] == ["1418", "甲甲50"]
    assert bad({"People": [("工号", "E-mail"), ("20000001", "13800000021")]})[0][3] == "138******21"


def test_long_numbers_in_number_cells_are_not_guessed() -> None:
    """Excel drops the last digits of an identity number that is kept as a number."""
    data = book({"People": [("工号", "身份证号"), ("20000001", 110101190001010012)]})
    with translation.override("en"):
        (cell,) = intake.read(data).bad
    assert (cell.column, cell.field) == ("B", "identity") and "format the column as text" in cell.wanted


def test_the_document_tells_each_column() -> None:
    """docs/apps/organisation.md names every sheet and its columns, in their order, the needed ones with a star."""
    told = (Path(__file__).parents[4] / "docs/apps/organisation.md").read_text(encoding="utf-8")
    for kind in intake.SHEETS:
        part = told.split(f"### {kind.zh} {kind.code}\n")[1].split("###")[0]
        wanted = [f"{column.zh} / {column.en}{' *' if column.required else ''}" for column in kind.columns]
        assert re.findall(r"^\| (.+? / .+?) \|", part, re.M) == wanted
