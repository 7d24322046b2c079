"""People who leave (R10.11)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from guimian.apps.organisation.models import Person, Post, Unit
from guimian.apps.organisation.services.posts import UnableToGivePost, facts, may_give
from guimian.base import journal
from guimian.base.errors import Unable


class UnableToLetGo(Unable):
    """The person cannot be let go by this one."""


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
