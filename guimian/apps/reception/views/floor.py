"""The floor: one counter's windows, line and figures, or all counters below a unit in a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from guimian.apps.reception import queries
from guimian.apps.reception.queries import CounterNow
from guimian.apps.reception.views.shared import moment_at
from guimian.base import access, policy
from guimian.base.access import LEADERS, GuardedRequest
from guimian.base.ui.filters import Filter
from guimian.base.ui.tables import Column, Empty, build_table

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit


@access.page(roles=LEADERS)
@require_GET
def floor(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """A counter's floor now; above counters, theirs in a row each."""
    return counter_floor(request, unit) if unit.is_counter else floor_above(request, unit)


def counter_floor(request: GuardedRequest, unit: Unit) -> HttpResponse:
    here = moment_at(unit, timezone.now())
    page = queries.floor_page(unit, here.hall, here.now, here.figures)
    visits = f"{reverse('reception:visits', args=[unit.code])}?day={here.hall.day}"
    late = [row for row in page.line if row.wants_comfort]
    rest = [row for row in page.line if not row.wants_comfort]
    context = {
        "unit": unit,
        "page": page,
        "visits": visits,
        "late": late,
        "rest": rest,
        "limit": here.figures["reception.comfort_after"],
    }
    return render(request, "reception/floor.html", context)


def floor_above(request: GuardedRequest, unit: Unit) -> HttpResponse:
    now = timezone.now()
    day = unit.local_day(now)
    rows = queries.counters_now(request.actor, unit, day, now, policy.on(day, unit))

    def visits(**asked: str) -> Callable[[CounterNow], str]:
        query = urlencode({"day": day.isoformat(), **asked})
        return lambda row: f"{reverse('reception:visits', args=[row.code])}?{query}"

    columns = [
        Column("label", _("Counter"), sort="label", link=lambda row: reverse("reception:floor", args=[row.code])),
        Column("state", _("Business day"), value=lambda row: row.state_label, template="reception/_day.html"),
        Column("waiting", _("Waiting"), sort="waiting", kind="number", link=visits(state="WAITING")),
        Column("longest", _("Longest wait now"), sort="longest", kind="duration", link=visits(state="WAITING", sort="-waited")),
        Column("over", _("Above the limit"), sort="over", kind="number", template="reception/_over.html", link=visits(over="1")),
        Column("served", _("Served"), sort="served", kind="number", link=visits(state="DONE")),
        Column("tickets", _("Tickets"), sort="tickets", kind="number", link=visits()),
        Column("rating", _("Mean rating"), sort="rating", kind="number", template="reception/_mean.html", link=visits(rated="1")),
    ]  # fmt: skip
    named = [Filter("q", _("Counter"), keep=lambda row, text: text.lower() in f"{row.label} {row.code}".lower())]
    table = build_table(
        request, rows, columns, filters=named, caption=_("Counters"), live="reception",
        empty=Empty(_("No counter stands below this unit."), _("Counters that are opened below it will stand here.")),
    )  # fmt: skip
    return table.response() or render(request, "reception/floor_above.html", {"unit": unit, "table": table, "day": day})
