"""Closes for programs: read a counter's close, confirm one's own list, close the counter."""
# Annotations are read when the module is loaded: the framework makes the description of the API from them.

from datetime import date
from typing import TYPE_CHECKING, Annotated

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router

from guimian.apps.calendar.queries import day_of
from guimian.apps.daily_close import queries, services
from guimian.apps.daily_close.schemas import (
    CashIn,
    CloseIn,
    CloseOut,
    LineIn,
    LineOut,
    ListIn,
    ListOut,
    TellerOut,
)
from guimian.base.access import MANAGERS, OFFICERS, Role
from guimian.base.api.house import done_once
from guimian.base.api.units import UnitCode, called, unit_of

if TYPE_CHECKING:
    from guimian.apps.calendar.models import BusinessDay
    from guimian.apps.daily_close.models import Cause
    from guimian.apps.daily_close.queries import TellerList
    from guimian.apps.organisation.models import Unit

router = Router(tags=["closes"])
SERVING = frozenset({Role.TELLER, Role.CASHIER, Role.SUPERVISOR})
CLOSERS = MANAGERS | {Role.CLOSING_OFFICER}
READERS = CLOSERS | OFFICERS | {Role.ARCHIVIST}
OnDay = Annotated[date | None, Query(description="Default: the day that is to be closed, else today's.")]


@router.get("/{code}/close", response=CloseOut, summary="A counter's close")
def read_close(request: HttpRequest, code: UnitCode, day: OnDay = None) -> CloseOut:
    """404 for a unit that is no counter and for a day that was not opened."""
    unit = unit_of(request, code, READERS)
    row = day_of(unit, day) if day else queries.day_to_close(unit, called(request).now)
    return close_out(found(row, code))


@router.get("/{code}/close/list", response=ListOut, summary="One's own close list")
def read_my_list(request: HttpRequest, code: UnitCode) -> ListOut:
    """Of the day that is to be closed."""
    unit = unit_of(request, code, SERVING)
    row = found(queries.day_to_close(unit, called(request).now), code)
    return list_out(unit, row.day, queries.list_of(unit, row.day, called(request).actor.user))


@router.post("/{code}/close/list", response=ListOut, summary="Confirm one's own close list")
@done_once()
def confirm_my_list(request: HttpRequest, code: UnitCode, said: ListIn) -> ListOut:
    """Every record is checked, each difference has a cause, the cash is counted (R5.2, R5.4)."""
    unit, call = unit_of(request, code, SERVING), called(request)
    row = found(queries.day_to_close(unit, call.now), code)
    causes = {cause.code: cause for cause in queries.causes()}
    services.confirm_list(
        unit=unit,
        day=row.day,
        digest=said.digest,
        checks={line.number: check_of(line, causes) for line in said.lines},
        cash=cash_of(said.cash, causes),
        by=call.actor.user,
        now=call.now,
    )
    return list_out(unit, row.day, queries.list_of(unit, row.day, call.actor.user))


@router.post("/{code}/close", response=CloseOut, summary="Close the counter's day")
@done_once()
def close_counter(request: HttpRequest, code: UnitCode, said: CloseIn) -> CloseOut:
    """For good: everybody has confirmed, nobody is in the hall, then the day takes no writes (R5.3)."""
    unit, call = unit_of(request, code, CLOSERS), called(request)
    close = services.close_counter(unit=unit, by=call.actor.user, now=call.now, notes=said.notes)
    return close_out(found(day_of(unit, close.day), code))


# ---------------------------------------------------------------- what they share
def found(row: "BusinessDay | None", code: str) -> "BusinessDay":
    if row is None:
        raise Http404(code)
    return row


def check_of(line: LineIn, causes: "dict[str, Cause]") -> services.Check:
    return services.Check(line.agrees, cause_of(line.cause, causes), line.note)


def cash_of(said: CashIn | None, causes: "dict[str, Cause]") -> services.Cash | None:
    return services.Cash(said.counted, cause_of(said.cause, causes), said.note) if said else None


def cause_of(code: str | None, causes: "dict[str, Cause]") -> "Cause | None":
    if code is not None and code not in causes:
        raise services.UnableToConfirmList(_("There is no such cause."), clause="R5.2", found=code)
    return causes[code] if code else None


def close_out(row: "BusinessDay") -> CloseOut:
    page, close = queries.counter_page(row), queries.close_of(row.unit, row.day)
    seal = queries.seal_of(row.unit, row.day) if close else None
    return CloseOut(
        unit=row.unit.code,
        day=row.day,
        state=row.state,
        number=close.number if close else None,
        closed_at=row.closed_at,
        due_at=close.due_at if close else page.due_at,
        records=page.totals.records,
        received=page.totals.received,
        paid=page.totals.paid,
        differences=page.differences,
        tellers=[teller_out(one) for one in page.lists],
        waits_for=[] if row.state == "CLOSED" else [one.code for one in page.verdicts if not one.met],
        digest=close.digest if close else "",
        seal=seal.digest if seal else "",
        seal_seq=seal.seq if seal else None,
    )


def teller_out(one: "TellerList") -> TellerOut:
    return TellerOut(
        staff_number=one.teller.staff_number,
        state=one.state,
        records=one.totals.records,
        received=one.totals.received,
        paid=one.totals.paid,
        differences=one.differences,
        confirmed_at=one.close.confirmed_at if one.close else None,
    )


def list_out(unit: "Unit", day: date, one: "TellerList") -> ListOut:
    lines = []
    for row in one.records:
        line = one.checked(row)
        lines.append(
            LineOut(
                number=row.number, service=row.service.code, reference=row.reference, direction=row.direction,
                amount=row.amount, way=row.way, papers=row.papers, voided=row.voided_at is not None,
                agrees=line.agrees if line else None,
            )
        )  # fmt: skip
    return ListOut(
        unit=unit.code, day=day, state=one.state, digest=one.digest, cash_expected=one.cash_expected, lines=lines
    )
