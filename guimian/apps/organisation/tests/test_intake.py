"""Reading the workbook: what the template offers can be read back, and every bad cell is told by its place."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from guimian.apps.organisation import intake
from guimian.apps.organisation.intake.words import LEVELS, PLACES, ROLES, SIZES
from guimian.apps.organisation.models import Unit
from guimian.apps.organisation.tests.books import book
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


def test_the_document_tells_each_column() -> None:
    """docs/apps/organisation.md names every sheet and its columns, in their order, the needed ones with a star."""
    told = (Path(__file__).parents[4] / "docs/apps/organisation.md").read_text(encoding="utf-8")
    for kind in intake.SHEETS:
        part = told.split(f"### {kind.zh} {kind.code}\n")[1].split("###")[0]
        wanted = [f"{column.zh} / {column.en}{' *' if column.required else ''}" for column in kind.columns]
        assert re.findall(r"^\| (.+? / .+?) \|", part, re.M) == wanted
