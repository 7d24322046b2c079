"""Visits: the table of them, and one through its touch points (R6.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET

from guimian.apps.reception import queries
from guimian.apps.reception.views.shared import IN_THE_HALL, found
from guimian.base import access, policy
from guimian.base.access import GuardedRequest
from guimian.base.ui.tables import Column, Empty, build_table

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

YES = [("1", gettext_lazy("Yes"))]


def service_choices() -> list[tuple[str, str]]:
    return [(row.code, row.label) for row in queries.services_offered()]


class VisitFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    day = django_filters.DateFilter(label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}))
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=queries.TICKET_STATES)
    service = django_filters.ChoiceFilter(
        label=gettext_lazy("Service"), field_name="service__code", choices=service_choices
    )
    over = django_filters.ChoiceFilter(label=gettext_lazy("Above the limit"), choices=YES, method="above")
    rated = django_filters.ChoiceFilter(label=gettext_lazy("Rated"), choices=YES, method="with_rating")

    def above(self, rows: QuerySet[Any], _name: str, _said: str) -> QuerySet[Any]:
        return rows.filter(is_over=True)

    def with_rating(self, rows: QuerySet[Any], _name: str, _said: str) -> QuerySet[Any]:
        return rows.filter(rating__isnull=False)


@access.page(roles=IN_THE_HALL)
@require_GET
def visits(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """The visits at and below the unit, the newest first; waits are judged by the unit's figures of today."""
    now = timezone.now()
    figures = policy.on(unit.local_day(now), unit)
    rows = queries.visits_judged(request.actor, unit, now, figures)
    where = [] if unit.is_counter else [Column("unit", _("Counter"), sort="unit__path")]
    columns = [
        Column("number", _("Number"), sort="number", value=lambda row: row.label, link=page_of(unit), kind="code"),
        *where,
        Column("issued_at", _("Came"), sort="issued_at", kind="moment"),
        Column("service", _("Service"), sort="service__code"),
        Column("priority", pgettext("customer", "Class"), sort="priority"),
        Column("state", _("State"), sort="state", template="reception/_ticket_state.html"),
        Column("waited", _("Waited"), sort="waited", kind="duration", value=minutes, template="reception/_waited.html"),
        Column("window", _("Window"), sort="seat__window__number", kind="number", value=window),
        Column("teller", _("Teller"), sort="seat__teller__staff_number", value=lambda row: row.seat.teller if row.seat else None),
        Column("rating", _("Rating"), sort="rating__score", kind="number", value=score),
    ]  # fmt: skip
    table = build_table(
        request,
        rows,
        columns,
        filters=VisitFilter,
        caption=_("Visits"),
        empty=Empty(_("Nobody has come yet."), _("Each ticket that is issued will stand here, from the ticket to the farewell.")),
    )  # fmt: skip
    limit = figures["reception.comfort_after"]
    return table.response() or render(request, "reception/visits.html", {"unit": unit, "table": table, "limit": limit})


def page_of(unit: Unit) -> Any:
    return lambda row: reverse("reception:visit", args=[unit.code, row.pk])


def minutes(row: Any) -> int:
    return int(row.waited.total_seconds() // 60)


def window(row: Any) -> int | None:
    return row.seat.window.number if row.seat else None


def score(row: Any) -> int | None:
    rating = getattr(row, "rating", None)
    return rating.score if rating else None


@access.page(roles=IN_THE_HALL)
@require_GET
def visit(request: GuardedRequest, unit: Unit, visit: int) -> HttpResponse:
    """One visit through its touch points."""
    row = found(queries.visit_at, request.actor, unit, visit)
    page = queries.visit_page(row, timezone.now(), policy.on(row.day, row.unit))
    return render(request, "reception/visit.html", {"unit": unit, "page": page, "ticket": row})
