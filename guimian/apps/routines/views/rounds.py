"""Walk-rounds: those of the day, one walked on a phone, and what they found over the weeks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from guimian.apps.routines import queries, services
from guimian.apps.routines.forms import SeenForm, SignForm
from guimian.apps.routines.services import Seen
from guimian.apps.routines.views.shared import DayFilter, at, found
from guimian.base import access, policy
from guimian.base.access import EVERYONE, LEADERS, GuardedRequest
from guimian.base.errors import Unable
from guimian.base.findings.queries import possible_owners
from guimian.base.ui.forms import refuse
from guimian.base.ui.tables import Column, Empty, Table, build_table

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit


class RoundFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    unit = django_filters.CharFilter(label=gettext_lazy("Unit code"), field_name="unit__code", lookup_expr="iexact")
    slot = django_filters.ChoiceFilter(label=gettext_lazy("Round"), choices=queries.SLOTS)
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=queries.ROUND_STATES)
    since = DayFilter(label=gettext_lazy("From"), field_name="day", lookup_expr="gte")
    until = DayFilter(label=gettext_lazy("Until"), field_name="day", lookup_expr="lte")


@access.page(roles=EVERYONE)
@require_GET
def rounds(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """The rounds of today at a counter; at every unit all rounds at and below it, and how the items did."""
    now = timezone.now()
    day = unit.local_day(now)
    table = rounds_table(request, unit)
    names = {
        "unit": unit,
        "table": table,
        "chart": queries.trend(request.actor, unit, day),
        "today": queries.rounds_on(request.actor, unit, day, now) if unit.is_counter else (),
        "may_walk": unit.is_counter and bool(request.actor.roles_at(unit.path) & LEADERS),
    }
    return table.response() or render(request, "routines/rounds.html", names)


def rounds_table(request: GuardedRequest, unit: Unit) -> Table:
    now = timezone.now()

    def stand(row: Any) -> queries.Stand:
        return queries.round_stand(row, now)

    columns = [
        Column("slot", _("Round"), sort="slot", link=lambda row: at("round", row.unit, row.pk)),
        Column("unit", _("Unit"), sort="unit__path"),
        Column("day", _("Day"), sort="day", kind="day"),
        Column("stand", _("State"), sort="state", value=stand, template="routines/_stand.html"),
        Column("points_off", _("Points off"), sort="points_off", kind="number"),
        Column("signed_at", _("Signed at"), sort="signed_at", kind="moment"),
        Column("signed_by", _("By"), sort="signed_by__staff_number"),
    ]
    empty = Empty(_("No round yet"), _("Rounds are planned each morning: before opening and at both peaks."))
    rows = queries.rounds_visible_to(request.actor, unit)
    return build_table(
        request, rows, columns, filters=RoundFilter, caption=_("All rounds"), empty=empty, live="routines.rounds"
    )


# ---------------------------------------------------------------- one round
def round_named(request: GuardedRequest, unit: Unit, pk: int) -> Any:
    return found(queries.round_at(request.actor, unit, pk), pk)


def shown(request: GuardedRequest, row: Any, **more: Any) -> HttpResponse:
    """The round's form; `more` is a refused answer or signature."""
    unit, now = row.unit, timezone.now()
    day = unit.local_day(now)
    due = day + timedelta(policy.on(day, unit).whole("routines.action_days"))
    names = {
        "unit": unit,
        "page": queries.round_page(request.actor, row, now),
        "seen_form": SeenForm(owners=possible_owners(unit, day), initial={"due_date": due}),
        "sign_form": SignForm(),
        "may_start": row.state == "PLANNED" and now >= row.from_at,
    }
    return render(request, "routines/round.html", names | more, status=422 if more else 200)


@access.page(roles=EVERYONE)
@require_GET
def one_round(request: GuardedRequest, unit: Unit, pk: int) -> HttpResponse:
    return shown(request, round_named(request, unit, pk))


def begun(request: GuardedRequest, unit: Unit, deed: Callable[[], Any]) -> HttpResponse:
    """Start a round and go to its form, or say why not."""
    try:
        row = deed()
    except Unable as error:
        messages.error(request, f"{error.message} {error.wanted or error.found or ''}".strip())
        return redirect(at("rounds", unit))
    return redirect(at("round", row.unit, row.pk))


@access.page(roles=LEADERS)
@require_POST
def start(request: GuardedRequest, unit: Unit, pk: int) -> HttpResponse:
    row, by, now = round_named(request, unit, pk), request.actor.user, timezone.now()
    return begun(request, row.unit, lambda: services.start_round(round=row, by=by, now=now))


@access.page(roles=LEADERS)
@require_POST
def extra(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """A round that nobody planned."""
    by, now = request.actor.user, timezone.now()
    return begun(request, unit, lambda: services.start_extra(unit=unit, by=by, now=now))


@access.page(roles=LEADERS)
@require_POST
def answer(request: GuardedRequest, unit: Unit, pk: int, item: str) -> HttpResponse:
    """One item: in order, or points off. Kept at once."""
    row, now = round_named(request, unit, pk), timezone.now()
    entry = found(queries.item_of(row, item), item)
    form, seen = None, None
    if request.POST.get("seen") == "off":
        form = SeenForm(request.POST, request.FILES, owners=possible_owners(row.unit, row.unit.local_day(now)))
        if not form.is_valid():
            return shown(request, row, refused=item, seen_form=form)
        seen = seen_in(form)
    try:
        services.answer_item(round=row, item=entry, by=request.actor.user, now=now, seen=seen)
    except Unable as error:
        if form is None:
            return shown(request, row, refused=item, refusal=error)
        refuse(form, error)
        return shown(request, row, refused=item, seen_form=form)
    return redirect(at("round", row.unit, row.pk))


def seen_in(form: forms.Form) -> Seen:
    given = form.cleaned_data
    photos = tuple((photo.name or "", photo.read()) for photo in given["photos"])
    names = ("what", "points", "owner", "due_date")
    return Seen(photos=photos, **{name: given[name] for name in names})


@access.page(roles=LEADERS)
@require_POST
def sign(request: GuardedRequest, unit: Unit, pk: int) -> HttpResponse:
    """All items are seen: signed."""
    row, form = round_named(request, unit, pk), SignForm(request.POST)
    if not form.is_valid():
        return shown(request, row, sign_form=form)
    try:
        services.sign_round(round=row, by=request.actor.user, now=timezone.now(), **form.cleaned_data)
    except Unable as error:
        refuse(form, error)
        return shown(request, row, sign_form=form)
    messages.success(request, _("The round is signed."))
    return redirect(at("rounds", row.unit))
