"""Closing units (F4.2)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from guimian.apps.organisation.models import Person, Post, Unit
from guimian.apps.organisation.services.shared import locked
from guimian.base import journal
from guimian.base.errors import Unable


class UnableToCloseUnit(Unable):
    """Something still stands in the unit."""


def close_unit(*, unit: Unit, closed_on: date, reason: str, by: Person | None, now: datetime) -> Unit:
    """Close a unit from `closed_on` on (the first day it is no more); its windows close on that day.

    Raises UnableToCloseUnit while a unit below is open or somebody holds a post on that day, and for headquarters.
    """
    with transaction.atomic():
        row = locked(unit)
        _may_close(row, closed_on, now)
        row.closed_on = closed_on
        row.save(update_fields=["closed_on"])
        row.windows.filter(closed_on=None).update(closed_on=closed_on)
        journal.record(
            unit=row,
            by=by,
            event="organisation.unit.closed",
            subject=row,
            now=now,
            before={"closed_on": None},
            after={"closed_on": closed_on},
            reason=reason,
        )
    return row


def _may_close(unit: Unit, closed_on: date, now: datetime) -> None:
    if unit.parent_id is None:
        raise UnableToCloseUnit(_("Headquarters are not closed."))
    if unit.closed_on is not None:
        raise UnableToCloseUnit(_("The unit is closed already."), found=unit.closed_on)
    earliest = max(unit.local_day(now), unit.opened_on or date.min)
    if closed_on < earliest or closed_on == unit.opened_on:
        raise UnableToCloseUnit(_("A unit does not close in the past."), found=closed_on, wanted=earliest)
    below = unit.children.filter(closed_on=None).count()
    if below:
        raise UnableToCloseUnit(_("Units below it are still open."), clause="F4.2", found=below, wanted=0)
    held = Post.objects.filter(unit=unit).exclude(ends_on__lte=closed_on).count()
    if held:
        raise UnableToCloseUnit(
            _("Posts at the unit go on beyond that day: end or move them first."), clause="F4.2", found=held, wanted=0
        )
