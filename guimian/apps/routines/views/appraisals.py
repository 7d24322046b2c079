"""The month's appraisal: previewed, published, objected to; seen by those it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from guimian.apps.routines import queries, services
from guimian.apps.routines.forms import ObjectForm, PublishForm
from guimian.apps.routines.views.shared import FORM, at, at_code, day_named, found
from guimian.base import access
from guimian.base.access import APPROVERS, EVERYONE, GuardedRequest
from guimian.base.ui.forms import answered
from guimian.base.ui.tables import Column, Empty, Table, build_table

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit


@access.page(roles=EVERYONE)
@require_GET
def appraisals(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """A counter's months; above, the counters' last month."""
    now = timezone.now()
    if unit.is_counter:
        rows = queries.months_of(request.actor, unit, now)
    else:
        rows = queries.counters_in(request.actor, unit, queries.last_month(unit, now))
    table = months_table(request, unit, rows)
    return table.response() or render(request, "routines/appraisals.html", {"unit": unit, "table": table})


def months_table(request: GuardedRequest, unit: Unit, rows: tuple[queries.CounterMonth, ...]) -> Table:
    def to_month(row: Any) -> str:
        return at_code("appraisal", row.code, row.month)

    columns = [
        Column("label", _("Counter"), sort="label", link=to_month),
        Column("month", _("Month"), sort="month", value=lambda row: f"{row.month:%Y-%m}", link=to_month),
        Column("state", _("State"), sort="state", value=month_stand, template="routines/_stand.html"),
        Column("score", _("Score"), sort="score", kind="number"),
    ]
    empty = Empty(_("Nothing is published yet"), _("The city or the centre publishes each month after its end."))
    return build_table(request, rows, columns, caption=_("Appraisals"), empty=empty, live="routines.appraisals")


def month_stand(row: queries.CounterMonth) -> queries.Stand:
    published = row.state == "PUBLISHED"
    return queries.Stand("DONE", _("Published")) if published else queries.Stand("OPEN_MONTH", _("To be published"))


@access.page(roles=EVERYONE)
@require_GET
def appraisal(request: GuardedRequest, unit: Unit, month: str) -> HttpResponse:
    """A counter's month as the person may see it; every point leads to its source."""
    page = found(queries.appraisal_page(request.actor, unit, day_named(month), timezone.now()), month)
    return render(request, "routines/appraisal.html", {"unit": unit, "page": page})


@access.page(roles=APPROVERS)
@require_http_methods(FORM)
def publish(request: GuardedRequest, unit: Unit, month: str) -> HttpResponse:
    first, form = day_named(month), PublishForm(request.POST or None)
    page = found(queries.appraisal_page(request.actor, unit, first, timezone.now()), month)
    by = request.actor.user
    return answered(
        request, unit, form,
        lambda: services.publish_appraisal(unit=unit, month=first, by=by, now=timezone.now(), **form.cleaned_data),
        title=_("Publish the appraisal of %(month)s") % {"month": f"{page.month:%Y-%m}"}, said=_("Published."),
        back=at("appraisal", unit, month), word=_("Publish"),
        lead=_("From then on it does not change, and those it is about see it."),
    )  # fmt: skip


@access.page(roles=EVERYONE)
@require_http_methods(FORM)
def object_to(request: GuardedRequest, unit: Unit, mark: int) -> HttpResponse:
    row, form = found(queries.mark_of(request.actor, unit, mark), mark), ObjectForm(request.POST or None)
    by = request.actor.user
    return answered(
        request, unit, form,
        lambda: services.object_to(mark=row, by=by, now=timezone.now(), **form.cleaned_data),
        title=_("Object to the appraisal"), said=_("Your objection is on record."),
        back=at("appraisal", row.appraisal.unit, row.appraisal.month),
    )  # fmt: skip
