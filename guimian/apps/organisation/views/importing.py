"""Bringing a company in from Excel: the file, what it would do, and doing exactly that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guimian.apps.organisation import intake, services
from guimian.apps.organisation.forms import ImportForm
from guimian.apps.organisation.views.import_tables import bad_table, changes_table
from guimian.apps.organisation.views.waiting import Waiting, drop, put_aside, taken_up
from guimian.base import access
from guimian.base.access import APPROVERS, GuardedRequest
from guimian.base.errors import Unable
from guimian.base.ui.export import XLSX
from guimian.base.ui.forms import refuse

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit


def planned(request: GuardedRequest, unit: Unit, name: str, data: bytes) -> str:
    """Put the file aside with what it would do now; gives its key. Raises UnableToImport, and OSError from the disk."""
    plan = services.plan_import(data, scope=unit, by=request.actor.user, now=timezone.now())
    return put_aside(request.actor, unit, Waiting(name, data, plan))


def gone(request: GuardedRequest, unit: Unit) -> HttpResponse:
    messages.error(request, _("The file is no longer kept: hand it in again."))
    return redirect("organisation:import", unit.code)


@access.page(roles=APPROVERS)
@require_http_methods(["GET", "POST"])
def import_file(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """The file is handed in, then shown with what it would do. Nothing is written yet."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            return redirect("organisation:import_plan", unit.code, planned(request, unit, file.name, file.read()))
        except Unable as error:
            refuse(form, error)
        except OSError:
            form.add_error(None, _("The disk does not take the file. Nothing was saved; tell your administrator."))
    context = {"unit": unit, "form": form, "sheets": intake.SHEETS, "english": intake.in_english()}
    return render(request, "organisation/import.html", context, status=422 if form.is_bound and form.errors else 200)


@access.page(roles=APPROVERS)
@require_GET
def import_plan(request: GuardedRequest, unit: Unit, file: str) -> HttpResponse:
    """What the file would do, and every cell to correct."""
    waiting = taken_up(request.actor, unit, file)
    if waiting is None:
        return gone(request, unit)
    changes, bad = changes_table(request, waiting.plan), bad_table(request, waiting.plan)
    context = {"unit": unit, "file": waiting, "plan": waiting.plan, "changes": changes, "bad": bad}
    return bad.response() or changes.response() or render(request, "organisation/import_plan.html", context)


@access.page(roles=APPROVERS)
@require_POST
def import_apply(request: GuardedRequest, unit: Unit, file: str) -> HttpResponse:
    """Do exactly what was shown, whole or not at all. When it would now do something else, that is shown instead."""
    waiting = taken_up(request.actor, unit, file)
    if waiting is None:
        return gone(request, unit)
    digest, now = request.POST.get("digest", ""), timezone.now()
    try:
        plan = services.apply_import(waiting.data, digest=digest, scope=unit, by=request.actor.user, now=now)
    except Unable as error:
        messages.error(request, error.message)
        return redirect("organisation:import_plan", unit.code, planned(request, unit, waiting.name, waiting.data))
    drop(request.actor, unit, file)
    said = ngettext("%(count)s change is imported.", "%(count)s changes are imported.", plan.changes)
    messages.success(request, said % {"count": plan.changes})
    return redirect("organisation:units", unit.code)


@access.page(roles=APPROVERS)
@require_GET
def import_template(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """An empty workbook with the headings and a remark under each."""
    headers = {"Content-Disposition": 'attachment; filename="guimian-import.xlsx"'}
    return HttpResponse(intake.template(), content_type=XLSX, headers=headers)
