"""What customers see of their own visit: on their telephone, and on the rating pad at the window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from guimian.apps.reception.models import Rating, Ticket
from guimian.apps.reception.queries.line import ahead_of
from guimian.base import policy
from guimian.engines.policy import Policy

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Window

State = Ticket.State


@dataclass(frozen=True)
class PhonePage:
    """A customer's own page: the number, where it stands, the window once it is called, the rating."""

    number: str
    service: str
    state: str
    issued_at: datetime
    ahead: int
    window: int
    score: int

    @property
    def may_rate(self) -> bool:
        return self.state == State.DONE and not self.score

    @property
    def may_leave(self) -> bool:
        return self.state in {State.WAITING, State.CALLED}


def phone_page(ticket: Ticket) -> PhonePage:
    """Judged by the figures of the ticket's day."""
    waits = ticket.state == State.WAITING
    rating: Rating | None = getattr(ticket, "rating", None)
    return PhonePage(
        number=ticket.label,
        service=ticket.service.label,
        state=ticket.state,
        issued_at=ticket.issued_at.astimezone(ticket.unit.zone),
        ahead=ahead_of(ticket, policy.on(ticket.day, ticket.unit)) if waits else 0,
        window=ticket.seat.window.number if ticket.seat else 0,
        score=rating.score if rating else 0,
    )


def visit_to_rate(window: Window, now: datetime, figures: Policy) -> Ticket | None:
    """The visit last finished at the window, while it is fresh, not rated, and nobody was called there since (R6.1)."""
    since = now - timedelta(minutes=figures.whole("reception.rating_within"))
    later = Ticket.objects.filter(seat__window=window, called_at__gt=OuterRef("ended_at"))
    ended = Ticket.objects.filter(seat__window=window, state=State.DONE, ended_at__gte=since, ended_at__lte=now)
    row = ended.exclude(Exists(later)).select_related("unit", "rating").order_by("-ended_at", "-pk").first()
    return None if row is None or hasattr(row, "rating") else row
