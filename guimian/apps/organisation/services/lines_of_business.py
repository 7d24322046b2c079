"""The company's list of lines of business."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from guimian.apps.organisation.models import Person, Skill, Unit
from guimian.base import journal


def add_skill(*, code: str, name: str, name_en: str, unit: Unit, by: Person | None, now: datetime) -> Skill:
    """Add a line of business to the company's list, or give back the one that has the code. Journalled at `unit`."""
    with transaction.atomic():
        skill, is_new = Skill.objects.get_or_create(code=code, defaults={"name": name, "name_en": name_en})
        if is_new:
            journal.record(
                unit=unit, by=by, event="organisation.skill.added", subject=skill, now=now, after={"code": code}
            )
    return skill
