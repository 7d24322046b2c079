"""The units, and the page of one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from guimian.apps.organisation import queries, rules
from guimian.base import access, policy
from guimian.base.access import EVERYONE, LEADERS, OFFICERS, GuardedRequest
from guimian.base.ui.tables import Column, build_table

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit


class UnitFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    q = django_filters.CharFilter(label=gettext_lazy("Name or code"), method="named")
    level = django_filters.ChoiceFilter(label=gettext_lazy("Level"), choices=queries.LEVELS, empty_label="—")
    place = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=queries.PLACES, empty_label="—")
    size = django_filters.ChoiceFilter(label=gettext_lazy("Class"), choices=queries.SIZES, empty_label="—")
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=queries.UNIT_STATES, method="standing", empty_label="—"
    )
    day: date

    def named(self, rows: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        return queries.units_named_like(rows, text)

    def standing(self, rows: QuerySet[Any], _name: str, state: str) -> QuerySet[Any]:
        return queries.units_standing(rows, self.day, state == "open")


def url_of(unit: Unit) -> str:
    return reverse("organisation:unit", args=[unit.code])


@access.page(roles=EVERYONE)
@require_GET
def units(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """The units at and below this one."""
    columns = [
        Column("label", _("Unit"), sort="path", link=url_of, template="organisation/_unit.html"),
        Column("code", _("Code"), sort="code", kind="code"),
        Column("level", _("Level"), sort="level"),
        Column("place", _("Kind"), sort="place"),
        Column("size", _("Class"), sort="size"),
        Column(
            "open_windows",
            _("Windows"),
            sort="open_windows",
            kind="number",
            value=lambda row: row.open_windows if row.is_counter else None,
        ),
        Column(
            "staff",
            _("People"),
            sort="staff",
            kind="number",
            link=lambda row: reverse("organisation:people", args=[row.code]),
        ),
        Column("opened_on", _("Opened on"), sort="opened_on", kind="day"),
        Column("closed_on", _("Closed from"), sort="closed_on", kind="day"),
    ]
    day = unit.local_day(timezone.now())
    dated = type("Dated", (UnitFilter,), {"day": day})
    rows = queries.unit_list(request.actor, unit, day)
    table = build_table(request, rows, columns, filters=dated, caption=_("Units"))
    below = rules.level_below(unit.level) if request.actor.roles_at(unit.path) & OFFICERS else None
    return table.response() or render(
        request, "organisation/units.html", {"unit": unit, "table": table, "may_open": below}
    )


@access.page(roles=EVERYONE)
@require_GET
def unit_page(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """What a unit is: its kind, what stands below it, its people, windows, and what the rules say of them."""
    day = unit.local_day(timezone.now())
    page = queries.unit_page(request.actor, unit, day, policy.on(day, unit))
    roles = request.actor.roles_at(unit.path)
    context = {
        "unit": unit,
        "page": page,
        "today": day,
        "may_open": bool(roles & OFFICERS) and unit.closed_on is None,
        "may_change": bool(roles & LEADERS) and unit.closed_on is None,
        "may_close": bool(roles & OFFICERS) and unit.closed_on is None and unit.parent_id is not None,
    }
    return render(request, "organisation/unit.html", context)
