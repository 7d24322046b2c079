"""The duties of a day: a counter's list to tick off, the counters below, and what was."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import django_filters
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from guimian.apps.routines import queries, services
from guimian.apps.routines.forms import DoForm
from guimian.apps.routines.services import UnableToDoDuty
from guimian.apps.routines.views.shared import DayFilter, at, at_code, day_asked, found, tabs
from guimian.base import access
from guimian.base.access import EVERYONE, GuardedRequest
from guimian.base.findings.views import sent
from guimian.base.ui.filters import Filter
from guimian.base.ui.parts import Tab
from guimian.base.ui.tables import Column, Empty, Table, build_table

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit


def parts_of(request: GuardedRequest, unit: Unit, current: str) -> list[Tab]:
    parts = (("routines:duties", _("The day")), ("routines:history", _("History")))
    return tabs(request.actor, unit, current, parts)


@access.page(roles=EVERYONE)
@require_GET
def duties(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """A counter's duties in the order of the day; of other units the counters below."""
    now = timezone.now()
    day = day_asked(request, unit, now)
    if unit.is_counter:
        return shown(request, unit, day, now)
    table = counters_table(request, unit, day, now)
    return table.response() or render(request, "routines/counters.html", around(request, unit, day) | {"table": table})


def around(request: GuardedRequest, unit: Unit, day: date) -> dict[str, Any]:
    """The day with the days beside it."""
    beside = {"before": (day - timedelta(1)).isoformat(), "after": (day + timedelta(1)).isoformat()}
    return {"unit": unit, "day": day, "tabs": parts_of(request, unit, "routines:duties"), **beside}


def shown(
    request: GuardedRequest, unit: Unit, day: date, now: datetime, refusal: UnableToDoDuty | None = None, pk: int = 0
) -> HttpResponse:
    page = queries.duties_page(request.actor, unit, day, now)
    names = around(request, unit, day) | {"page": page, "refusal": refusal, "refused": pk}
    return render(request, "routines/duties.html", names, status=422 if refusal else 200)


def counters_table(request: GuardedRequest, unit: Unit, day: date, now: datetime) -> Table:
    def to_day(row: queries.CounterTally) -> str:
        return f"{at_code('duties', row.code)}?day={day}"

    def to_state(state: str) -> Any:
        return lambda row: f"{at_code('history', row.code)}?state={state}&since={day}&until={day}"

    columns = [
        Column("label", _("Counter"), sort="label", link=to_day),
        Column("due", _("To come"), sort="due", kind="number"),
        Column("overdue", _("Overdue"), sort="overdue", kind="number", template="routines/_bad.html", link=to_day),
        Column("done", _("Done"), sort="done", kind="number", link=to_state("DONE")),
        Column("late", _("Done late"), sort="late", kind="number", link=to_state("LATE")),
        Column(
            "missed", _("Missed"), sort="missed", kind="number", template="routines/_bad.html", link=to_state("MISSED")
        ),
        Column("percent", _("In time"), sort="percent", kind="percent"),
    ]
    named = Filter("q", _("Counter"), keep=lambda row, text: text.lower() in f"{row.label} {row.code}".lower())
    empty = Empty(_("No counter stands here yet"), _("Duties are a counter's: they stand here once one is opened."))
    rows = queries.counters_on(request.actor, unit, day, now)
    return build_table(
        request, rows, columns, filters=[named], caption=_("Duties by counter"), empty=empty, live="routines.duties"
    )


# ---------------------------------------------------------------- one duty
@access.page(roles=EVERYONE)
@require_GET
def duty(request: GuardedRequest, unit: Unit, pk: int) -> HttpResponse:
    """One duty of one day: where its points lead to."""
    row = found(queries.day_duty_of(request.actor, unit, pk), pk)
    roles = frozenset(str(role) for role in request.actor.roles_at(row.unit.path))
    shown_row = queries.duty_row(row, roles, row.unit, timezone.now())
    return render(request, "routines/duty.html", {"unit": unit, "day_duty": row, "row": shown_row})


@access.page(roles=EVERYONE)
@require_POST
def do(request: GuardedRequest, unit: Unit, pk: int) -> HttpResponse:
    """Done: one tap, with a note and photos where they are asked for."""
    row, now = found(queries.day_duty_of(request.actor, unit, pk), pk), timezone.now()
    form = DoForm(request.POST, request.FILES)
    form.is_valid()
    given = form.cleaned_data
    photos = [(photo.name or "", photo.read()) for photo in given.get("photos", [])]
    try:
        services.do_duty(day_duty=row, by=request.actor.user, now=now, note=given.get("note", ""), photos=photos)
    except UnableToDoDuty as error:
        return shown(request, row.unit, row.day, now, error, pk)
    if not request.headers.get("HX-Request"):
        messages.success(request, _("Done."))
    return redirect(f"{at('duties', row.unit)}?day={row.day}")


@access.page(roles=EVERYONE)
@require_GET
def photo(request: GuardedRequest, unit: Unit, pk: int) -> HttpResponse:
    """A photo of a duty, past the guard."""
    return sent(found(queries.photo_of(request.actor, unit, pk), pk))


# ---------------------------------------------------------------- what was
class HistoryFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    q = django_filters.CharFilter(label=gettext_lazy("Duty"), method="named")
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=queries.STATES)
    unit = django_filters.CharFilter(label=gettext_lazy("Unit code"), field_name="unit__code", lookup_expr="iexact")
    since = DayFilter(label=gettext_lazy("From"), field_name="day", lookup_expr="gte")
    until = DayFilter(label=gettext_lazy("Until"), field_name="day", lookup_expr="lte")

    def named(self, rows: Any, _name: str, text: str) -> Any:
        return queries.duties_named_like(rows, text)


@access.page(roles=EVERYONE)
@require_GET
def history(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """The duties of all days at and below the unit."""
    now = timezone.now()
    columns = [
        Column(
            "title",
            _("Duty"),
            value=lambda row: queries.title_of(row.duty),
            link=lambda row: at("duty", row.unit, row.pk),
        ),
        Column("unit", _("Unit"), sort="unit__path"),
        Column("clause", _("Clause"), value=lambda row: row.duty.clause, kind="clause"),
        Column("day", _("Day"), sort="day", kind="day"),
        Column("due_at", _("Due"), sort="due_at", kind="moment"),
        Column(
            "state",
            _("State"),
            sort="state",
            value=lambda row: queries.Stand(*queries.stand_of(row, now)),
            template="routines/_stand.html",
        ),
        Column("done_at", _("Done at"), sort="done_at", kind="moment"),
        Column("done_by", _("By"), sort="done_by__staff_number"),
        Column("note", _("Note")),
    ]
    rows = queries.day_duties_visible_to(request.actor, unit)
    table = build_table(request, rows, columns, filters=HistoryFilter, caption=_("Duties"), live="routines.duties")
    names = {"unit": unit, "table": table, "tabs": parts_of(request, unit, "routines:history")}
    return table.response() or render(request, "routines/history.html", names)
