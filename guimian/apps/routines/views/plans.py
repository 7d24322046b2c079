"""The quarter's round of the counters, and the arrangements for long holidays."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import django_filters
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guimian.apps.routines import queries, services
from guimian.apps.routines.forms import RemarkForm, VisitForm
from guimian.apps.routines.views.shared import FORM, DayFilter, at, day_named, found
from guimian.base import access, policy
from guimian.base.access import APPROVERS, EVERYONE, OFFICERS, GuardedRequest
from guimian.base.errors import Unable
from guimian.base.ui.forms import answered
from guimian.base.ui.tables import Column, Empty, Table, build_table

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit


class VisitFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    unit = django_filters.CharFilter(label=gettext_lazy("Unit code"), field_name="unit__code", lookup_expr="iexact")
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=[("open", gettext_lazy("Not visited")), ("made", gettext_lazy("Visited"))],
        method="standing",
    )  # fmt: skip
    quarter = DayFilter(label=gettext_lazy("Quarter from"))

    def standing(self, rows: Any, _name: str, state: str) -> Any:
        return rows.filter(visited_on__isnull=state == "open")


@access.page(roles=APPROVERS)
@require_GET
def visits(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """Which counters were visited this quarter, and which were not."""
    day = unit.local_day(timezone.now())

    def stand(row: Any) -> queries.Stand:
        return queries.visit_stand(row, day)

    columns = [
        Column("unit", _("Counter"), sort="unit__path", link=lambda row: at("visit", row.unit, row.pk)),
        Column("quarter", _("Quarter from"), sort="quarter", kind="day"),
        Column("due_on", _("Due"), sort="due_on", kind="day"),
        Column("officer", _("Officer"), sort="officer__staff_number"),
        Column("stand", _("State"), value=stand, template="routines/_stand.html"),
        Column("visited_on", _("Visited"), sort="visited_on", kind="day"),
        Column("note", _("Note")),
    ]
    empty = Empty(_("No visit is planned yet"), _("Each quarter every counter is planned to be visited by its city."))
    rows = queries.visits_visible_to(request.actor, unit)
    table = build_table(
        request,
        rows,
        columns,
        filters=VisitFilter,
        caption=_("Visits to the counters"),
        empty=empty,
        live="routines.visits",
    )
    names = {"unit": unit, "table": table, "progress": queries.progress(request.actor, unit, day)}
    return table.response() or render(request, "routines/visits.html", names)


@access.page(roles=APPROVERS)
@require_http_methods(FORM)
def visit(request: GuardedRequest, unit: Unit, visit: int) -> HttpResponse:
    """One counter's visit of a quarter; an officer puts it on record."""
    row, form = found(queries.visit_of(request.actor, unit, visit), visit), VisitForm(request.POST or None)
    stand = queries.visit_stand(row, row.unit.local_day(timezone.now()))
    may_record = (
        row.visited_on is None and row.missed_at is None and bool(request.actor.roles_at(row.unit.path) & OFFICERS)
    )
    if request.method == "POST" and may_record:
        by = request.actor.user
        return answered(
            request, unit, form,
            lambda: services.record_visit(visit=row, by=by, now=timezone.now(), **form.cleaned_data),
            title=_("The visit to %(unit)s") % {"unit": row.unit.label}, said=_("The visit is on record."),
            back=at("visits", unit),
        )  # fmt: skip
    names = {"unit": unit, "visit": row, "stand": stand, "form": form if may_record else None}
    return render(request, "routines/visit.html", names)


