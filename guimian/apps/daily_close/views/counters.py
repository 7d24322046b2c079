"""The counter's close: how each teller stands, sending back, starting, closing, and the list that is left (R5.3)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_GET, require_POST

from guimian.apps.calendar import services as calendar
from guimian.apps.daily_close import queries, services
from guimian.apps.daily_close.forms import CloseForm, ReasonForm
from guimian.apps.daily_close.views.shared import (
    CLOSERS,
    READERS,
    STATES,
    TONES,
    at_counter,
    list_rows,
    list_table,
)
from guimian.base import access
from guimian.base.access import LEADERS, MANAGERS, GuardedRequest
from guimian.base.errors import Unable
from guimian.base.ui.forms import tried
from guimian.base.ui.tables import Column, Empty, Table, build_table

if TYPE_CHECKING:
    from guimian.apps.daily_close.queries import TellerList
    from guimian.apps.organisation.models import Person, Unit


# ---------------------------------------------------------------- the day that is to be closed
@access.page(roles=READERS)
@require_GET
def counter(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """What stands between the counter and its close."""
    at_counter(unit)
    return shown(request, unit)


def shown(request: GuardedRequest, unit: Unit, refusal: Unable | None = None) -> HttpResponse:
    """The page, above it why something was not done."""
    row = queries.day_to_close(unit, timezone.now())
    context: dict[str, Any] = {"unit": unit, "row": row, "refusal": refusal, "form": CloseForm()}
    context["may_close"] = bool(request.actor.roles_at(unit.path) & CLOSERS)
    if row is not None:
        page = queries.counter_page(row)
        context |= {
            "page": page,
            "table": tellers_table(request, unit, row.day, page.lists),
            "is_earlier": row.day < unit.local_day(timezone.now()),
        }
        if answer := context["table"].response():
            return answer  # type: ignore[no-any-return]  # the workbook
    return render(request, "daily_close/counter.html", context, status=422 if refusal else 200)


def tellers_table(request: GuardedRequest, unit: Unit, day: date, lists: tuple[TellerList, ...]) -> Table:
    """Each teller with the list as it stands."""
    columns = [
        Column(
            "teller", _("Teller"), value=lambda one: one.teller.label, link=lambda one: url_of(unit, day, one.teller)
        ),
        Column("number", _("Staff number"), value=lambda one: one.teller.staff_number, kind="code"),
        Column("state", _("State"), value=lambda one: STATES[one.state], template="daily_close/_list_state.html"),
        Column("records", _("Records"), value=lambda one: one.totals.records, kind="number"),
        Column("received", _("Received"), value=lambda one: one.totals.received, kind="money"),
        Column("paid", _("Paid out"), value=lambda one: one.totals.paid, kind="money"),
        Column(
            "cash", _("Cash by the list"), value=lambda one: one.cash_expected if one.has_cash else None, kind="money"
        ),
        Column("counted", _("Cash counted"), value=lambda one: one.close and one.close.cash_counted, kind="money"),
        Column("differences", _("Differences"), value=lambda one: one.differences or None, kind="number"),
        Column("confirmed", _("Confirmed at"), value=lambda one: one.close and one.close.confirmed_at, kind="clock"),
    ]
    empty = Empty(_("Nobody sat at a window"), _("A day without business is closed as well."))
    return build_table(request, lists, columns, caption=_("Tellers"), name="tellers", empty=empty, per_page=200)


def url_of(unit: Unit, day: date, teller: Person) -> str:
    return reverse("daily_close:teller", args=[unit.code, day, teller.staff_number])


@access.page(roles=CLOSERS)
@require_POST
def start(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """The doors are shut; the closing begins (R5.3)."""
    at_counter(unit)
    if (row := queries.day_to_close(unit, timezone.now())) is None:
        raise Http404(unit.code)

    def deed(now: datetime) -> None:
        calendar.start_closing(day=row, by=request.actor.user, now=now)

    refusal = tried(request, deed, _("The closing has begun."))
    return shown(request, unit, refusal) if refusal else redirect("daily_close:counter", unit.code)


@access.page(roles=CLOSERS)
@require_POST
def close(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """Close the counter's day for good (R5.3), and off to the list that is printed."""
    at_counter(unit)
    form, closed = CloseForm(request.POST), []
    notes = form.cleaned_data["notes"] if form.is_valid() else ""

    def deed(now: datetime) -> None:
        closed.append(services.close_counter(unit=unit, by=request.actor.user, now=now, notes=notes))

    refusal = tried(request, deed, _("The day is closed and sealed. Print the close list."))
    if refusal:
        return shown(request, unit, refusal)
    return redirect("daily_close:closed", unit.code, closed[0].day)


# ---------------------------------------------------------------- one teller's list
@access.page(roles=READERS)
@require_GET
def teller(request: GuardedRequest, unit: Unit, day: date, teller: str) -> HttpResponse:
    """A teller's list as whoever reviews it sees it."""
    return list_shown(request, unit, day, list_at(unit, day, teller))


def list_at(unit: Unit, day: date, number: str) -> TellerList:
    at_counter(unit)
    if (person := queries.teller_of(unit, day, number)) is None:
        raise Http404(number)
    return queries.list_of(unit, day, person)


def list_shown(
    request: GuardedRequest, unit: Unit, day: date, found: TellerList, refusal: Unable | None = None
) -> HttpResponse:
    table = list_table(request, list_rows(found), _("Close list"))
    manages = bool(request.actor.roles_at(unit.path) & MANAGERS)
    context = {
        "unit": unit,
        "day": day,
        "found": found,
        "table": table,
        "state_label": STATES[found.state],
        "tone": TONES[found.state],
        "may_return": manages and found.is_confirmed and queries.close_of(unit, day) is None,
        "form": ReasonForm(),
        "refusal": refusal,
    }
    return table.response() or render(request, "daily_close/teller.html", context, status=422 if refusal else 200)


@access.page(roles=MANAGERS)
@require_POST
def send_back(request: GuardedRequest, unit: Unit, day: date, teller: str) -> HttpResponse:
    """Send the list back, to be closed again (R5.3)."""
    found, form = list_at(unit, day, teller), ReasonForm(request.POST)
    if (one := found.close) is None:
        raise Http404(teller)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""

    def deed(now: datetime) -> None:
        services.return_list(close=one, reason=reason, by=request.actor.user, now=now)

    refusal = tried(request, deed, _("Sent back: the teller confirms it again."))
    return list_shown(request, unit, day, found, refusal) if refusal else redirect("daily_close:counter", unit.code)


# ---------------------------------------------------------------- a closed day
@access.page(roles=READERS)
@require_GET
def closed(request: GuardedRequest, unit: Unit, day: date) -> HttpResponse:
    """The close list of a day: printed, signed, handed to the archivist."""
    at_counter(unit)
    if (page := queries.closed_list(unit, day)) is None:
        raise Http404(day)
    rows = [row for one in page.lists for row in list_rows(one)]
    rows.sort(key=lambda row: row.record.number)
    table = list_table(request, rows, pgettext("close list", "Records"), with_teller=True)
    context = {
        "unit": unit,
        "day": day,
        "page": page,
        "table": table,
        "tellers": tellers_table(request, unit, day, page.lists),
        "leads": bool(request.actor.roles_at(unit.path) & LEADERS),
    }
    return table.response() or render(request, "daily_close/closed.html", context)
