"""Reports of weeks and months, and the month's appraisal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from guimian.apps.routines import queries, services
from guimian.apps.routines.forms import ReportForm
from guimian.apps.routines.views.shared import FORM, at, day_named, found
from guimian.base import access
from guimian.base.access import LEADERS, GuardedRequest
from guimian.base.errors import Unable
from guimian.base.ui.export import workbook_response
from guimian.base.ui.forms import refuse
from guimian.base.ui.tables import Column, build_table

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit


@access.page(roles=LEADERS)
@require_GET
def reports(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """The unit's last weeks and months."""
    columns = [
        Column("kind_label", _("Report"), sort="kind_label", link=lambda row: at("report", unit, row.slug, row.first)),
        Column("first", _("From"), sort="first", kind="day"),
        Column("last", _("To"), sort="last", kind="day"),
        Column("due", _("To be signed by"), sort="due", kind="day"),
        Column("state", _("State"), sort="state", value=report_stand, template="routines/_stand.html"),
        Column("signed_by", _("Signed by"), sort="signed_by"),
        Column("signed_at", _("Signed at"), sort="signed_at", kind="moment"),
    ]
    rows = queries.reports_of(unit, timezone.now())
    table = build_table(request, rows, columns, caption=_("Reports"), live="routines.reports")
    return table.response() or render(request, "routines/reports.html", {"unit": unit, "table": table})


def report_stand(row: queries.ReportRow) -> queries.Stand:
    words = {"SIGNED": _("Signed"), "LATE": _("Overdue"), "DRAFT": _("Being written"), "OPEN": _("To be signed")}
    code = {"SIGNED": "DONE", "LATE": "OVERDUE"}.get(row.state, row.state)
    return queries.Stand(code, words[row.state])


@access.page(roles=LEADERS)
@require_http_methods(FORM)
def report(request: GuardedRequest, unit: Unit, kind: str, first: str) -> HttpResponse:
    """One report: its figures, its comment; saved, or signed for good."""
    known, now = found(queries.REPORT_KINDS.get(kind), kind), timezone.now()
    period = found(queries.period_at(known, day_named(first)), first)
    if period[0] > unit.local_day(now):
        raise Http404(first)
    page = queries.report_page(request.actor, unit, known, period, now)
    if request.GET.get("export") == "xlsx":
        return as_workbook(page)
    form = ReportForm(request.POST or None, initial=written(page))
    if request.method == "POST" and form.is_valid():
        verb = services.sign_report if "sign" in request.POST else services.comment_report
        try:
            verb(unit=unit, kind=known, first=period[0], by=request.actor.user, now=now, **form.cleaned_data)
        except Unable as error:
            refuse(form, error)
        else:
            messages.success(request, _("The report is signed.") if "sign" in request.POST else _("Saved."))
            return redirect(at("report", unit, kind, first))
    names = {"unit": unit, "page": page, "form": form}
    return render(request, "routines/report.html", names, status=422 if form.is_bound and form.errors else 200)


def written(page: queries.ReportPage) -> dict[str, Any]:
    return {"comment": page.row.comment, "plan": page.row.plan} if page.row else {}


def as_workbook(page: queries.ReportPage) -> HttpResponse:
    lines = [[section.title, row.label, row.value] for section in page.sections for row in section.rows]
    title = f"{page.kind.label} {page.first}"
    return workbook_response(title, [_("Section"), _("Figure"), _("Value")], lines)
