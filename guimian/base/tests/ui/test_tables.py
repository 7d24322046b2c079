"""Tables: every state is in the address, wrong addresses do nothing, and Excel gets text as text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from guimian.apps.organisation.models import Unit
from guimian.apps.organisation.tests.cast import Company
from guimian.base.ui.export import workbook
from guimian.base.ui.filters import Filter
from guimian.base.ui.tables import Column, Table, build_table, near, whole


@dataclass(frozen=True)
class Row:
    name: str
    taken: Decimal
    day: date = date(2026, 3, 2)
    is_open: bool = True


ROWS = [Row(f"row {number:02}", Decimal(number)) for number in range(1, 24)]
COLUMNS = [
    Column("name", "Name", sort="name", link=lambda row: f"/rows/{row.name[-2:]}/"),
    Column("taken", "Taken", sort="taken", kind="money"),
    Column("day", "Day", kind="day"),
    Column("is_open", "Open", kind="yes_no"),
]
FILTERS = [
    Filter("q", "Name", lambda row, text: text in row.name),
    Filter("size", "Size", lambda row, text: (row.taken > 10) is (text == "big"), [("big", "Big"), ("small", "Small")]),
]


def shown(query: str = "", rows: Any = ROWS, **options: Any) -> Table:
    request = RequestFactory().get(f"/page/?{query}")
    return build_table(request, rows, COLUMNS, filters=FILTERS, caption="Rows", per_page=8, **options)


def names(table: Table) -> list[str]:
    return [row[0].text for row in table.rows]


def test_a_page_shows_its_part_and_says_which() -> None:
    table = shown("page=3")
    assert names(table) == [f"row {number}" for number in range(17, 24)]
    assert (table.page.first_row, table.page.last_row, table.page.total, table.page.last) == (17, 23, 23, 3)
    assert table.page.next == ""
    assert table.page.previous.endswith("page=2")


def test_sorting_turns_round_on_the_second_click() -> None:
    up = shown("sort=taken")
    assert up.heads[1].order == "ascending"
    assert up.heads[1].url.endswith("sort=-taken")
    assert names(shown("sort=-taken"))[0] == "row 23"


def test_filters_narrow_and_each_can_be_taken_away() -> None:
    table = shown("q=row+1&size=big&sort=-taken")
    assert names(table) == [f"row {number}" for number in range(19, 10, -1)][:8]
    assert [(chip.label, chip.value) for chip in table.chips] == [("Name", "row 1"), ("Size", "Big")]
    assert "size=big" not in table.chips[1].url
    assert "q=row" in table.chips[1].url
    assert "sort=-taken" in table.chips[1].url


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=-3",
        "page=99999999999999999999",
        "page=x",
        "sort=secret",
        "sort=-",
        "size=huge",
        "page=%00",
        "sort=name;drop",
    ],
)
def test_wrong_addresses_do_nothing(query: str) -> None:
    table = shown(query)
    assert table.page.total == 23
    assert table.rows


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30))
def test_no_address_breaks_a_table(page: str, sort: str, text: str) -> None:
    request = RequestFactory().get("/page/", {"page": page, "sort": sort, "q": text, "size": text})
    table = build_table(request, ROWS, COLUMNS, filters=FILTERS, per_page=8)
    assert 1 <= table.page.number <= max(table.page.last, 1)


def test_two_tables_of_one_page_keep_apart() -> None:
    request = RequestFactory().get("/page/?a-page=2&b-page=1")
    first = build_table(request, ROWS, COLUMNS, name="a", per_page=8)
    second = build_table(request, ROWS, COLUMNS, name="b", per_page=8)
    assert (first.page.number, second.page.number) == (2, 1)
    assert first.id != second.id


def test_excel_has_all_rows_with_numbers_and_days_as_such() -> None:
    answer = shown("size=big&export=xlsx").response()
    assert answer is not None
    sheet = load_workbook(BytesIO(answer.content)).active
    lines = list(sheet.iter_rows(values_only=True))
    assert lines[0] == ("Name", "Taken", "Day", "Open")
    assert len(lines) == 1 + 13
    assert lines[1][1] == 11
    assert lines[1][2].date() == date(2026, 3, 2)


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "＝1+1"])
def test_what_a_stranger_typed_never_becomes_a_formula(text: str) -> None:
    cell = load_workbook(BytesIO(workbook("t", ["a"], [[text]]))).active["A2"]
    assert cell.data_type == "s"
    assert cell.value.strip() == text.strip()
    assert cell.quotePrefix


def test_the_workbook_takes_any_text() -> None:
    sheet = load_workbook(BytesIO(workbook("[a]:*?/\\", ["h"], [["x\x00\x1fy"], ["长" * 40_000]]))).active
    assert sheet["A2"].value == "xy"
    assert len(sheet["A3"].value) == 32_000


def test_a_queryset_is_sorted_and_paged_in_the_database(company: Company, django_assert_num_queries: Any) -> None:
    request = RequestFactory().get("/page/?sort=-code&page=2")
    columns = [Column("code", "Code", sort="code"), Column("level", "Level")]
    with django_assert_num_queries(2):
        table = build_table(request, Unit.objects.all(), columns, per_page=4)
    assert [row[0].text for row in table.rows] == ["K9", "K2", "K1", "HQ"]
    assert table.rows[3][1].text == str(Unit.Level.HQ.label)


@given(st.integers(1, 500), st.integers(1, 500))
def test_near_pages_hold_the_ends_and_the_neighbours(number: int, last: int) -> None:
    number = min(number, last)
    links = near(number, last)
    pages = [page for page in links if page]
    assert {1, last, number} <= set(pages)
    assert pages == sorted(set(pages))
    assert len(links) <= 7


@given(st.text(max_size=40))
def test_a_page_number_is_a_small_whole_number(text: str) -> None:
    assert 0 <= whole(text) < 10**9
