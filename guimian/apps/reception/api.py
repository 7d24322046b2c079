"""The hall for programs: tickets, calls, business records, the board, the line, a day's figures."""
# Annotations are read when the module is loaded: the framework makes the description of the API from them.

from collections.abc import Callable
from dataclasses import asdict
from datetime import date, timedelta
from typing import TYPE_CHECKING, Annotated, Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router
from ninja.pagination import paginate

from guimian.apps.reception import queries, services
from guimian.apps.reception.schemas import (
    BoardOut,
    CallOut,
    FiguresOut,
    InLineOut,
    LetterOut,
    RecordIn,
    RecordOut,
    ServiceOut,
    ShownOut,
    TicketIn,
    TicketOut,
)
from guimian.base import policy
from guimian.base.access import EVERYONE, LEADERS, MANAGERS, Role
from guimian.base.api.house import Pages, done_once
from guimian.base.api.units import Call, RowId, UnitCode, called, unit_of
from guimian.base.errors import Unable

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit
    from guimian.apps.reception.models import Seat, Service, Ticket

router = Router(tags=["reception"])
OnDay = Annotated[date | None, Query(description="Default: the day that counts at the counter.")]
SERVING = frozenset({Role.TELLER, Role.CASHIER, Role.SUPERVISOR})
ISSUING = SERVING | MANAGERS | {Role.GUIDE, Role.FLOATING_ADVISER}
SEEING = ISSUING | LEADERS


def counter(request: HttpRequest, code: str, roles: frozenset[Role] = EVERYONE) -> "Unit":
    """The counter of that code; Http404 for any other unit."""
    unit = unit_of(request, code, roles)
    if not unit.is_counter:
        raise Http404(code)
    return unit


def service_of(code: str) -> "Service":
    service = next((row for row in queries.services_offered() if row.code == code), None)
    if service is None:
        raise services.UnableToIssue(_("This service is not offered."), clause="R6.5", found=code)
    return service


def seat_of(call: Call, unit: "Unit") -> "Seat":
    seat = queries.seat_of(call.actor.user, unit)
    if seat is None:
        raise services.UnableToCall(_("Take a window first."), clause="R2.1")
    return seat


def ticket_at(unit: "Unit", pk: int) -> "Ticket":
    try:
        return queries.ticket_of(unit, pk)
    except ObjectDoesNotExist as error:
        raise Http404(pk) from error


# ---------------------------------------------------------------- tickets and calls
@router.get("/{code}/services", response=list[ServiceOut], summary="What customers can come for")
@paginate(Pages)
def list_services(request: HttpRequest, code: UnitCode) -> Any:
    """In the order of the kiosk."""
    unit_of(request, code)
    return queries.services_offered()


@router.post("/{code}/tickets", response={201: TicketOut}, summary="Issue a ticket")
@done_once(201)
def issue_ticket(request: HttpRequest, code: UnitCode, ticket: TicketIn) -> TicketOut:
    """For guides, tellers and their leaders; while the counter's day is open."""
    call, unit = called(request), counter(request, code, ISSUING)
    row = services.issue_ticket(
        unit=unit, service=service_of(ticket.service), priority=ticket.priority, source="API",
        key=f"a.{ticket.key}" if ticket.key else "", by=call.actor.user, now=call.now,
    )  # fmt: skip
    return TicketOut.from_orm(row)


@router.post("/{code}/calls", response=CallOut, summary="Call the next number to one's own window")
@done_once()
def call_next(request: HttpRequest, code: UnitCode) -> CallOut:
    """Whoever is next for what the window serves and the teller can; the window is taken before."""
    call, unit = called(request), counter(request, code, SERVING)
    row = services.call_next(seat=seat_of(call, unit), by=call.actor.user, now=call.now)
    return CallOut.model_validate({"ticket": row})


def moved(
    request: HttpRequest, code: str, pk: int, service: Callable[..., "Ticket"], refusal: type[Unable]
) -> TicketOut:
    """Do the deed to a ticket at the caller's own window."""
    call, unit = called(request), counter(request, code, SERVING)
    ticket = ticket_at(unit, pk)
    if ticket.seat_id is not None and ticket.seat_id != seat_of(call, unit).pk:
        raise refusal(_("The number is at another window."), clause="R6.3")
    return TicketOut.from_orm(service(ticket=ticket, by=call.actor.user, now=call.now))


@router.post("/{code}/tickets/{pk}/start", response=TicketOut, summary="The customer has come to the window")
@done_once()
def start_service(request: HttpRequest, code: UnitCode, pk: RowId) -> TicketOut:
    return moved(request, code, pk, services.start_service, services.UnableToStart)


@router.post("/{code}/tickets/{pk}/finish", response=TicketOut, summary="The customer is served")
@done_once()
def finish_service(request: HttpRequest, code: UnitCode, pk: RowId) -> TicketOut:
    return moved(request, code, pk, services.finish_service, services.UnableToFinish)


@router.post("/{code}/tickets/{pk}/pass-over", response=TicketOut, summary="Nobody came")
@done_once()
def pass_over(request: HttpRequest, code: UnitCode, pk: RowId) -> TicketOut:
    """After as many calls as the policy asks (reception.calls_before_missed)."""
    return moved(request, code, pk, services.pass_over, services.UnableToPassOver)


@router.post("/{code}/records", response={201: RecordOut}, summary="Record a piece of business")
@done_once(201)
def attach_record(request: HttpRequest, code: UnitCode, record: RecordIn) -> RecordOut:
    """The caller's own (R5.2); a closed day takes none (R5.3)."""
    call, unit = called(request), counter(request, code, SERVING)
    said = record.model_dump(exclude={"service", "ticket"})
    row = services.attach_record(
        unit=unit, service=service_of(record.service), by=call.actor.user, now=call.now,
        ticket=ticket_at(unit, record.ticket) if record.ticket else None, **said,
    )  # fmt: skip
    return RecordOut.from_orm(row)


# ---------------------------------------------------------------- reads
@router.get("/{code}/board", response=BoardOut, summary="The board")
def read_board(request: HttpRequest, code: UnitCode) -> BoardOut:
    """What the screen in the hall shows."""
    unit = counter(request, code)
    board = queries.board_at(unit, queries.hall_at(unit, called(request).now).day)
    return BoardOut(
        shown=[ShownOut(**asdict(one)) for one in board.shown],
        waiting=[LetterOut(letter=letter, waiting=number) for letter, number in board.waiting],
    )


@router.get("/{code}/line", response=list[InLineOut], summary="The line in the order of calls")
@paginate(Pages)
def read_line(request: HttpRequest, code: UnitCode) -> Any:
    """Who is called next stands first."""
    call, unit = called(request), counter(request, code, SEEING)
    day = queries.hall_at(unit, call.now).day
    return queries.line_at(unit, day, call.now, policy.on(day, unit))


@router.get("/{code}/figures-of-day", response=FiguresOut, summary="A day's figures")
def read_figures(request: HttpRequest, code: UnitCode, day: OnDay = None) -> FiguresOut:
    """Tickets, waits and the longest line, judged by the figures of that day."""
    call, unit = called(request), counter(request, code, SEEING)
    asked = day or queries.hall_at(unit, call.now).day
    found: dict[str, Any] = asdict(queries.day_figures(unit, asked, call.now, policy.on(asked, unit)))
    found |= {name: seconds(found[name]) for name in ("mean_wait", "longest_wait")}
    return FiguresOut(day=asked, **found)


def seconds(wait: timedelta | None) -> float | None:
    return wait.total_seconds() if wait is not None else None
