"""Reads policy files and answers which figure is in force on a day at a unit.

A figure is text in TOML that a manager can read:

    [comfort_after]
    clause = "R6.3"
    unit = "minute"
    title = { zh = "等候安抚时限", en = "Wait before a word of comfort" }
    values = [{ from = 2021-10-01, value = 20 }]

`locked = true` keeps a figure the same everywhere. `confirm = true` keeps the handbook's "(?)": the figure is this
reading's reconstruction and is shown as to be confirmed. A change at a unit holds there and below it; the nearest unit
wins, and at one unit the latest day that has come.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from pathlib import Path
from typing import Any

Value = int | Decimal | bool | str | time | tuple[Any, ...]

#: unit of a figure -> the types its values may have
UNITS: dict[str, tuple[type, ...]] = {
    "minute": (int,),
    "hour": (int,),
    "day": (int,),
    "working_day": (int,),
    "month": (int,),
    "year": (int,),
    "metre": (int, Decimal),
    "square_metre": (int, Decimal),
    "percent": (int, Decimal),
    "cny": (int, Decimal),
    "count": (int,),
    "person": (int,),
    "point": (int, Decimal),
    "time_of_day": (time,),
    "yes_no": (bool,),
    "text": (str,),
    "roles": (tuple,),
    "list": (tuple,),
}


class BrokenPolicy(ValueError):
    """A policy file that cannot be trusted: which file, which figure, what is wrong with it."""


@dataclass(frozen=True)
class Dated:
    """A value from a day on."""

    from_date: date
    value: Value


@dataclass(frozen=True)
class Figure:
    """One figure of a regulation. `values` are in order of their days."""

    key: str
    clause: str
    unit: str
    title: Mapping[str, str]
    values: tuple[Dated, ...]
    unsure: bool = False
    locked: bool = False
    note: Mapping[str, str] = field(default_factory=dict)
    least: Decimal | None = None
    most: Decimal | None = None

    def accepts(self, value: object) -> bool:
        """Whether the figure may have this value: its type, and its bounds where it has some."""
        allowed = UNITS[self.unit]
        if isinstance(value, bool) != (bool in allowed) or not isinstance(value, allowed):
            return False
        if isinstance(value, int | Decimal):
            low = self.least if self.least is not None else Decimal(0)
            return low <= value and (self.most is None or value <= self.most)
        return True


@dataclass(frozen=True)
class Change:
    """A figure changed at one unit (by its path) from a day on; `value` None gives it back to the unit above.

    `until` is the first day it holds no more (None: for good); an earlier change of the same unit may hold again then.
    """

    path: str
    key: str
    from_date: date
    value: Value | None
    until: date | None = None

    def holds(self, day: date) -> bool:
        return self.from_date <= day and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Origin:
    """Where a figure in force comes from: "" for the regulation itself, else the path of the unit that changed it."""

    path: str
    from_date: date


class Policy(Mapping[str, Value]):
    """The figures in force on one day at one unit: `policy["reception.comfort_after"]`."""

    def __init__(self, book: Book, day: date, path: str, changes: Iterable[Change] = ()) -> None:
        self.book = book
        self.day = day
        self.path = path
        self._changes: dict[str, list[Change]] = {}
        for change in changes:
            if path.startswith(change.path) and change.holds(day):
                self._changes.setdefault(change.key, []).append(change)

    def __getitem__(self, key: str) -> Value:
        return self.resolve(key)[0]

    def __iter__(self) -> Iterator[str]:
        return (key for key, figure in self.book.figures.items() if figure.values[0].from_date <= self.day)

    def __len__(self) -> int:
        return sum(1 for _key in self)

    def figure(self, key: str) -> Figure:
        """The figure itself: title, clause, unit, mark."""
        return self.book.figures[key]

    def origin(self, key: str) -> Origin:
        return self.resolve(key)[1]

    def resolve(self, key: str) -> tuple[Value, Origin]:
        """The value in force and where it comes from. KeyError when there is no such figure on that day."""
        figure = self.book.figures[key]
        given = [dated for dated in figure.values if dated.from_date <= self.day]
        if not given:
            raise KeyError(f"{key} has no value on {self.day}")
        latest: dict[str, Change] = {}
        for change in sorted(self._changes.get(key, ()), key=lambda change: change.from_date):
            latest[change.path] = change
        for path in sorted(latest, key=len, reverse=True):
            value = latest[path].value
            if value is not None:
                return value, Origin(path, latest[path].from_date)
        return given[-1].value, Origin("", given[-1].from_date)

    def minutes(self, key: str) -> int:
        """A figure that is a whole number (of minutes, days, people…)."""
        value = self[key]
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(f"{key} is not a whole number")
        return value

    whole = minutes


@dataclass(frozen=True)
class Book:
    """All figures, by key (`app.figure`)."""

    figures: Mapping[str, Figure]

    def policy(self, day: date, path: str = "", changes: Iterable[Change] = ()) -> Policy:
        return Policy(self, day, path, changes)


def read_book(files: Mapping[str, Path]) -> Book:
    """Read one policy file per app. Raises BrokenPolicy naming file, figure and fault; nothing is half-read."""
    figures: dict[str, Figure] = {}
    for app, path in files.items():
        for name, raw in _toml(path).items():
            figure = _figure(f"{app}.{name}", raw, path)
            figures[figure.key] = figure
    return Book(figures)


def _toml(path: Path) -> dict[str, Any]:
    try:
        with path.open("rb") as handle:
            return tomllib.load(handle, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise BrokenPolicy(f"{path}: {error}") from error


def _figure(key: str, raw: Any, path: Path) -> Figure:
    def broken(why: str) -> BrokenPolicy:
        return BrokenPolicy(f"{path}: {key}: {why}")

    if not isinstance(raw, dict):
        raise broken("a figure is a table with clause, unit, title and values")
    unknown = set(raw) - {"clause", "unit", "title", "values", "confirm", "locked", "note", "least", "most"}
    missing = {"clause", "unit", "title", "values"} - set(raw)
    if unknown or missing:
        raise broken(f"unknown {sorted(unknown)}, missing {sorted(missing)}")
    if raw["unit"] not in UNITS:
        raise broken(f"unknown unit {raw['unit']!r}; known: {', '.join(sorted(UNITS))}")
    for text in filter(None, (raw["title"], raw.get("note"))):
        if set(text) != {"zh", "en"} or not all(text.values()):
            raise broken("titles and notes are given in zh and en")
    figure = Figure(
        key=key,
        clause=raw["clause"],
        unit=raw["unit"],
        title=raw["title"],
        values=tuple(_dated(item, broken) for item in raw["values"]),
        unsure=raw.get("confirm", False),
        locked=raw.get("locked", False),
        note=raw.get("note", {}),
        least=_bound(raw.get("least")),
        most=_bound(raw.get("most")),
    )
    _check(figure, broken)
    return figure


def _bound(raw: Any) -> Decimal | None:
    return None if raw is None else Decimal(raw)


def _dated(item: Any, broken: Any) -> Dated:
    if not isinstance(item, dict) or set(item) != {"from", "value"} or type(item["from"]) is not date:
        raise broken("a value is { from = DAY, value = … }")
    value = item["value"]
    return Dated(item["from"], tuple(value) if isinstance(value, list) else value)


def _check(figure: Figure, broken: Any) -> None:
    if not figure.clause:
        raise broken("no clause")
    if not figure.values:
        raise broken("no value")
    days = [dated.from_date for dated in figure.values]
    if days != sorted(set(days)):
        raise broken("values are not in the order of their days, or two begin on one day")
    for dated in figure.values:
        if not figure.accepts(dated.value):
            raise broken(f"{dated.value!r} is not a value for unit {figure.unit!r} within its bounds")
