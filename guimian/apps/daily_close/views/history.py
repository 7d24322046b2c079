"""Closes at and below a unit: each day with its close, what is missing on top (R5.5, R5.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from django.views.decorators.http import require_GET

from guimian.apps.daily_close import queries
from guimian.apps.daily_close.views.shared import READERS
from guimian.base import access
from guimian.base.access import GuardedRequest
from guimian.base.ui.tables import Column, Empty, Table, build_table

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

STANDS = {
    "MISSING": gettext_lazy("Not closed"),
    "LATE": gettext_lazy("Closed late"),
    "CLOSED": pgettext_lazy("business day", "Closed"),
    "RUNNING": gettext_lazy("Not over yet"),
}


class ClosesFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    q = django_filters.CharFilter(label=gettext_lazy("Counter"), method="named")
    stands = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=list(STANDS.items()))
    since = django_filters.DateFilter(label=gettext_lazy("From day"), field_name="day", lookup_expr="gte")
    until = django_filters.DateFilter(label=gettext_lazy("To day"), field_name="day", lookup_expr="lte")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("since", "until"):
            self.form.fields[name].widget.input_type = "date"

    def named(self, rows: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        return rows.filter(
            Q(unit__name__icontains=text) | Q(unit__name_en__icontains=text) | Q(unit__code__iexact=text)
        )


@access.page(roles=READERS)
@require_GET
def closes(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """The days with their closes; those that were never closed stand on top until they are."""
    today = unit.local_day(timezone.now())
    table = closes_table(request, unit, queries.closes_visible_to(request.actor, unit, today))
    if workbook := table.response():
        return workbook
    followed = queries.followed_up(request.actor, unit, today)
    return render(request, "daily_close/history.html", {"unit": unit, "table": table, "followed": followed})


def closes_table(request: GuardedRequest, unit: Unit, rows: QuerySet[Any]) -> Table:
    counter = Column("unit.label", _("Counter"), sort="unit__path")
    columns = [
        Column("day", _("Day"), sort="day", kind="day", link=url_of),
        *([] if unit.is_counter else [counter]),
        Column("stands", _("State"), value=lambda row: STANDS[row.stands], template="daily_close/_stands.html"),
        Column("close_number", pgettext("close", "No."), kind="number"),
        Column("closed_at", _("Closed at"), sort="closed_at", kind="moment"),
        Column("closed_by.label", _("Closed by")),
        Column("close_records", _("Records"), sort="close_records", kind="number"),
        Column("close_received", _("Received"), sort="close_received", kind="money"),
        Column("close_paid", _("Paid out"), sort="close_paid", kind="money"),
        Column("close_differences", _("Differences"), sort="close_differences", kind="number"),
    ]
    empty = Empty(_("No day was opened yet"), _("Each business day stands here with its close."))
    return build_table(
        request, rows, columns, filters=ClosesFilter, caption=_("Closes"), empty=empty, live="daily_close"
    )


def url_of(row: Any) -> str:
    """The close list of a closed day, else the page that shows what it waits for; a day closed without a list has neither."""
    if row.state != "CLOSED":
        return reverse("daily_close:counter", args=[row.unit.code])
    return reverse("daily_close:closed", args=[row.unit.code, row.day]) if row.close_number else ""
