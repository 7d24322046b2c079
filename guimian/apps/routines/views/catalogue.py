"""The catalogues of duties and round items: everybody reads them, their keepers change them from a day on."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guimian.apps.routines import queries, services
from guimian.apps.routines.forms import ClauseForm, DutyForm, FromForm, ItemForm
from guimian.apps.routines.views.shared import FORM, at, day_named, found
from guimian.base import access
from guimian.base.access import EVERYONE, GuardedRequest
from guimian.base.ui.forms import answered
from guimian.base.ui.parts import Tab
from guimian.base.ui.tables import Column, Empty, build_table

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit


def model_of(catalogue: str) -> Any:
    return found(queries.CATALOGUES.get(catalogue), catalogue)


def keeps(request: GuardedRequest, unit: Unit) -> bool:
    return unit.level in queries.KEPT_AT and bool(request.actor.roles_at(unit.path) & queries.KEEPERS)


@access.page(roles=EVERYONE)
@require_GET
def entries(request: GuardedRequest, unit: Unit, catalogue: str) -> HttpResponse:
    """What is in force at the unit today, and which changes of its own are planned."""
    model, may_keep = model_of(catalogue), keeps(request, unit)
    columns = [
        Column(
            "title",
            _("Title"),
            sort="title",
            link=(lambda row: at("entry", unit, catalogue, row.code)) if may_keep else None,
        ),
        Column("clause", _("Clause"), sort="clause", kind="clause"),
        Column("part", _("Part of the day")),
        *([Column("detail", _("How often"), sort="detail")] if catalogue == "duties" else []),
        Column("points", _("Points"), sort="points", kind="number"),
        Column("kept_by", _("Kept by")),
        Column("from_date", _("From"), sort="from_date", kind="day"),
        Column("change_from", _("Changes from"), sort="change_from", kind="day"),
    ]
    rows = queries.catalogue(queries.kept_for(model, unit), unit, unit.local_day(timezone.now()))
    empty = Empty(_("The catalogue is empty"), _("Headquarters put in what every counter has to do."))
    table = build_table(request, rows, columns, caption=_("In force"), empty=empty, live="routines.catalogue")
    names = {"unit": unit, "table": table, "catalogue": catalogue, "may_keep": may_keep, "tabs": both(unit, catalogue)}
    return table.response() or render(request, "routines/catalogue.html", names)


def both(unit: Unit, current: str) -> list[Tab]:
    titles = {"duties": _("Duties"), "rounds": _("Walk-round form")}
    return [Tab(title, at("catalogue", unit, name), current=name == current) for name, title in titles.items()]


def form_for(catalogue: str) -> type[ClauseForm]:
    return DutyForm if catalogue == "duties" else ItemForm


@access.page(roles=queries.KEEPERS)
@require_http_methods(FORM)
def add(request: GuardedRequest, unit: Unit, catalogue: str) -> HttpResponse:
    """One more entry, for this unit and below."""
    model, now = model_of(catalogue), timezone.now()
    form = form_for(catalogue)(
        request.POST or None, is_new=True, initial={"from_date": unit.local_day(now) + timedelta(1)}
    )
    return answered(
        request, unit, form,
        lambda: services.set_entry(catalogue=model, unit=unit, by=request.actor.user, now=now, **form.cleaned_data),
        title=_("Add to the catalogue"), said=_("The entry is kept."), back=at("catalogue", unit, catalogue),
    )  # fmt: skip


@access.page(roles=queries.KEEPERS)
@require_http_methods(FORM)
def change(request: GuardedRequest, unit: Unit, catalogue: str, code: str) -> HttpResponse:
    """An entry as it is from a later day on."""
    model, now = model_of(catalogue), timezone.now()
    tomorrow = unit.local_day(now) + timedelta(1)
    rows = queries.kept_for(model, unit)
    row = found(queries.entry_of(rows, unit, code, tomorrow), code)
    form = form_for(catalogue)(request.POST or None, is_new=False, initial={**row.facts, "from_date": tomorrow})
    if request.method == "GET" and not form.is_bound:
        names = {"unit": unit, "form": form, "row": row, "catalogue": catalogue, "code": code}
        planned = queries.planned_of(rows, unit, code, unit.local_day(now))
        return render(
            request,
            "routines/entry.html",
            names | {"planned": planned, "from_form": FromForm(initial={"from_date": tomorrow})},
        )
    return answered(
        request, unit, form,
        lambda: services.set_entry(catalogue=model, unit=unit, code=code, by=request.actor.user, now=now, **form.cleaned_data),
        title=queries.title_of(row), said=_("The entry is kept."), back=at("catalogue", unit, catalogue),
    )  # fmt: skip


@access.page(roles=queries.KEEPERS)
@require_POST
def retire(request: GuardedRequest, unit: Unit, catalogue: str, code: str) -> HttpResponse:
    """From a day on it is no more."""
    model, now = model_of(catalogue), timezone.now()
    found(queries.entry_of(queries.kept_for(model, unit), unit, code, unit.local_day(now) + timedelta(1)), code)
    form = FromForm(request.POST)
    return answered(
        request, unit, form,
        lambda: services.retire_entry(catalogue=model, unit=unit, code=code, by=request.actor.user, now=now, **form.cleaned_data),
        title=_("Retire the entry"), said=_("The entry is retired from that day on."), back=at("catalogue", unit, catalogue),
    )  # fmt: skip


@access.page(roles=queries.KEEPERS)
@require_POST
def withdraw(request: GuardedRequest, unit: Unit, catalogue: str, code: str) -> HttpResponse:
    """Take a planned change back."""
    model, now = model_of(catalogue), timezone.now()
    day = day_named(request.POST.get("from_date", ""))
    rows = queries.planned_of(queries.kept_for(model, unit), unit, code, unit.local_day(now))
    if day not in {row.from_date for row in rows}:
        raise Http404(code)
    services.withdraw_entry(catalogue=model, unit=unit, code=code, from_date=day, by=request.actor.user, now=now)
    return redirect(at("catalogue", unit, catalogue))
