"""The home of every role: what to do now, what happened today, and how the units below stand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from guimian.apps.today import queries
from guimian.base import access
from guimian.base.access import GuardedRequest
from guimian.base.ui.filters import Filter
from guimian.base.ui.nav import allowed_url
from guimian.base.ui.tables import Column, Empty, Table, build_table

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

FEW = 10  # so many units are seen at a glance, without a filter


@access.page(roles=access.EVERYONE)
@require_GET
def home(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """Today at the unit, for the person who asks."""
    page = queries.home_page(request.actor, unit, timezone.now())
    table = below_table(request, page.below) if page.below else None
    if table and (workbook := table.response()):
        return workbook
    names = {
        "page": page,
        "table": table,
        "findings_url": queries.address("findings:list", unit.code),
        "closes_url": allowed_url(request.actor, "daily_close:history", unit),
        **visit_links(request, unit, page.day),
    }
    return render(request, "today/home.html", names)


def visit_links(request: GuardedRequest, unit: Unit, day: date) -> dict[str, str]:
    """The visits behind the hall's figures; empty for whoever may not see them."""
    visits = allowed_url(request.actor, "reception:visits", unit)
    asked = {"waiting_url": "state=WAITING", "over_url": "over=1", "served_url": "state=DONE"}
    return {name: f"{visits}?day={day}&{query}" if visits else "" for name, query in asked.items()}


def below_table(request: HttpRequest, below: queries.Below) -> Table:
    """The units right below, the worst first; each figure leads to its rows."""
    late = to("findings:list", "late")
    columns = [
        Column("label", _("Unit"), sort="label", link=to("today:home")),
        Column("level", _("Level"), sort="level"),
        Column("day", _("Business day"), value=day_text, template="today/_day.html"),
        Column("not_opened", _("Not opened"), sort="not_opened", kind="number"),
        Column("waiting", _("Waiting"), sort="waiting", kind="number", link=to("reception:floor")),
        Column(
            "over",
            _("Above the limit"),
            sort="over",
            kind="number",
            template="today/_late.html",
            link=to("reception:floor"),
        ),
        Column("findings", _("Open findings"), sort="findings", kind="number", link=to("findings:list", "OPEN")),
        Column("late", _("Overdue"), sort="late", kind="number", template="today/_late.html", link=late),
    ]
    named = Filter("q", _("Unit"), keep=lambda row, text: text.lower() in f"{row.label} {row.code}".lower())
    filters = [named] if len(below.rows) > FEW else None
    empty = Empty(_("No unit stands below this one yet"), _("Units that are opened below it will stand here."))
    return build_table(
        request, below.rows, columns, filters=filters, caption=_("Units below"), name="below", empty=empty
    )


def to(route: str, state: str = "") -> Callable[[Any], str]:
    """The address of a row's unit at that route, its list narrowed to the state."""
    return lambda row: queries.address(route, row.code) + (f"?state={state}" if state else "")


def day_text(row: queries.UnitRow) -> str:
    """A counter's state, or how many counters are open."""
    if row.is_counter:
        return str(row.state_label)
    return _("%(open)s of %(counters)s open") % {"open": row.open + row.closing, "counters": row.counters}
