"""A teller's own list: printed, checked item by item, confirmed (R5.2)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guimian.apps.daily_close import queries, services
from guimian.apps.daily_close.forms import ListForm, list_form
from guimian.apps.daily_close.views.shared import FORM, SERVING, STATES, TONES, at_counter, list_rows, list_table
from guimian.base import access
from guimian.base.access import GuardedRequest, Role
from guimian.base.errors import Unable
from guimian.base.ui.forms import refuse

if TYPE_CHECKING:
    from guimian.apps.daily_close.queries import TellerList
    from guimian.apps.organisation.models import Unit


@access.page(roles=SERVING)
@require_http_methods(FORM)
def mine(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """My list of the day that is to be closed."""
    at_counter(unit)
    now = timezone.now()
    row = queries.day_to_close(unit, now)
    if row is None:
        return render(request, "daily_close/mine.html", {"unit": unit, "row": None})
    found = queries.list_of(unit, row.day, request.actor.user)
    if row.state == "CLOSED" or (request.method == "GET" and found.is_confirmed and "again" not in request.GET):
        return shown(request, unit, row.day, found, None)
    form = list_form(request.POST or None, found, counts_cash(request, unit, found))
    if request.method == "POST" and kept(request, unit, row.day, form, now):
        return redirect("daily_close:mine", unit.code)
    return shown(request, unit, row.day, found, form)


def counts_cash(request: GuardedRequest, unit: Unit, found: TellerList) -> bool:
    """Cashiers count, and whoever took or gave cash."""
    return found.has_cash or Role.CASHIER in request.actor.roles_at(unit.path)


def kept(request: GuardedRequest, unit: Unit, day: date, form: ListForm, now: datetime) -> bool:
    """Put by or confirm what was filled in; whether it was done. A refusal stands on the form."""
    if not form.is_valid():
        return False
    checks = {number: services.Check(**said) for number, said in form.checks().items()}
    counted = form.cash()
    verb, words = services.save_list, _("Put by. You can go on later.")
    if request.POST.get("do") != "save":
        verb, words = services.confirm_list, _("Your list is confirmed.")
    try:
        verb(
            unit=unit, day=day, digest=form.cleaned_data["digest"], checks=checks,
            cash=services.Cash(**counted) if counted else None, by=request.actor.user, now=now,
        )  # fmt: skip
    except Unable as error:
        refuse(form, error)
        return False
    messages.success(request, words)
    return True


def shown(request: GuardedRequest, unit: Unit, day: date, found: TellerList, form: ListForm | None) -> HttpResponse:
    """The list, with fields while it is being checked."""
    table = list_table(request, list_rows(found, form), _("Close list"))
    context = {
        "unit": unit,
        "row": queries.day_to_close(unit, timezone.now()),
        "day": day,
        "found": found,
        "form": form,
        "table": table,
        "state_label": STATES[found.state],
        "tone": TONES[found.state],
    }
    refused = form is not None and form.is_bound and bool(form.errors)
    return table.response() or render(request, "daily_close/mine.html", context, status=422 if refused else 200)
