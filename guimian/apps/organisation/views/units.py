"""Units and the windows of a counter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import django_filters
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from guimian.apps.organisation import queries, rules, services
from guimian.apps.organisation.forms import (
    ClosingForm,
    LeavingForm,
    NewUnitForm,
    NewWindowForm,
    UnitForm,
    WindowForm,
)
from guimian.base import access, policy
from guimian.base.access import EVERYONE, LEADERS, OFFICERS, GuardedRequest
from guimian.base.ui.forms import answered, given
from guimian.base.ui.tables import Column, build_table

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit, Window

FORM = ["GET", "POST"]


class UnitFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    q = django_filters.CharFilter(label=gettext_lazy("Name or code"), method="named")
    level = django_filters.ChoiceFilter(label=gettext_lazy("Level"), choices=queries.LEVELS)
    place = django_filters.ChoiceFilter(label=gettext_lazy("Kind"), choices=queries.PLACES)
    size = django_filters.ChoiceFilter(label=gettext_lazy("Class"), choices=queries.SIZES)
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=queries.UNIT_STATES, method="standing")

    def named(self, rows: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        return queries.units_named_like(rows, text)

    def standing(self, rows: QuerySet[Any], _name: str, state: str) -> QuerySet[Any]:
        return rows.filter(closed_on__isnull=state == "open")


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
        Column("open_windows", _("Windows"), sort="open_windows", kind="number"),
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
    rows = queries.unit_list(request.actor, unit, unit.local_day(timezone.now()))
    table = build_table(request, rows, columns, filters=UnitFilter, caption=_("Units"))
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
        "may_change": bool(roles & LEADERS) and unit.closed_on is None,
        "may_close": bool(roles & OFFICERS) and unit.closed_on is None and unit.parent_id is not None,
    }
    return render(request, "organisation/unit.html", context)


@access.page(roles=OFFICERS)
@require_http_methods(FORM)
def unit_open(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """Open a unit one level below (F4.1)."""
    level = rules.level_below(unit.level)
    if level is None:
        raise Http404(unit.code)
    now = timezone.now()
    form = NewUnitForm(request.POST or None, is_counter=level == "COUNTER", initial={"opened_on": unit.local_day(now)})
    names = ("code", "name", "name_en", "place", "size", "address", "opened_on")
    return answered(
        request, unit, form,
        lambda: services.open_unit(parent=unit, by=request.actor.user, now=now, **given(form, *names)),
        title=_("Open a unit below %(unit)s") % {"unit": unit.label}, said=_("The unit is opened."),
        back=reverse("organisation:units", args=[unit.code]), word=_("Open the unit"),
    )  # fmt: skip


@access.page(roles=LEADERS)
@require_http_methods(FORM)
def unit_change(request: GuardedRequest, unit: Unit) -> HttpResponse:
    names = ("name", "name_en", "address", "place", "size")
    initial = {name: getattr(unit, name) for name in names}
    form = UnitForm(request.POST or None, is_counter=unit.is_counter, initial=initial)
    return answered(
        request, unit, form,
        lambda: services.change_unit(unit=unit, by=request.actor.user, now=timezone.now(), **given(form, *names)),
        title=_("Change the unit"), said=_("The unit is changed."), back=url_of(unit),
    )  # fmt: skip


@access.page(roles=OFFICERS)
@require_http_methods(FORM)
def unit_close(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """Close a unit from a day on; its past stays."""
    form = ClosingForm(request.POST or None)
    return answered(
        request, unit, form,
        lambda: services.close_unit(unit=unit, by=request.actor.user, now=timezone.now(), **form.cleaned_data),
        title=_("Close the unit"), said=_("The unit is closed."), back=url_of(unit), word=_("Close the unit"),
        lead=_("Units and posts below it have to be closed and ended first. What happened stays."),
    )  # fmt: skip


# ---------------------------------------------------------------- windows
def chosen_skills(form: WindowForm) -> list[Any]:
    return [skill for skill in queries.skills() if skill.code in form.cleaned_data["skills"]]


def window_at(unit: Unit, number: int) -> Window:
    try:
        return queries.window_of(unit, number)
    except ObjectDoesNotExist as error:
        raise Http404(number) from error


@access.page(roles=LEADERS)
@require_http_methods(FORM)
def window_add(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """One more window (F8.2, F3.2)."""
    form = NewWindowForm(request.POST or None)
    names = ("number", "name", "is_cashier", "is_priority")
    return answered(
        request, unit, form,
        lambda: services.add_window(
            unit=unit, skills=chosen_skills(form), by=request.actor.user, now=timezone.now(), **given(form, *names)
        ),
        title=_("Add a window"), said=_("The window stands."), back=url_of(unit),
    )  # fmt: skip


@access.page(roles=LEADERS)
@require_http_methods(FORM)
def window_change(request: GuardedRequest, unit: Unit, window: int) -> HttpResponse:
    row = window_at(unit, window)
    names = ("name", "is_cashier", "is_priority")
    initial = {name: getattr(row, name) for name in names} | {"skills": [skill.code for skill in row.skills.all()]}
    form = WindowForm(request.POST or None, initial=initial)
    return answered(
        request, unit, form,
        lambda: services.change_window(
            window=row, skills=chosen_skills(form), by=request.actor.user, now=timezone.now(), **given(form, *names)
        ),
        title=_("Window %(number)s") % {"number": row.number}, said=_("The window is changed."), back=url_of(unit),
    )  # fmt: skip


@access.page(roles=LEADERS)
@require_http_methods(FORM)
def window_close(request: GuardedRequest, unit: Unit, window: int) -> HttpResponse:
    row, form = window_at(unit, window), LeavingForm(request.POST or None)
    return answered(
        request, unit, form,
        lambda: services.close_window(window=row, by=request.actor.user, now=timezone.now(), **form.cleaned_data),
        title=_("Close window %(number)s") % {"number": row.number}, said=_("The window is closed."), back=url_of(unit),
        word=_("Close the window"),
    )  # fmt: skip
