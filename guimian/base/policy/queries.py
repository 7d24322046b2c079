"""Reads of the policy: the book of all apps, and what is in force at a unit on a day."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.apps import apps

from guimian.base.models import PolicyOverride
from guimian.base.templatetags.ui import quantity
from guimian.engines.policy import Book, Change, Figure, Policy, Value, read_book

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit


def policy_files() -> dict[str, Path]:
    """Each app's `policy.toml`, by app label."""
    found = {config.label: Path(config.path) / "policy.toml" for config in apps.get_app_configs()}
    return {label: path for label, path in found.items() if path.exists()}


@cache
def book() -> Book:
    """All figures of all apps, read once. A system check has read them before the first request."""
    return read_book(policy_files())


def ancestor_paths(path: str) -> list[str]:
    """`HQ/P32/` -> ["HQ/", "HQ/P32/"]"""
    parts = path.rstrip("/").split("/")
    return ["/".join(parts[: count + 1]) + "/" for count in range(len(parts))]


def as_stored(value: Value | None) -> Any:
    """A value as the override's JSON holds it."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, time):
        return value.isoformat("minutes")
    return list(value) if isinstance(value, tuple) else value


def decoded(figure: Figure, stored: Any) -> Value | None:
    """What the override's JSON stands for. Bounds are not asked: those of today do not unmake what held yesterday."""
    if stored is None:
        return None
    if figure.unit == "time_of_day":
        return time.fromisoformat(stored)
    if isinstance(stored, list):
        return tuple(stored)
    if isinstance(stored, str) and figure.unit != "text":
        return Decimal(stored)
    return stored  # type: ignore[no-any-return]  # a number, a word, yes or no


def changes(overrides: Iterable[PolicyOverride]) -> list[Change]:
    figures = book().figures
    return [
        Change(row.unit.path, row.key, row.from_date, decoded(figures[row.key], row.value), row.until)
        for row in overrides
        if row.key in figures
    ]


def on(day: date, unit: Unit) -> Policy:
    """The figures in force at the unit on the day, its own and its superiors' changes applied. One query."""
    overrides = PolicyOverride.objects.filter(
        unit__path__in=ancestor_paths(unit.path), from_date__lte=day, state=PolicyOverride.State.APPROVED
    ).select_related("unit")
    return book().policy(day, unit.path, changes(overrides))


def everywhere(day: date) -> Callable[[Unit], Policy]:
    """The figures in force on the day at whichever unit is asked for: `on` for many units. One query in all."""
    overrides = PolicyOverride.objects.filter(from_date__lte=day, state=PolicyOverride.State.APPROVED)
    standing = changes(overrides.select_related("unit"))
    return lambda unit: book().policy(day, unit.path, standing)


def bounds_text(figure: Figure) -> str:
    """`10 min – 60 min`, `≥ 1 person`; empty when the figure has no bounds of its own."""
    low = quantity(figure.least, figure.unit) if figure.least is not None else ""
    high = quantity(figure.most, figure.unit) if figure.most is not None else ""
    if low and high:
        return f"{low} – {high}"
    return f"≤ {high}" if high else f"≥ {low}" if low else ""
