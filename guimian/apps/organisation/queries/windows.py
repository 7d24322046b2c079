"""The windows of a counter, and what they can serve."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Prefetch, QuerySet

from guimian.apps.organisation.models import Skill, Unit, Window


@dataclass(frozen=True)
class WindowRow:
    """A window as a page shows it, with the labels of the lines of business it serves."""

    pk: int
    number: int
    name: str
    skills: tuple[str, ...]
    is_cashier: bool
    is_priority: bool
    closed_on: date | None
    is_open: bool


def window_list(unit: Unit) -> QuerySet[Window]:
    """The windows of a unit that is past the guard, by number, with their lines of business. Two queries."""
    return unit.windows.prefetch_related(Prefetch("skills", Skill.objects.order_by("code"))).order_by("number")


def windows_of(unit: Unit, day: date) -> tuple[WindowRow, ...]:
    """The windows of a unit that is past the guard, by number, as they stand on the day. Two queries."""
    return tuple(
        WindowRow(
            row.pk,
            row.number,
            row.name,
            tuple(skill.label for skill in row.skills.all()),
            row.is_cashier,
            row.is_priority,
            row.closed_on,
            not row.is_closed(day),
        )
        for row in window_list(unit)
    )


def window_of(unit: Unit, number: int) -> Window:
    """A window of the unit by its number. Raises Window.DoesNotExist."""
    return unit.windows.prefetch_related("skills").get(number=number)


def skills() -> QuerySet[Skill]:
    """The company's lines of business, by code."""
    return Skill.objects.order_by("code")


def skill(code: str) -> Skill:
    """A line of business. Raises Skill.DoesNotExist."""
    return Skill.objects.get(code=code)


def next_number(unit: Unit) -> int:
    """The number after the highest that a window of the unit ever had."""
    return int(unit.windows.aggregate(highest=Max("number"))["highest"] or 0) + 1
