"""The figures in force at a unit, for programs."""
# Annotations are read when the module is loaded: the framework makes the description of the API from them.

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from ninja.pagination import paginate

from guimian.base.api.house import Pages
from guimian.base.api.units import UnitCode, called, unit_of
from guimian.base.policy import queries
from guimian.engines.policy import Policy

router = Router(tags=["policy"])
OnDay = Annotated[date | None, Query(description="Default: today at the unit.")]


class FigureOut(Schema):
    """A figure of the regulations as it is in force at a unit on a day."""

    key: str
    clause: str
    title: dict[str, str] = Field(description="In Chinese (zh) and English (en).")
    unit: str = Field(description="What the value counts: minute, person, cny, time_of_day …")
    value: Any = Field(description="Money and other decimals as text, times of day as HH:MM.")
    origin: str = Field(description="The code of the unit that changed it; empty for the regulation itself.")
    since: date
    is_reconstruction: bool = Field(description="A figure that is still to be confirmed.")
    is_locked: bool = Field(description="The same everywhere: no unit may change it.")


@router.get("/{code}/policy", response=list[FigureOut], summary="Figures in force at a unit on a day")
@paginate(Pages)
def list_figures(request: HttpRequest, code: UnitCode, day: OnDay = None) -> list[FigureOut]:
    """Every figure, its own and its superiors' changes applied, in the order of the keys."""
    unit = unit_of(request, code)
    policy = queries.on(day or called(request).day_at(unit), unit)
    return [figure_out(policy, key) for key in sorted(policy)]


def figure_out(policy: Policy, key: str) -> FigureOut:
    figure, (value, origin) = policy.figure(key), policy.resolve(key)
    return FigureOut(
        key=key,
        clause=figure.clause,
        title=dict(figure.title),
        unit=figure.unit,
        value=queries.as_stored(value),
        origin=origin.path.rstrip("/").rpartition("/")[2],
        since=origin.from_date,
        is_reconstruction=figure.unsure,
        is_locked=figure.locked,
    )