# ---------------------------------------------------------------- long holidays
@access.page(roles=EVERYONE)
@require_GET
def holidays(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """The plans of the cities at and below the unit; at a counter the notices for its door."""
    if unit.is_counter:
        return render(request, "routines/notices.html", {"unit": unit, "notices": queries.notices_of(unit)})
    table = plans_table(request, unit)
    return table.response() or render(request, "routines/holidays.html", {"unit": unit, "table": table})


def plans_table(request: GuardedRequest, unit: Unit) -> Table:
    day = unit.local_day(timezone.now())
    before = policy.on(day, unit).whole("routines.holiday_report")

    def stand(row: Any) -> queries.Stand:
        return queries.plan_stand(row, day, before)

    columns = [
        Column(
            "name", _("Holiday"), sort="first", value=queries.holiday_name, link=lambda row: at("plan", unit, row.pk)
        ),
        Column("unit", _("City"), sort="unit__path"),
        Column("first", _("From"), sort="first", kind="day"),
        Column("last", _("To"), sort="last", kind="day"),
        Column("stand", _("State"), value=stand, template="routines/_stand.html"),
        Column("told_at", _("95519 told"), sort="told_at", kind="moment"),
        Column("published_at", _("Published"), sort="published_at", kind="moment"),
    ]
    empty = Empty(
        _("No long holiday is near"),
        _("Some days before each one a plan is begun for every city, from the State's calendar."),
    )
    rows = queries.plans_visible_to(request.actor, unit)
    return build_table(request, rows, columns, caption=_("Long holidays"), empty=empty, live="routines.holidays")


@access.page(roles=EVERYONE)
@require_GET
def plan(request: GuardedRequest, unit: Unit, plan: int) -> HttpResponse:
    """One plan: the counters and their days, and the three steps."""
    row = found(queries.plan_of(request.actor, unit, plan), plan)
    roles = request.actor.roles_at(row.unit.path)
    lines = queries.lines_of_plan(request.actor, row)
    names = {
        "unit": unit,
        "plan": row,
        "name": queries.holiday_name(row),
        "lines": lines,
        "days": [one.day for one in lines[0].days] if lines else [],
        "may_act": bool(roles & OFFICERS),
        "may_tell": bool(roles & services.TELLERS_OF_HOTLINE),
        "form": RemarkForm(),
    }
    return render(request, "routines/plan.html", names)


def stepped(request: GuardedRequest, unit: Unit, row: Any, deed: Callable[[], Any], said: str) -> HttpResponse:
    try:
        deed()
    except Unable as error:
        messages.error(request, f"{error.clause} {error.message}")
    else:
        messages.success(request, said)
    return redirect(at("plan", unit, row.pk))


@access.page(roles=OFFICERS)
@require_POST
def report(request: GuardedRequest, unit: Unit, plan: int) -> HttpResponse:
    row, form = found(queries.plan_of(request.actor, unit, plan), plan), RemarkForm(request.POST)
    form.is_valid()
    remark, by = form.cleaned_data.get("remark", ""), request.actor.user
    return stepped(
        request, unit, row,
        lambda: services.report_plan(plan=row, remark=remark, by=by, now=timezone.now()),
        _("The plan is reported to the province."),
    )  # fmt: skip


@access.page(roles=services.TELLERS_OF_HOTLINE)
@require_POST
def tell(request: GuardedRequest, unit: Unit, plan: int) -> HttpResponse:
    row, by = found(queries.plan_of(request.actor, unit, plan), plan), request.actor.user
    return stepped(
        request, unit, row, lambda: services.tell_hotline(plan=row, by=by, now=timezone.now()), _("95519 is told.")
    )


@access.page(roles=OFFICERS)
@require_POST
def publish(request: GuardedRequest, unit: Unit, plan: int) -> HttpResponse:
    row, by = found(queries.plan_of(request.actor, unit, plan), plan), request.actor.user
    return stepped(
        request,
        unit,
        row,
        lambda: services.publish_plan(plan=row, by=by, now=timezone.now()),
        _("The plan is published."),
    )


@access.page(roles=EVERYONE)
@require_GET
def notice(request: GuardedRequest, unit: Unit, first: str) -> HttpResponse:
    """What a counter hangs at its door, to be printed."""
    row = found(queries.notice_of(unit, day_named(first)) if unit.is_counter else None, first)
    return render(request, "routines/notice.html", {"unit": unit, "notice": row})
