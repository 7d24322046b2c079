"""People: joining, changing, leaving, and what they can do (R2.6, R10.7, R10.11)."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from guimian.apps.organisation.models import Person, PersonSkill, Post, Skill, Unit, valid_staff_number
from guimian.apps.organisation.services.posts import UnableToGivePost, facts, may_give
from guimian.apps.organisation.services.shared import differences
from guimian.base import journal
from guimian.base.errors import Unable
from guimian.base.personal import blind_index

#: Personal data is encrypted, found by a keyed digest, and named in the journal without its content (R10.7).
PERSONAL = {"phone": "phone_index", "identity": "identity_index"}
KEPT_OUT = {*PERSONAL, "email"}


class UnableToAddPerson(Unable):
    """The staff number is taken or the post cannot be given."""


class UnableToChangePerson(Unable):
    """The person has left."""


class UnableToLetGo(Unable):
    """The person cannot be let go by this one."""


class UnableToSetSkill(Unable):
    """The skill cannot be set like this."""


class UnableToGivePassword(Unable):
    """One's own, or that of somebody whose posts one may not give."""


def indexes(fields: dict[str, Any]) -> dict[str, str]:
    """The keyed digests that go with changed personal fields."""
    return {
        PERSONAL[name]: blind_index(text, f"organisation.person.{name}") if text else ""
        for name, text in fields.items()
        if name in PERSONAL
    }


def without_content(fields: dict[str, Any], word: str) -> dict[str, Any]:
    """The fields as the journal may hold them: personal ones by a word instead of their content."""
    return {name: (word if name in KEPT_OUT and value else value) for name, value in fields.items()}


def add_person(
    *,
    staff_number: str,
    name: str,
    unit: Unit,
    role: str,
    starts_on: date,
    ends_on: date | None = None,
    joined_on: date | None = None,
    by: Person | None,
    now: datetime,
    **personal: str,
) -> Person:
    """Add somebody with the first post; the password is set by the person, until then nobody signs in.

    `personal` may hold name_en, email, phone, identity. Raises UnableToAddPerson; a post that may not be given (R10.11)
    is told with its clause.
    """
    try:
        valid_staff_number(staff_number)
    except ValidationError as error:
        raise UnableToAddPerson(error.messages[0], found=staff_number) from error
    person = Person(
        staff_number=staff_number, name=name, joined_on=joined_on or starts_on, **personal, **indexes(dict(personal))
    )
    person.set_unusable_password()
    with transaction.atomic():
        _may_add(person, role, unit, starts_on, ends_on, by, now)
        try:
            with transaction.atomic():
                person.save(force_insert=True)
        except IntegrityError as error:
            raise UnableToAddPerson(_("This staff number is taken."), found=staff_number) from error
        post = Post.objects.create(person=person, role=role, unit=unit, starts_on=starts_on, ends_on=ends_on)
        after = without_content({"staff_number": staff_number, "name": name, **personal}, "given")
        journal.record(
            unit=unit,
            by=by,
            event="organisation.person.joined",
            subject=person,
            now=now,
            after=after | {"post": facts(post)},
        )
    return person


def _may_add(
    person: Person, role: str, unit: Unit, starts_on: date, ends_on: date | None, by: Person | None, now: datetime
) -> None:
    try:
        may_give(role, unit, by, now)
    except UnableToGivePost as error:
        raise UnableToAddPerson(error.message, clause=error.clause, found=error.found, wanted=error.wanted) from error
    if ends_on is not None and ends_on <= starts_on:
        raise UnableToAddPerson(_("A post ends after it starts."), found=ends_on, wanted=starts_on)
    if person.joined_on is not None and person.joined_on > starts_on:
        raise UnableToAddPerson(
            _("The person joins later than the post would start."), found=starts_on, wanted=person.joined_on
        )
    if unit.closed_on is not None:
        raise UnableToAddPerson(_("The unit is closed."), found=unit.closed_on)
    if Person.objects.filter(staff_number__iexact=person.staff_number).exists():
        raise UnableToAddPerson(_("This staff number is taken."), found=person.staff_number)


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


