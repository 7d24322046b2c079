"""All counters' halls below a unit, in a number of queries that does not grow with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db.models import Avg

from guimian.apps.calendar.queries import counters_on
from guimian.apps.reception import rules
from guimian.apps.reception.models import Rating, Ticket
from guimian.apps.reception.queries.crowds import Crowd, crowds_below
from guimian.base.access import Actor
from guimian.engines.policy import Policy

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

State = Ticket.State


@dataclass(frozen=True)
class CounterNow:
    """A counter's hall in a row: `longest` in minutes, of those who wait now; `over` counts waits above the limit."""

    code: str
    label: str
    path: str
    state: str
    state_label: str
    tickets: int = 0
    waiting: int = 0
    longest: int | None = None
    over: int = 0
    served: int = 0
    rating: float | None = None

    @property
    def worst_first(self) -> tuple[int, int, int]:
        return (-(self.longest or 0), -self.over, -self.waiting)


def counters_now(actor: Actor, under: Unit, day: date, now: datetime, figures: Policy) -> tuple[CounterNow, ...]:
    """The counters in operation at and below the unit, the longest wait first; judged by the unit's own figures.

    Six queries, however many counters and visits there are.
    """
    crowds, means = crowds_below(actor, under, day, now, figures), _means(actor, under, day)
    rows = []
    for counter in counters_on(actor, under, day, now):
        crowd = crowds.get(counter.path, Crowd())
        rows.append(
            CounterNow(
                code=counter.code,
                label=counter.label,
                path=counter.path,
                state=counter.state,
                state_label=counter.state_label,
                tickets=crowd.tickets,
                waiting=crowd.waiting,
                longest=rules.minutes_waited(crowd.oldest, now) if crowd.oldest else None,
                over=crowd.over,
                served=crowd.served,
                rating=means.get(counter.path),
            )
        )
    return tuple(sorted(rows, key=lambda row: row.worst_first))


def _means(actor: Actor, under: Unit, day: date) -> dict[str, float]:
    ratings = Rating.objects.filter(
        actor.within("ticket__unit"), ticket__unit__path__startswith=under.path, ticket__day=day
    )
    return dict(ratings.order_by().values_list("ticket__unit__path").annotate(mean=Avg("score")))
