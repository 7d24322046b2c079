"""People who change and who leave (R10.7, R10.11)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from guimian.apps.organisation.models import Person, Unit
from guimian.apps.organisation.services.personal import indexes, without_content
from guimian.apps.organisation.services.shared import differences
from guimian.base import journal
from guimian.base.errors import Unable


class UnableToChangePerson(Unable):
    """The person has left."""


def change_person(*, person: Person, unit: Unit, by: Person | None, now: datetime, **fields: Any) -> Person:
    """Change names, e-mail, telephone or identity number; journalled at `unit`. Only what differs is written.

    Raises UnableToChangePerson when the person has left.
    """
    unknown = set(fields) - {"name", "name_en", "email", "phone", "identity", "joined_on"}
    if unknown:
        raise TypeError(f"{sorted(unknown)} of a person are not changed here")
    with transaction.atomic():
        row = Person.objects.select_for_update().get(pk=person.pk)
        before, after = differences(row, fields)
        if not after:
            return row
        if row.left_on is not None:
            raise UnableToChangePerson(_("The person has left."), clause="R10.11", found=row.left_on)
        digests = indexes(after)
        differences(row, digests)
        row.save(update_fields=[*after, *digests])
        journal.record(
            unit=unit,
            by=by,
            event="organisation.person.changed",
            subject=row,
            now=now,
            before=without_content(before, "given"),
            after=without_content(after, "changed"),
        )
    return row
