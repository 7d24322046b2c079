"""The windows of a counter."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guimian.apps.organisation import queries, services
from guimian.apps.organisation.forms import LeavingForm, NewWindowForm, WindowForm
from guimian.apps.organisation.views.units import url_of
from guimian.base import access
from guimian.base.access import LEADERS, GuardedRequest
from guimian.base.ui.forms import answered, given

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit, Window

FORM = ["GET", "POST"]


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
    form = NewWindowForm(request.POST or None, initial={"number": queries.next_number(unit)})
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
