"""Showing personal data in clear: for a reason, a few times an hour, and never without a row in the journal (R10.7)."""

from __future__ import annotations

import time
from datetime import datetime
from typing import TYPE_CHECKING

from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from guimian.base.access import GuardedRequest
from guimian.base.accounts import limits
from guimian.base.errors import Unable
from guimian.base.journal import record
from guimian.base.personal import without_personal

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

LEAST, MOST = 4, 200  # characters of a reason
EVENT = "personal.revealed"


class UnableToReveal(Unable):
    """The reason is missing, or the hour's number of looks is used up."""


def reveal(request: GuardedRequest, unit: Unit, *, subject: str, field: str, value: str) -> HttpResponse:
    """Answer a POST of `ui/_masked.html`: the value once, with one journal row; or why not.

    `unit` is where the subject belongs, past the guard; the caller's view has declared who may ask. `field` is the word
    for what is shown ("phone"), `subject` what it belongs to ("person/32000012"). The value is never journalled.
    """
    now = timezone.now()
    try:
        reason = checked(request.POST.get("reason", ""))
        count(request.user.pk, now)
    except UnableToReveal as error:
        return render(request, "ui/_error.html", {"error": error}, status=422)
    with transaction.atomic():
        record(
            unit=unit,
            by=request.actor.user,
            event=EVENT,
            subject=subject,
            now=now,
            after={"field": field},
            reason=reason,
        )
    return render(request, "ui/_revealed.html", {"value": value})


def checked(reason: str) -> str:
    """The reason without personal data somebody may have typed into it.

    Raises UnableToReveal when it says nothing.
    """
    said = " ".join(reason.split())[:MOST]
    if len(said) < LEAST:
        raise UnableToReveal(_("Say why you need to see it."), clause="R10.7", found=said or None, wanted=_("a reason"))
    return without_personal(said)


def count(person: int | None, now: datetime) -> None:
    """Count this look within the hour.

    Raises UnableToReveal past the company's figure.
    """
    most = int(limits.figures(timezone.localdate(now), time.monotonic())["base.reveals_an_hour"])  # type: ignore[arg-type]  # a count
    key = f"reveals:{person}:{int(now.timestamp() // 3600)}"
    cache.add(key, 0, 3600)
    if cache.incr(key) > most:
        raise UnableToReveal(
            _("You have seen as much personal data as one hour allows."), clause="R10.7", found=most, wanted=f"≤ {most}"
        )
