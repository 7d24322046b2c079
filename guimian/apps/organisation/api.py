"""Units, their windows, the people in them and what they can do, for programs."""
# Annotations are read when the module is loaded: the framework makes the description of the API from them.

from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Router
from ninja.pagination import paginate

from guimian.apps.organisation import queries
from guimian.apps.organisation.schemas import PersonOut, SkillOut, UnitOut, WindowOut
from guimian.base.api.house import Pages
from guimian.base.api.units import UnitCode, called, unit_of

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, PersonSkill, Unit, Window

router = Router(tags=["units"])


@router.get("", response=list[UnitOut], summary="Units within reach")
@paginate(Pages)
def list_units(request: HttpRequest) -> "QuerySet[Unit]":
    """All units that your posts reach, in the order of the tree."""
    return queries.units_visible_to(called(request).actor)


@router.get("/{code}", response=UnitOut, summary="One unit")
def read_unit(request: HttpRequest, code: UnitCode) -> "Unit":
    """404 when the unit does not exist or is out of reach."""
    return unit_of(request, code)


@router.get("/{code}/people", response=list[PersonOut], summary="People at a unit and below")
@paginate(Pages)
def list_people(request: HttpRequest, code: UnitCode) -> "QuerySet[Person]":
    """Names, staff numbers and posts; no personal data (R10.7)."""
    call, unit = called(request), unit_of(request, code)
    return queries.people_list(call.actor, unit, call.day_at(unit))


@router.get("/{code}/windows", response=list[WindowOut], summary="Windows of a counter")
@paginate(Pages)
def list_windows(request: HttpRequest, code: UnitCode) -> "QuerySet[Window]":
    """By number, the closed ones too; a unit that is no counter has none."""
    return queries.window_list(unit_of(request, code))


@router.get("/{code}/skills", response=list[SkillOut], summary="What the people at a unit and below can do")
@paginate(Pages)
def list_skills(request: HttpRequest, code: UnitCode) -> "QuerySet[PersonSkill]":
    """Of those who hold a post there today (R2.6, R5.7)."""
    call, unit = called(request), unit_of(request, code)
    return queries.skills_held(call.actor, unit, call.day_at(unit))
