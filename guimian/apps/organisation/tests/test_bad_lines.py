"""Lines that cannot be done are told by their place and clause, and nothing is done."""

from __future__ import annotations

from typing import Any

import pytest

from guimian.apps.organisation import services
from guimian.apps.organisation.models import Person, Skill
from guimian.apps.organisation.tests.books import PEOPLE, POSTS, UNITS, WINDOWS, book, whole
from guimian.apps.organisation.tests.cast import Company
from guimian.apps.organisation.tests.planning import NOW, counts, plan


@pytest.fixture(autouse=True)
def _claims(db: None) -> None:
    Skill.objects.create(code="CLAIM", name="理赔", name_en="Claims")


BAD: dict[str, tuple[str, tuple[Any, ...], str, str]] = {
    "a circle": ("Units", ("K7", "K7", "", "x", "", "", ""), "a line of parents", ""),
    "an unknown parent": ("Units", ("K7", "S999", "", "x", "", "", ""), "within your reach", ""),
    "no parent": ("Units", ("K7", "", "", "x", "", "", ""), "names the one above it", ""),
    "no name": ("Units", ("K7", "S111", "", "", "Urban inner counter", "Inner counter", ""), "has a name", ""),
    "a wrong level": ("Units", ("K7", "S111", "City", "x", "", "", ""), "(Counter)", ""),
    "kind and class": ("Units", ("K7", "S111", "", "x", "Urban inner counter", "Flagship", ""), "inner class", "F2.1"),
    "a counter of its own": ("Units", ("K7", "S111", "", "x", "Urban counter", "Flagship", ""), "HQ officer", "F4.1"),
    "a unit that moves": ("Units", ("K1", "C11", "", "", "", "", ""), "A unit never moves", ""),
    "a unit elsewhere": ("Units", ("K9", "", "", "x", "", "", ""), "outside your reach", ""),
    "a person without a post": ("People", ("20000009", "x", "", ""), "sheet of posts", ""),
    "a number elsewhere": ("People", ("10000013", "x", "", ""), "sheet of posts", ""),
    "a person elsewhere": ("Posts", ("10000013", "Teller", "K1", "2026-12-01", ""), "person within your reach", ""),
    "a place elsewhere": ("Posts", ("10000006", "Teller", "K9", "2026-12-01", ""), "unit within your reach", ""),
    "a role too high": ("Posts", ("10000006", "City officer", "C11", "2026-12-01", ""), "Centre manager", "R10.11"),
    "a role elsewhere": ("Posts", ("10000006", "Boss", "C11", "2026-12-01", ""), "one of: HQ officer", ""),
    "a wrong level of post": ("Posts", ("10000006", "Counter supervisor", "C11", "2026-12-01", ""), "(Counter)", "R10.11"),
    "an end before the start": ("Posts", ("10000006", "Guide", "K1", "2026-12-01", "2026-11-30"), "ends after", ""),
    "an unknown skill": ("Windows", ("K1", 1, "", "Magic", ""), "理赔", ""),
    "a cashier inside": ("Windows", ("K2", 1, "", "", "Yes"), "no cashier", "F3.2"),
    "a window of a city": ("Windows", ("C11", 1, "", "", ""), "open counter", ""),
}  # fmt: skip


HEADS = {"Units": UNITS, "People": PEOPLE, "Posts": POSTS, "Windows": WINDOWS}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_line_is_told_and_nothing_is_done(company: Company, city_officer: Person, kind: str) -> None:
    """The sound lines beside it wait as well: whole or not at all."""
    sheet, row, wanted, clause = BAD[kind]
    sheets = dict(whole())
    sheets[sheet] = [HEADS[sheet], *sheets[sheet][1:], row]
    shown = plan(sheets, company.c11, city_officer)
    (cell,) = shown.bad
    assert (cell.sheet, cell.line, cell.clause) == (sheet, len(sheets[sheet]), clause)
    assert wanted in cell.wanted and cell.found
    before = counts()
    with pytest.raises(services.UnableToImport):
        services.apply_import(book(sheets), digest=shown.digest, scope=company.c11, by=city_officer, now=NOW)
    assert counts() == before


def test_nobody_gives_himself_a_post_by_a_file(company: Company, hq_officer: Person) -> None:
    """R10.11."""
    sheets = {"Posts": [POSTS, ("10000001", "Teller", "K1", "2026-12-01", "")]}
    (cell,) = plan(sheets, company.hq, hq_officer).bad
    assert cell.clause == "R10.11" and "himself" in cell.wanted
