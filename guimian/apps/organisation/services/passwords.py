"""First and new passwords (R10.11)."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from guimian.apps.organisation.models import Person, Unit
from guimian.apps.organisation.services.posts import UnableToGivePost, may_give
from guimian.base import journal
from guimian.base.errors import Unable


class UnableToGivePassword(Unable):
    """One's own, or that of somebody whose posts one may not give."""


def give_password(*, person: Person, unit: Unit, by: Person, now: datetime) -> str:
    """A new password that nobody else knows, to be told to the person and changed by them; all their sessions end.

    Raises UnableToGivePassword for oneself, for somebody who has left, and for somebody with a post, now or to come,
    that one could not give (R10.11): whoever knows a password holds the posts.
    """
    if person.pk == by.pk:
        raise UnableToGivePassword(_("Change your own password on your profile."), clause="R10.11")
    password = "-".join(secrets.token_hex(2) for _group in range(4))
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        _may_give_password(person, unit.local_day(now), by, now)
        person.set_password(password)
        person.save(update_fields=["password"])
        journal.record(unit=unit, by=by, event="organisation.password.given", subject=person, now=now)
    return password


def _may_give_password(person: Person, day: date, by: Person, now: datetime) -> None:
    if person.left_on is not None:
        raise UnableToGivePassword(_("The person has left."), clause="R10.11", found=person.left_on)
    for post in person.posts.exclude(ends_on__lte=day).select_related("unit"):
        try:
            may_give(post.role, post.unit, by, now)
        except UnableToGivePost as error:
            raise UnableToGivePassword(
                _("The person holds a post that you may not give: ask the one above you."),
                clause=error.clause,
                wanted=error.wanted,
            ) from error


def set_passwords(*, people: Iterable[Person], password: str) -> int:
    """Give several people one password, hashed once: the demo company's. RuntimeError outside demo mode."""
    if not settings.DEMO:
        raise RuntimeError("One password for several people is for the demo company only.")
    return Person.objects.filter(pk__in=[person.pk for person in people]).update(password=make_password(password))
