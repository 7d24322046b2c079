"""Bringing a company in from Excel: the file, what it would do, and doing exactly that."""

from __future__ import annotations

import base64
import hashlib
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guimian.apps.organisation import intake, services
from guimian.apps.organisation.forms import ImportForm
from guimian.base import access
from guimian.base.access import APPROVERS, GuardedRequest
from guimian.base.errors import Unable
from guimian.base.findings.files import write_whole
from guimian.base.personal import decrypt, encrypt
from guimian.base.ui.export import XLSX
from guimian.base.ui.filters import Filter
from guimian.base.ui.forms import refuse
from guimian.base.ui.tables import Column, Table, build_table

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

SEALED = "organisation.import"  # what a waiting file is encrypted for
WAITS = 24 * 3600  # seconds that a previewed file is kept


def folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "imports"


def waiting_file(person: int, sha256: str) -> Path:
    return folder() / f"{person}-{sha256}"


def put_aside(person: int, data: bytes) -> str:
    """Keep the file, encrypted, until it is applied or a day has gone; gives its digest."""
    for old in folder().glob("*"):
        if time.time() - old.stat().st_mtime > WAITS:
            old.unlink(missing_ok=True)
    sha256 = hashlib.sha256(data).hexdigest()
    write_whole(waiting_file(person, sha256), encrypt(base64.b64encode(data).decode(), SEALED).encode())
    return sha256


def taken_up(person: int, sha256: str) -> bytes | None:
    """The file put aside by this person; None when it is gone."""
    path = waiting_file(person, sha256)
    if not re.fullmatch(r"[0-9a-f]{64}", sha256) or not path.is_file():
        return None
    return base64.b64decode(decrypt(path.read_text(encoding="ascii"), SEALED))


def changes_table(request: GuardedRequest, plan: services.ImportPlan) -> Table:
    words = {services.NEW: _("New"), services.CHANGED: _("Changed"), services.UNCHANGED: _("Unchanged")}
    columns = [
        Column("sheet", _("Sheet"), sort="sheet"),
        Column("line", _("Line"), sort="line", kind="number"),
        Column("key", _("What"), sort="key"),
        Column(
            "outcome",
            _("Outcome"),
            sort="outcome",
            value=lambda row: words[row.outcome],
            template="organisation/_outcome.html",
        ),
        Column(
            "fields",
            _("Change"),
            value=lambda row: "; ".join(f"{name}: {old or '–'} → {new or '–'}" for name, old, new in row.fields),
        ),
    ]
    narrow = [Filter("outcome", _("Outcome"), lambda row, text: row.outcome == text, list(words.items()))]
    return build_table(
        request,
        plan.rows,
        columns,
        filters=narrow,
        caption=_("What would change"),
        name="rows",
        export=False,
        per_page=200,
    )


def bad_table(request: GuardedRequest, plan: services.ImportPlan) -> Table:
    columns = [
        Column("sheet", _("Sheet")),
        Column("line", _("Line"), kind="number"),
        Column("column", _("Column"), kind="code"),
        Column("found", _("Found")),
        Column("wanted", _("Would pass")),
        Column("clause", _("Clause"), kind="clause"),
    ]
    return build_table(
        request, plan.bad, columns, caption=_("Lines to correct"), name="bad", export=False, per_page=200
    )


@access.page(roles=APPROVERS)
@require_http_methods(["GET", "POST"])
def import_file(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """The file, and after it what it would do. Nothing is written yet."""
    form = ImportForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"unit": unit, "form": form}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data["file"].read()
        try:
            plan = services.plan_import(data, scope=unit, by=request.actor.user, now=timezone.now())
            context |= {"plan": plan, "bad": bad_table(request, plan), "changes": changes_table(request, plan)}
            context["file"] = put_aside(request.actor.user.pk, data) if plan.changes and not plan.bad else ""
        except Unable as error:
            refuse(form, error)
        except OSError:
            form.add_error(None, _("The disk does not take the file. Nothing was saved; tell your administrator."))
    return render(request, "organisation/import.html", context, status=422 if form.is_bound and form.errors else 200)


@access.page(roles=APPROVERS)
@require_POST
def import_apply(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """Do exactly what was shown, whole or not at all."""
    person, sha256 = request.actor.user.pk, request.POST.get("file", "")
    data = taken_up(person, sha256)
    if data is None:
        messages.error(request, _("The file is no longer kept: hand it in again."))
        return redirect("organisation:import", unit.code)
    try:
        plan = services.apply_import(
            data, digest=request.POST.get("digest", ""), scope=unit, by=request.actor.user, now=timezone.now()
        )
    except Unable as error:
        messages.error(request, error.message)
        return redirect("organisation:import", unit.code)
    waiting_file(person, sha256).unlink(missing_ok=True)
    messages.success(request, _("Imported: %(changes)s changes.") % {"changes": plan.changes})
    return redirect("organisation:units", unit.code)


@access.page(roles=APPROVERS)
@require_GET
def import_template(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """An empty workbook with the headings and a remark under each."""
    return HttpResponse(
        intake.template(),
        content_type=XLSX,
        headers={"Content-Disposition": 'attachment; filename="guimian-import.xlsx"'},
    )
