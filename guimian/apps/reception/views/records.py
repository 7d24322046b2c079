"""Business records, made and voided at the console (R5.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from guimian.apps.reception import queries, services
from guimian.apps.reception.forms import RecordForm
from guimian.apps.reception.views.console import shown
from guimian.apps.reception.views.shared import SERVING, found, moment_at
from guimian.base import access
from guimian.base.access import GuardedRequest
from guimian.base.errors import Unable
from guimian.base.ui.forms import given, refuse

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

FIELDS = ("ticket", "service", "reference", "direction", "amount", "way", "papers", "note")


@access.page(roles=SERVING)
@require_POST
def record_attach(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """Record a piece of business, of one of the seat's visits or of none."""
    now, by = timezone.now(), request.actor.user
    moment_at(unit, now)
    form = RecordForm(request.POST, visits=queries.visits_at_seat(queries.seat_of(by, unit)))
    if form.is_valid():
        try:
            row = services.attach_record(unit=unit, by=by, now=now, **given(form, *FIELDS))
        except Unable as error:
            refuse(form, error)
        else:
            return shown(request, unit, now, said=_("Recorded as number %(number)s.") % {"number": row.number})
    return shown(request, unit, now, form=form)


@access.page(roles=SERVING)
@require_POST
def record_void(request: GuardedRequest, unit: Unit, record: int) -> HttpResponse:
    """Take one's own wrong record back; it stays on the list, struck out."""
    now, row = timezone.now(), found(queries.record_of, unit, record)
    try:
        services.void_record(record=row, reason=request.POST.get("reason", "")[:200], by=request.actor.user, now=now)
    except Unable as error:
        return shown(request, unit, now, error=error)
    return shown(request, unit, now, said=_("Number %(number)s is voided.") % {"number": row.number})
