"""What the services of the daily close have in common."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import models

from guimian.base import journal
from guimian.base.live import publish

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit

TOPIC = "daily_close"


def tell(
    row: models.Model, unit: Unit, event: str, by: Person | None, now: datetime, reason: str = "", **after: Any
) -> None:
    """One journal row and one word to the open pages."""
    journal.record(unit=unit, by=by, event=event, subject=row, now=now, after=after or None, reason=reason)
    publish(TOPIC, unit)
