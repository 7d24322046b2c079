"""Visits as staff see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from guimian.apps.reception import rules
from guimian.apps.reception.models import BusinessRecord, Ticket
from guimian.apps.reception.queries.waits import is_over, waited
from guimian.base.access import Actor
from guimian.base.journal.chain import subject_of
from guimian.base.journal.pages import event_titles, in_words, who
from guimian.base.models import JournalEntry
from guimian.base.ui.parts import Entry
from guimian.engines.policy import Policy, Verdict

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

TICKET_STATES = Ticket.State.choices
#: The touch points that the steps of a visit are (R6.1), with the clause that each lives by.
CLAUSES = {
    "reception.ticket.issued": "R6.5",
    "reception.ticket.called": "R6.3",
    "reception.ticket.recalled": "R6.3",
    "reception.ticket.missed": "R6.3",
    "reception.record.attached": "R5.2",
    "reception.record.voided": "R5.2",
}
TONES = {
    "reception.ticket.finished": "good",
    "reception.ticket.missed": "bad",
    "reception.ticket.left": "bad",
    "reception.record.voided": "wait",
}


def visits_visible_to(actor: Actor, under: Unit) -> QuerySet[Ticket]:
    """The visits at and below the unit within reach, the newest first."""
    rows = Ticket.objects.filter(actor.within(), unit__path__startswith=under.path)
    return rows.select_related("unit", "service", "seat__window", "seat__teller", "rating").order_by(
        "-issued_at", "-pk"
    )


def visits_judged(actor: Actor, under: Unit, now: datetime, figures: Policy) -> QuerySet[Ticket]:
    """The same, each with `waited` (a timedelta) and `is_over` (above the limit of these figures)."""
    return visits_visible_to(actor, under).annotate(waited=waited(now), is_over=is_over(now, figures))


@dataclass(frozen=True)
class VisitPage:
    """One visit through its touch points: what happened in order, what was done, and what the rules say of the wait."""

    ticket: Ticket
    minutes_waited: int
    minutes_served: int | None
    verdict: Verdict
    score: int
    records: tuple[BusinessRecord, ...]
    entries: tuple[Entry, ...]


def visit_at(actor: Actor, under: Unit, pk: int) -> Ticket:
    """A visit at or below the unit. Raises Ticket.DoesNotExist when out of reach."""
    return visits_visible_to(actor, under).get(pk=pk)


def visit_page(ticket: Ticket, now: datetime, figures: Policy) -> VisitPage:
    """Two queries. `figures` are those of the visit's own day."""
    records = tuple(ticket.records.select_related("service", "teller").order_by("number"))
    until = ticket.called_at or ticket.ended_at or now
    waited_for = rules.minutes_waited(ticket.issued_at, until)
    rating = getattr(ticket, "rating", None)
    served = (ticket.ended_at or now) - ticket.started_at if ticket.started_at else None
    return VisitPage(
        ticket=ticket,
        minutes_waited=waited_for,
        minutes_served=int(served.total_seconds() // 60) if served is not None else None,
        verdict=rules.judge_wait(figures, minutes=rules.minutes_begun(ticket.issued_at, until)),
        score=rating.score if rating else 0,
        records=records,
        entries=_touch_points(ticket, records),
    )


def _touch_points(ticket: Ticket, records: tuple[BusinessRecord, ...]) -> tuple[Entry, ...]:
    """What the journal tells of the visit, its records and its rating, in order."""
    rating = getattr(ticket, "rating", None)
    subjects = [subject_of(row) for row in (ticket, *records, *((rating,) if rating else ()))]
    rows = (
        JournalEntry.objects.filter(unit=ticket.unit, subject__in=subjects).select_related("by").order_by("at", "seq")
    )
    titles = event_titles()
    return tuple(
        Entry(
            at=row.at,
            title=titles.get(row.event, row.event),
            who=who(row),
            text=_told(row),
            clause=CLAUSES.get(row.event, "R6.1"),
            tone=TONES.get(row.event, ""),
        )
        for row in rows
    )


def _told(entry: JournalEntry) -> str:
    """What the step adds to its title: the reason, the window, the score, or the record; the number is told already."""
    facts = entry.after or {}
    if "window" in facts:
        return _("Window %(number)s") % {"number": facts["window"]}
    if "score" in facts:
        return _("%(score)s of 5") % {"score": facts["score"]}
    return entry.reason or (in_words(entry) if entry.event.startswith("reception.record.") else "")


def ticket_of(unit: Unit, pk: int) -> Ticket:
    """A ticket of this unit. Raises ObjectDoesNotExist."""
    return Ticket.objects.select_related("unit", "service", "seat__window", "seat__teller").get(unit=unit, pk=pk)


def unfinished_visits(unit: Unit, day: date) -> QuerySet[Ticket]:
    """Who waits, is called or is being served on the day: nobody may, before the counter closes (R5.3)."""
    states = (Ticket.State.WAITING, Ticket.State.CALLED, Ticket.State.SERVING)
    rows = Ticket.objects.filter(unit=unit, day=day, state__in=states)
    return rows.select_related("seat__window").order_by("letter", "number")
