"""What stands in addresses beyond text and numbers."""

from __future__ import annotations

from datetime import date


class DayConverter:
    """A day, as 2026-11-23: `path("day/<day:day>/", …)`. What is no day of the calendar is no address (404)."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        return str(value)
