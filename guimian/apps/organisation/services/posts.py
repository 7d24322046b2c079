"""Giving and ending posts: who may do what, where, from when on (R10.11)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guimian.apps.organisation import rules
from guimian.apps.organisation.models import Person, Post, Unit
from guimian.apps.organisation.services.shared import locked, require, roles_at
from guimian.base import journal, policy
from guimian.base.errors import Unable


class UnableToGivePost(Unable):
    """The post cannot be held there, or not be given by this person."""


def give_post(
    *,
    person: Person,
    role: str,
    unit: Unit,
    starts_on: date,
    ends_on: date | None = None,
    by: Person | None,
    now: datetime,
) -> Post:
    """Give a person a role at a unit from a day on, until `ends_on` (the first day it is no more; None: until ended).

    Raises UnableToGivePost (R10.11): the level does not fit, `by` may not give it there, nobody gives one to himself,
    the person has left, the unit is closed, or the same post is held on one of the days.
    """
    with transaction.atomic():
        unit = locked(unit)
        holder = Person.objects.select_for_update().get(pk=person.pk)
        may_give(role, unit, by, now, to=holder)
        _may_hold(holder, role, unit, starts_on, ends_on)
        post = Post.objects.create(person=holder, role=role, unit=unit, starts_on=starts_on, ends_on=ends_on)
        journal.record(unit=unit, by=by, event="organisation.post.given", subject=holder, now=now, after=facts(post))
    return post


def facts(post: Post) -> dict[str, Any]:
    return {"role": post.role, "unit": post.unit.code, "starts_on": post.starts_on, "ends_on": post.ends_on}


def may_give(role: str, unit: Unit, by: Person | None, now: datetime, to: Person | None = None) -> None:
    """Raise UnableToGivePost unless the role fits the unit's level and `by` may give it there (R10.11)."""
    figures = policy.on(unit.local_day(now), unit)
    require(
        rules.judge_role_at(figures, role=role, level=unit.level),
        UnableToGivePost,
        _("This post is not held at a unit of this level."),
    )
    if by is None:
        return
    to_oneself = to is not None and to.pk == by.pk
    verdict = rules.judge_giving(
        figures, role=role, giver_roles=roles_at(by, unit, unit.local_day(now)), to_oneself=to_oneself
    )
    message = _("Nobody gives a post to himself.") if to_oneself else _("Your posts do not let you give this one.")
    require(verdict, UnableToGivePost, message)


def _may_hold(person: Person, role: str, unit: Unit, starts_on: date, ends_on: date | None) -> None:
    if person.left_on is not None:
        raise UnableToGivePost(_("The person has left."), clause="R10.11", found=person.left_on)
    if ends_on is not None and ends_on <= starts_on:
        raise UnableToGivePost(_("A post ends after it starts."), found=ends_on, wanted=starts_on)
    if person.joined_on is not None and starts_on < person.joined_on:
        raise UnableToGivePost(
            _("The person joins later than the post would start."), found=starts_on, wanted=person.joined_on
        )
    if unit.closed_on is not None and (ends_on is None or ends_on > unit.closed_on):
        raise UnableToGivePost(_("The unit is closed on some of these days."), found=ends_on, wanted=unit.closed_on)
    same = Post.objects.filter(person=person, role=role, unit=unit)
    overlap = Q(ends_on=None) | Q(ends_on__gt=starts_on)
    if ends_on is not None:
        overlap &= Q(starts_on__lt=ends_on)
    if held := same.filter(overlap).first():
        raise UnableToGivePost(_("The person holds this post already on some of these days."), found=held.starts_on)
