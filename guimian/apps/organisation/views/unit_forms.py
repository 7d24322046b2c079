"""Opening, changing and closing units."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guimian.apps.organisation import rules, services
from guimian.apps.organisation.forms import ClosingForm, NewUnitForm, UnitForm
from guimian.apps.organisation.views.units import url_of
from guimian.base import access
from guimian.base.access import LEADERS, OFFICERS, GuardedRequest
from guimian.base.ui.forms import answered, given

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

FORM = ["GET", "POST"]


@access.page(roles=OFFICERS)
@require_http_methods(FORM)
def unit_open(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """Open a unit one level below (F4.1)."""
    level = rules.level_below(unit.level)
    if level is None:
        raise Http404(unit.code)
    now = timezone.now()
    form = NewUnitForm(request.POST or None, has_kind=level == "COUNTER", initial={"opened_on": unit.local_day(now)})
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
    """Names and address; a counter's kind and class are the officers' to change (F2.1, F4.1)."""
    names = ("name", "name_en", "address", "place", "size")
    initial = {name: getattr(unit, name) for name in names}
    has_kind = unit.is_counter and bool(request.actor.roles_at(unit.path) & OFFICERS)
    form = UnitForm(request.POST or None, has_kind=has_kind, initial=initial)
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
