"""Hours and business days, for programs."""
# Annotations are read when the module is loaded: the framework makes the description of the API from them.

from datetime import date
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Query, Router
from ninja.pagination import paginate

from guimian.apps.calendar import queries
from guimian.apps.calendar.schemas import DayOut, HoursOut
from guimian.base.api.house import Pages
from guimian.base.api.units import UnitCode, called, unit_of

router = Router(tags=["calendar"])
OnDay = Annotated[date | None, Query(description="Default: today at the unit.")]


@router.get("/{code}/hours", response=list[HoursOut], summary="A counter's hours in force on a day")
@paginate(Pages)
def list_hours(request: HttpRequest, code: UnitCode, day: OnDay = None) -> list[Any]:
    """One row for each kind of day that has hours; empty where none are set."""
    unit = unit_of(request, code)
    found = queries.hours_in_force(unit, day or called(request).day_at(unit))
    return [found[kind] for kind, _label in queries.DAY_KINDS if kind in found]


@router.get("/{code}/day", response=DayOut, summary="A counter's business day")
def read_day(request: HttpRequest, code: UnitCode, day: OnDay = None) -> DayOut:
    """404 for a unit that is no counter."""
    unit = unit_of(request, code)
    if not unit.is_counter:
        raise Http404(code)
    asked = day or called(request).day_at(unit)
    row = queries.day_of(unit, asked)
    return DayOut(
        unit=unit.code,
        day=asked,
        kind=queries.day_kind(asked),
        state=row.state if row else "NONE",
        opened_at=row.opened_at if row else None,
        closing_at=row.closing_at if row else None,
        closed_at=row.closed_at if row else None,
    )
