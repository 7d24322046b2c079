"""The list of causes grows (R5.2)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from guimian.apps.daily_close.models import Cause
from guimian.apps.daily_close.services.shared import tell

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit


def add_cause(*, code: str, name: str, name_en: str, unit: Unit, by: Person | None, now: datetime) -> Cause:
    """Add a cause to the company's list, or give back the one that has the code. Journalled at `unit`."""
    with transaction.atomic():
        fields = {"name": name.strip(), "name_en": name_en.strip(), "place": Cause.objects.count()}
        cause, is_new = Cause.objects.get_or_create(code=code, defaults=fields)
        if is_new:
            tell(cause, unit, "daily_close.cause.added", by, now, code=code)
    return cause
