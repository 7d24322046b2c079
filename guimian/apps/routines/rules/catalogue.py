"""Which entry of a catalogue holds at a unit on a day: the nearest unit's, and of that the latest begun."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar


class Entry(Protocol):
    """An entry of a catalogue: kept at the unit with this path, from a day on."""

    @property
    def code(self) -> str: ...
    @property
    def path(self) -> str: ...
    @property
    def from_date(self) -> date: ...
    @property
    def is_retired(self) -> bool: ...
    @property
    def position(self) -> int: ...


E = TypeVar("E", bound=Entry)


def standing(entries: Iterable[E], path: str, day: date) -> dict[str, E]:
    """By code, the row that decides at the unit with this path on the day; it may say that the entry is retired."""
    found: dict[str, E] = {}
    for entry in entries:
        if not path.startswith(entry.path) or entry.from_date > day:
            continue
        other = found.get(entry.code)
        if other is None or (len(entry.path), entry.from_date) > (len(other.path), other.from_date):
            found[entry.code] = entry
    return found


def in_force(entries: Iterable[E], path: str, day: date) -> tuple[E, ...]:
    """The entries in force, in their order."""
    kept = [entry for entry in standing(entries, path, day).values() if not entry.is_retired]
    return tuple(sorted(kept, key=lambda entry: (entry.position, entry.code)))
