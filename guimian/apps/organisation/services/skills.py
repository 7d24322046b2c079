"""What people can do, and up to how much alone (R2.6, R5.7)."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from guimian.apps.organisation.models import Person, PersonSkill, Skill, Unit
from guimian.base import journal
from guimian.base.errors import Unable


class UnableToSetSkill(Unable):
    """The skill cannot be set like this."""


def set_skill(
    *,
    person: Person,
    skill: Skill,
    level: int,
    authorised_to: Decimal,
    unit: Unit,
    by: Person | None,
    now: datetime,
) -> PersonSkill:
    """Set what a person can do: the level, and up to how much (CNY a single case) alone (R2.6, R5.7).

    Raises UnableToSetSkill for oneself, for somebody who has left, and for an authority below zero.
    """
    if authorised_to < 0 or level not in PersonSkill.Level.values:
        raise UnableToSetSkill(_("A level from 1 to 3 and an amount from zero."), found=authorised_to, wanted=0)
    with transaction.atomic():
        _may_set(person, by)
        row = PersonSkill.objects.filter(person=person, skill=skill).first()
        before = {"level": row.level, "authorised_to": row.authorised_to} if row else None
        after = {"skill": skill.code, "level": level, "authorised_to": authorised_to}
        if row is None:
            row = PersonSkill(person=person, skill=skill, since=unit.local_day(now))
        row.level, row.authorised_to = level, authorised_to
        row.save()
        journal.record(
            unit=unit, by=by, event="organisation.skill.set", subject=person, now=now, before=before, after=after
        )
    return row


def _may_set(person: Person, by: Person | None) -> None:
    """Holds the person's row until the transaction ends."""
    row = Person.objects.select_for_update().get(pk=person.pk)
    if by is not None and by.pk == row.pk:
        raise UnableToSetSkill(_("Nobody widens his own authority."), clause="R10.11")
    if row.left_on is not None:
        raise UnableToSetSkill(_("The person has left."), clause="R10.11", found=row.left_on)


def remove_skill(*, person: Person, skill: Skill, unit: Unit, by: Person | None, now: datetime) -> None:
    """Take a skill away that was set; one that is not set stays so, and nothing is journalled.

    Raises UnableToSetSkill for oneself, and for somebody who has left.
    """
    with transaction.atomic():
        _may_set(person, by)
        row = PersonSkill.objects.filter(person=person, skill=skill).first()
        if row is None:
            return
        before = {"skill": skill.code, "level": row.level, "authorised_to": row.authorised_to}
        row.delete()
        journal.record(unit=unit, by=by, event="organisation.skill.removed", subject=person, now=now, before=before)
