"""The figures in force at a unit, for programs."""
# Annotations are read when the module is loaded: the framework makes the description of the API from them.

from datetime import date
from decimal import Decimal
from typing import Annotated, Any, cast

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Query, Router, Schema
from ninja.pagination import paginate

from guimian.base.access import OFFICERS
from guimian.base.api.house import Pages, done_once
from guimian.base.api.units import UnitCode, Words, called, unit_of
from guimian.base.errors import Unable
from guimian.base.policy import queries, services
from guimian.engines.policy import Figure, Policy, Value

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


class ProposalIn(Schema):
    """A change of one figure at a unit and all below it."""

    key: str = Field(max_length=120)
    value: Any = Field(description="As lists of figures give it; null gives the figure back to the unit above.")
    from_date: date = Field(description="Tomorrow at the earliest.")
    until: date | None = Field(None, description="The first day it holds no more.")
    reason: Annotated[Words, Field(max_length=2000)]


class ProposalOut(Schema):
    """A proposed change: it holds once another person has approved it."""

    id: int
    unit: str
    key: str
    state: str
    from_date: date
    until: date | None


class UnableToReadValue(Unable):
    """The value is none that the figure could have."""


@router.post("/{code}/policy/proposals", response={201: ProposalOut}, summary="Propose a change of a figure")
@done_once(201)
def propose_change(request: HttpRequest, code: UnitCode, proposal: ProposalIn) -> ProposalOut:
    """For officers of headquarters, a province or a city. Another person approves it, in the browser (R10.11)."""
    call, unit = called(request), unit_of(request, code, OFFICERS)
    figure = queries.book().figures.get(proposal.key)
    if figure is None:
        raise Http404(proposal.key)
    row = services.propose_override(
        unit=unit,
        key=figure.key,
        value=value_of(figure, proposal.value),
        from_date=proposal.from_date,
        until=proposal.until,
        reason=proposal.reason,
        by=call.actor.user,
        now=call.now,
    )
    return ProposalOut(
        id=row.pk, unit=unit.code, key=row.key, state=row.state, from_date=row.from_date, until=row.until
    )


def value_of(figure: Figure, sent: Any) -> Value | None:
    """The value that the JSON stands for. Raises UnableToReadValue."""
    try:
        value: Any = queries.decoded(figure, sent)
        if isinstance(value, float):
            value = Decimal(repr(value))
        if isinstance(value, Decimal) and not value.is_finite():
            raise ValueError(sent)
    except (ValueError, TypeError, ArithmeticError) as error:
        raise UnableToReadValue(
            _("The figure cannot have this value."), clause=figure.clause, found=str(sent), wanted=figure.unit
        ) from error
    return cast("Value | None", value)
