"""The counter's close: one transaction that closes the day, journals it and seals the journal, or nothing (R5.3)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from guimian.apps.calendar import services as calendar
from guimian.apps.daily_close import queries, rules
from guimian.apps.daily_close.models import CounterClose
from guimian.apps.daily_close.queries import CounterPage
from guimian.apps.daily_close.services.shared import tell
from guimian.base import numbering
from guimian.base.errors import Unable
from guimian.base.templatetags.ui import quantity, title_of
from guimian.engines.policy import Verdict

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit


class UnableToCloseCounter(Unable):
    """The closing has not begun, somebody is in the hall or at a window, or a teller's list is not confirmed."""


def close_counter(*, unit: Unit, by: Person, now: datetime, notes: str = "") -> CounterClose:
    """Close the counter's standing day: its close list, the day's state, the journal and its seal, all or nothing.

    The day is held first: business that is being recorded is waited for and counts, what comes later is refused by the
    database. Raises UnableToCloseCounter with every reason.
    """
    with transaction.atomic():
        day = calendar.held_day(unit)
        if day is None:
            raise UnableToCloseCounter(
                _("No day of this counter is open."), clause="R5.3", wanted=_("a day whose closing has begun")
            )
        page = queries.counter_page(day)
        _refuse_unless_ready(page)
        close = _written(page, by, now, notes)
        tell(
            close, unit, "daily_close.counter.closed", by, now, day=close.day, number=close.number, tellers=close.tellers,
            records=close.records, received=close.received, paid=close.paid, differences=close.differences,
            digest=close.digest,
        )  # fmt: skip
        calendar.close_day(day=day, by=by, now=now)
    return close


def _refuse_unless_ready(page: CounterPage) -> None:
    reasons = [refusal_of(verdict) for verdict in page.verdicts if not verdict.met]
    if reasons:
        first, *more = reasons
        raise UnableToCloseCounter(
            first.message, clause=first.clause, found=first.found, wanted=first.wanted, more=more
        )


def refusal_of(verdict: Verdict) -> Unable:
    """A verdict that is not met, as a refusal: what is wanted, who or what stands in the way."""
    wanted = {
        "daily_close.counter.closing": _("the closing has begun"),
        "daily_close.counter.tellers": _("everybody's list confirmed"),
    }
    return Unable(
        title_of(verdict),
        clause=verdict.clause,
        found=quantity(verdict.found, verdict.unit),
        wanted=wanted.get(verdict.code, _("nobody")),
    )


def _written(page: CounterPage, by: Person, now: datetime, notes: str) -> CounterClose:
    """Written before the day is closed: from then on the database takes none."""
    unit, totals = page.row.unit, page.totals
    return CounterClose.objects.create(
        unit=unit,
        day=page.row.day,
        number=numbering.issue(unit, "daily_close"),
        closed_by=by,
        closed_at=now,
        due_at=page.due_at,
        tellers=len(page.lists),
        records=totals.records,
        voided=totals.voided,
        received=totals.received,
        paid=totals.paid,
        cash_in=totals.cash_in,
        cash_out=totals.cash_out,
        differences=page.differences,
        digest=rules.digest_of_all(one.digest for one in page.lists),
        notes=notes.strip(),
    )
