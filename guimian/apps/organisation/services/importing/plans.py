"""What an import would do, line by line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from guimian.apps.organisation.intake import BadCell, Line
from guimian.apps.organisation.services.personal import KEPT_OUT
from guimian.base.errors import Unable

#: What a line does to the company.
NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"


class UnableToImport(Unable):
    """The file is unreadable, has bad lines, or does something else than what was shown."""


@dataclass(frozen=True)
class RowPlan:
    """What a line does: `fields` are (name, before, after); personal data is named, not shown (R10.7)."""

    sheet: str
    line: int
    key: str
    outcome: str
    fields: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class ImportPlan:
    """Every line's outcome and every bad cell; `digest` stands for the file together with what it does."""

    rows: tuple[RowPlan, ...]
    bad: tuple[BadCell, ...]
    digest: str

    def count(self, outcome: str) -> int:
        return sum(1 for row in self.rows if row.outcome == outcome)

    @property
    def changes(self) -> int:
        return len(self.rows) - self.count(UNCHANGED)

    @property
    def counts(self) -> dict[str, int]:
        return {outcome: self.count(outcome) for outcome in (NEW, CHANGED, UNCHANGED)}


def outcome_of(line: Line, key: str, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> RowPlan:
    """What the line did; without a `before` everything is new."""
    if before is None:
        fields = tuple((name, "", plain(name, value, "given")) for name, value in after.items())
        return RowPlan(line.sheet, line.line, key, NEW, fields)
    changed = tuple(
        (name, plain(name, before[name], "given"), plain(name, value, "changed"))
        for name, value in after.items()
        if before[name] != value
    )
    return RowPlan(line.sheet, line.line, key, CHANGED if changed else UNCHANGED, changed)


def plain(name: str, value: Any, word: str) -> str:
    """A value as text; personal data by the `word` instead of its content."""
    if name in KEPT_OUT:
        return word if value else ""
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return "" if value is None else str(value)
