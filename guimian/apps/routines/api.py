"""Duties and rounds, for programs."""
# Annotations are read when the module is loaded: the framework makes the description of the API from them.

from datetime import date
from typing import TYPE_CHECKING, Annotated

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from ninja import Query, Router
from ninja.pagination import paginate

from guimian.apps.routines import queries, services
from guimian.apps.routines.schemas import DoneIn, DutyOut, RoundOut
from guimian.base.api.house import Pages, done_once
from guimian.base.api.units import RowId, UnitCode, called, unit_of

if TYPE_CHECKING:
    from guimian.apps.routines.models import DayDuty, Round

router = Router(tags=["routines"])
OnDay = Annotated[date | None, Query(description="Default: today at the unit.")]


@router.get("/{code}/duties", response=list[DutyOut], summary="The duties of a day at a unit and below")
@paginate(Pages)
def list_duties(request: HttpRequest, code: UnitCode, day: OnDay = None) -> "QuerySet[DayDuty]":
    """In the order of the units and of the day."""
    call, unit = called(request), unit_of(request, code)
    return queries.day_duties_visible_to(call.actor, unit).filter(day=day or call.day_at(unit))


@router.get("/{code}/rounds", response=list[RoundOut], summary="Walk-rounds at a unit and below")
@paginate(Pages)
def list_rounds(request: HttpRequest, code: UnitCode, day: OnDay = None) -> "QuerySet[Round]":
    """The newest first; those of one day when it is given."""
    found = queries.rounds_visible_to(called(request).actor, unit_of(request, code))
    return found.filter(day=day) if day else found


@router.post("/{code}/duties/{pk}/done", response=DutyOut, summary="Say that a duty is done")
@done_once()
def do_duty(request: HttpRequest, code: UnitCode, pk: RowId, done: DoneIn) -> DutyOut:
    """For the duty's roles. One that needs a photo is done on its page."""
    call, unit = called(request), unit_of(request, code)
    row = queries.day_duty_of(call.actor, unit, pk)
    if row is None:
        raise Http404(pk)
    services.do_duty(day_duty=row, by=call.actor.user, now=call.now, note=done.note or "")
    return DutyOut.from_orm(queries.day_duty_of(call.actor, unit, pk))
