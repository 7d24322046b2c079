"""What customers say of their visit (R6.1)."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from guimian.apps.reception.models import Rating, Ticket
from guimian.apps.reception.services.shared import tell
from guimian.base.errors import Unable


class UnableToRate(Unable):
    """The visit is not over, or was rated already."""


def rate_visit(*, ticket: Ticket, score: int, way: str, now: datetime) -> Rating:
    """Rate a visit that is over from 1 (bad) to 5 (good), once. Raises UnableToRate."""
    if ticket.state != Ticket.State.DONE:
        raise UnableToRate(_("The visit is not over yet."), clause="R6.1", found=ticket.get_state_display())
    if score not in range(1, 6):
        raise UnableToRate(_("A rating is from 1 to 5."), clause="R6.1", found=score, wanted="1–5")
    try:
        with transaction.atomic():
            rating = Rating.objects.create(ticket=ticket, score=score, way=way, at=now)
            tell(rating, ticket.unit, "reception.visit.rated", None, now, number=ticket.label, score=score)
    except IntegrityError as error:
        raise UnableToRate(_("The visit was rated already. Thank you."), clause="R6.1") from error
    return rating
