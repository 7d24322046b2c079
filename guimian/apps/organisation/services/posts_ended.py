"""Ending posts (R10.11)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from guimian.apps.organisation.models import Person, Post
from guimian.apps.organisation.services.posts import UnableToGivePost, facts, may_give
from guimian.base import journal
from guimian.base.errors import Unable


class UnableToEndPost(Unable):
    """The post cannot end on that day, or not by this person."""


def end_post(*, post: Post, ends_on: date, reason: str = "", by: Person | None, now: datetime) -> Post:
    """End a post: `ends_on` is the first day it is no more, today at the earliest.

    Raises UnableToEndPost when the day lies in the past or before the post's start, or `by` could not give the post.
    """
    with transaction.atomic():
        row = Post.objects.select_for_update(of=("self",)).select_related("unit", "person").get(pk=post.pk)
        _may_end(row, ends_on, by, now)
        before = {"ends_on": row.ends_on}
        row.ends_on = ends_on
        row.save(update_fields=["ends_on"])
        journal.record(
            unit=row.unit,
            by=by,
            event="organisation.post.ended",
            subject=row.person,
            now=now,
            before=before,
            after=facts(row),
            reason=reason,
        )
    return row


def _may_end(post: Post, ends_on: date, by: Person | None, now: datetime) -> None:
    today = post.unit.local_day(now)
    if post.ends_on is not None and post.ends_on <= today:
        raise UnableToEndPost(_("The post has ended already."), found=post.ends_on)
    if ends_on <= post.starts_on or ends_on < today:
        raise UnableToEndPost(
            _("A post ends today at the earliest, and after it started."), found=ends_on, wanted=today
        )
    try:
        may_give(post.role, post.unit, by, now)
    except UnableToGivePost as error:
        raise UnableToEndPost(
            _("Your posts do not let you end this one."), clause=error.clause, found=error.found, wanted=error.wanted
        ) from error