def let_go(*, person: Person, unit: Unit, reason: str, by: Person | None, now: datetime) -> Person:
    """Let somebody go: locked out at once, every post ends today, every session ends (R10.11).

    A post that would start today or later is taken back. The password is made unusable, so that each open session
    fails its next check. Raises UnableToLetGo for oneself, or when a post lies outside what `by` may give.
    """
    today = unit.local_day(now)
    with transaction.atomic():
        row = Person.objects.select_for_update().get(pk=person.pk)
        posts = list(row.posts.select_related("unit").exclude(ends_on__lte=today).order_by("starts_on", "pk"))
        _may_let_go(row, posts, by, now)
        held = [facts(post) for post in posts]
        row.posts.filter(starts_on__gte=today).delete()
        row.posts.exclude(ends_on__lte=today).update(ends_on=today)
        row.is_active, row.left_on = False, today
        row.set_unusable_password()
        row.save(update_fields=["is_active", "left_on", "password"])
        journal.record(
            unit=unit,
            by=by,
            event="organisation.person.left",
            subject=row,
            now=now,
            before={"posts": held},
            after={"left_on": today},
            reason=reason,
        )
    return row


def _may_let_go(person: Person, posts: Iterable[Post], by: Person | None, now: datetime) -> None:
    if person.left_on is not None:
        raise UnableToLetGo(_("The person has left."), clause="R10.11", found=person.left_on)
    if by is not None and by.pk == person.pk:
        raise UnableToLetGo(_("Nobody lets himself go: ask the one above you."), clause="R10.11")
    try:
        for post in posts:
            may_give(post.role, post.unit, by, now)
    except UnableToGivePost as error:
        raise UnableToLetGo(
            _("The person holds a post that you may not end: ask the one above you."),
            clause=error.clause,
            wanted=error.wanted,
        ) from error


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

    Raises UnableToSetSkill for oneself, and for an authority below zero.
    """
    if by is not None and by.pk == person.pk:
        raise UnableToSetSkill(_("Nobody widens his own authority."), clause="R10.11")
    if authorised_to < 0 or level not in PersonSkill.Level.values:
        raise UnableToSetSkill(_("A level from 1 to 3 and an amount from zero."), found=authorised_to, wanted=0)
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
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


def give_password(*, person: Person, unit: Unit, by: Person, now: datetime) -> str:
    """A new password that nobody else knows, to be told to the person and changed by them; all their sessions end.

    Raises UnableToGivePassword for oneself, and for somebody whose posts one could not give (R10.11).
    """
    if person.pk == by.pk:
        raise UnableToGivePassword(_("Change your own password on your profile."), clause="R10.11")
    for post in person.posts.filter(Post.in_force(unit.local_day(now))).select_related("unit"):
        try:
            may_give(post.role, post.unit, by, now, to=person)
        except UnableToGivePost as error:
            raise UnableToGivePassword(
                _("The person holds a post that you may not give: ask the one above you."),
                clause=error.clause, found=error.found, wanted=error.wanted,
            ) from error  # fmt: skip
    password = "-".join(secrets.token_hex(2) for _group in range(4))
    with transaction.atomic():
        person.set_password(password)
        person.save(update_fields=["password"])
        journal.record(unit=unit, by=by, event="organisation.password.given", subject=person, now=now)
    return password


def set_passwords(*, people: Iterable[Person], password: str) -> int:
    """Give several people one password, hashed once: the demo company's. RuntimeError outside demo mode."""
    if not settings.DEMO:
        raise RuntimeError("One password for several people is for the demo company only.")
    return Person.objects.filter(pk__in=[person.pk for person in people]).update(password=make_password(password))
