"""The book: what is in force on a day never depends on what comes later; a broken file is refused at start."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guimian.base import checks
from guimian.base.policy.clauses import clauses, codes_in, order, regulation_of
from guimian.base.policy.queries import book, policy_files
from guimian.engines.policy import Book, BrokenPolicy, Change, Figure, Outcome, Policy, compare, read_book
from guimian.engines.policy.book import Dated

START = date(2021, 10, 1)
WHOLE = """
[wait]
clause = "R6.3"
unit = "minute"
title = { zh = "等候安抚时限", en = "Wait before a word of comfort" }
values = [{ from = 2021-10-01, value = 20 }, { from = 2026-01-01, value = 15 }]
least = 5
most = 60
"""
days = st.dates(START, date(2030, 1, 1))
paths = st.sampled_from(["HQ/", "HQ/P1/", "HQ/P1/C11/", "HQ/P2/", "HQ/P1/C11/S111/K1/"])


@st.composite
def books(draw: st.DrawFn) -> Book:
    later = draw(st.lists(days, unique=True, max_size=4))
    starts = sorted({START, *later})
    values = tuple(Dated(day, draw(st.integers(0, 99))) for day in starts)
    return Book({"a.wait": Figure("a.wait", "R6.3", "minute", {"zh": "等", "en": "Wait"}, values)})


@st.composite
def changes(draw: st.DrawFn) -> Change:
    start = draw(days)
    until = draw(st.none() | st.integers(1, 900).map(lambda n: start + timedelta(days=n)))
    return Change(draw(paths), "a.wait", start, draw(st.none() | st.integers(0, 99)), until)


def ended_later(change: Change, day: date) -> Change:
    """The change as it was known on the day: an end that lies ahead may be any or none."""
    return Change(change.path, change.key, change.from_date, change.value, None) if change.holds(day) else change


@given(book=books(), made=st.lists(changes(), max_size=8), day=days, path=paths)
def test_a_day_never_depends_on_later_rows(book: Book, made: list[Change], day: date, path: str) -> None:
    known = [change for change in made if change.from_date <= day]
    figure = book.figures["a.wait"]
    earlier = tuple(dated for dated in figure.values if dated.from_date <= day)
    then = Book({"a.wait": Figure(figure.key, figure.clause, figure.unit, figure.title, earlier)})
    today = book.policy(day, path, made).resolve("a.wait")
    assert today == then.policy(day, path, known).resolve("a.wait")
    assert today == book.policy(day, path, [ended_later(change, day) for change in made]).resolve("a.wait")


@given(book=books(), made=st.lists(changes(), max_size=8), day=days, path=paths)
def test_a_day_never_depends_on_units_aside_or_below(book: Book, made: list[Change], day: date, path: str) -> None:
    line = [change for change in made if path.startswith(change.path)]
    assert book.policy(day, path, made).resolve("a.wait") == book.policy(day, path, line).resolve("a.wait")


@given(book=books(), made=st.lists(changes(), max_size=8), day=days, path=paths)
def test_where_a_value_comes_from_is_told(book: Book, made: list[Change], day: date, path: str) -> None:
    value, origin = book.policy(day, path, made).resolve("a.wait")
    assert path.startswith(origin.path)
    assert origin.from_date <= day
    if origin.path:
        held = [one for one in made if one.path == origin.path and one.from_date == origin.from_date and one.holds(day)]
        assert value in [one.value for one in held]


def test_before_the_regulation_there_is_no_figure() -> None:
    policy = book().policy(date(2020, 1, 1))
    assert len(policy) == 0
    with pytest.raises(KeyError):
        policy["organisation.windows_large"]
    with pytest.raises(KeyError):
        policy["organisation.no_such"]


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str], dict[str, Path]]:
    def put(text: str) -> dict[str, Path]:
        path = tmp_path / "policy.toml"
        path.write_text(text, encoding="utf-8")
        return {"reception": path}

    return put


Write = Callable[[str], dict[str, Path]]


def test_a_whole_file_is_read(write: Write) -> None:
    figures = read_book(write(WHOLE)).figures
    policy = Policy(Book(figures), date(2025, 12, 31), "HQ/")
    assert policy.minutes("reception.wait") == 20
    assert policy.origin("reception.wait").from_date == START
    assert Policy(Book(figures), date(2026, 1, 1), "HQ/").whole("reception.wait") == 15


BREAKS: dict[str, tuple[str, str]] = {
    "not toml": ("[wait]", "[wait"),
    "twice the same": ("[wait]", "[wait]\n[wait]"),
    "no table": (WHOLE, "wait = 20"),
    "unknown unit": ('"minute"', '"fortnight"'),
    "no clause": ('clause = "R6.3"', ""),
    "empty clause": ('"R6.3"', '""'),
    "unknown word": ("least = 5", "lest = 5"),
    "no English": (', en = "Wait before a word of comfort"', ""),
    "empty Chinese": ('"等候安抚时限"', '""'),
    "no value": ("values = [{ from = 2021-10-01, value = 20 }, { from = 2026-01-01, value = 15 }]", "values = []"),
    "days out of order": ("2026-01-01", "2020-01-01"),
    "one day twice": ("2026-01-01", "2021-10-01"),
    "day as text": ("from = 2021-10-01", 'from = "2021-10-01"'),
    "moment for day": ("from = 2021-10-01", "from = 2021-10-01T00:00:00"),
    "no day": ("from = 2021-10-01, ", ""),
    "text for number": ("value = 20", 'value = "20"'),
    "truth for number": ("value = 20", "value = true"),
    "part of a minute": ("value = 20", "value = 20.5"),
    "below its bounds": ("value = 20", "value = 4"),
    "above its bounds": ("value = 20", "value = 61"),
    "below zero": ("value = 20 }", "value = -1 }"),
    "clause without name": ('"R6.3"', '"R66.6"'),
}


@pytest.mark.parametrize("kind", BREAKS)
def test_a_broken_file_is_refused_at_start(write: Write, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(checks, "policy_files", lambda: write(WHOLE))
    assert not [one for one in checks.policy_files_can_be_read() if one.id == "policy.E001"]
    old, new = BREAKS[kind]
    assert old in WHOLE
    monkeypatch.setattr(checks, "policy_files", lambda: write(WHOLE.replace(old, new)))
    (error,) = checks.policy_files_can_be_read()
    assert ("R66.6" if kind == "clause without name" else "policy.toml") in error.msg


def test_a_broken_case_is_refused_at_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "policy_cases.toml"
    path.write_text('[[case]]\ntitle = "x"\n', encoding="utf-8")
    monkeypatch.setattr(checks, "case_files", lambda: {"organisation": path})
    (error,) = checks.policy_files_can_be_read()
    assert "policy_cases.toml" in error.msg


def test_the_house_itself_starts() -> None:
    assert checks.policy_files_can_be_read() == []
    assert policy_files()


@pytest.mark.parametrize(
    ("unit", "good", "bad"),
    [
        ("count", 0, Decimal("1.5")),
        ("percent", Decimal("0.5"), "1"),
        ("yes_no", True, 1),
        ("minute", 1, True),
        ("text", "a", 1),
        ("roles", ("TELLER",), "TELLER"),
        ("time_of_day", time(8), "08:00"),
    ],
)
def test_a_unit_takes_its_own_kind_only(unit: str, good: Any, bad: Any) -> None:
    figure = Figure("a.b", "R1", unit, {"zh": "甲", "en": "A"}, (Dated(START, good),))
    assert figure.accepts(good)
    assert not figure.accepts(bad)


def test_only_a_whole_number_counts_as_one(write: Write) -> None:
    text = WHOLE.replace('"minute"', '"percent"').replace("value = 20", "value = 20.5")
    with pytest.raises(TypeError):
        Policy(read_book(write(text)), date(2025, 1, 1), "HQ/").minutes("reception.wait")


@pytest.mark.parametrize(
    ("found", "comparator", "outcome"),
    [
        (20, "≤", Outcome.MET),
        (21, "≤", Outcome.NOT_MET),
        (20, "≥", Outcome.MET),
        (19, "≥", Outcome.NOT_MET),
        (None, "≤", Outcome.NOT_KNOWN),
    ],
)
def test_a_comparison_includes_its_boundary(write: Write, found: int | None, comparator: str, outcome: Outcome) -> None:
    policy = Policy(read_book(write(WHOLE)), date(2025, 1, 1), "HQ/")
    verdict = compare("reception.wait", policy, "reception.wait", found, comparator)
    assert (verdict.outcome, verdict.clause, verdict.limit) == (outcome, "R6.3", 20)


# ---------------------------------------------------------------- clauses
def test_clauses_stand_in_the_order_of_the_book() -> None:
    codes = list(clauses())
    assert codes.index("F8.4") < codes.index("R1")
    assert codes.index("R2.8") < codes.index("R10.1") < codes.index("R10.2") < codes.index("R10.10")
    assert codes == sorted(codes, key=order)


def test_a_clause_belongs_to_its_regulation() -> None:
    assert [regulation_of(code) for code in ("F2.1", "R10.11", "R1", "law")] == ["F", "R10", "R1", ""]
    assert codes_in("R2.2, F2.8") == ("R2.2", "F2.8")
    assert codes_in("") == ()


def test_a_broken_name_of_a_clause_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from guimian.base.policy import clauses as module

    path = tmp_path / "clauses.toml"
    monkeypatch.setattr(module, "FILE", path)
    for text in ('"R1.3" = { zh = "甲" }', '"X1" = { zh = "甲", en = "A" }', '"R1" = { zh = "", en = "A" }'):
        path.write_text(text, encoding="utf-8")
        module.clauses.cache_clear()
        with pytest.raises(BrokenPolicy, match="clauses"):
            module.clauses()
    module.clauses.cache_clear()
