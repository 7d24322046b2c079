"""People who join, with their first post (R10.7, R10.11)."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from guimian.apps.organisation.models import Person, Post, Unit, valid_staff_number
from guimian.apps.organisation.services.personal import indexes, without_content
from guimian.apps.organisation.services.posts import UnableToGivePost, facts, may_give
from guimian.apps.organisation.services.shared import locked
from guimian.base import journal
from guimian.base.errors import Unable


class UnableToAddPerson(Unable):
    """The staff number is taken or the post cannot be given."""


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
        unit = locked(unit)
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
