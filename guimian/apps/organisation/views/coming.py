"""People who join, change and leave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from guimian.apps.organisation import queries, services
from guimian.apps.organisation.forms import LeavingForm, PersonChangeForm, PersonForm
from guimian.apps.organisation.views.person import person_at, url_of
from guimian.base import access, policy
from guimian.base.access import LEADERS, GuardedRequest
from guimian.base.ui.forms import answered, given

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

FORM = ["GET", "POST"]


@access.page(roles=LEADERS)
@require_http_methods(FORM)
def person_add(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """Somebody new, with the first post at this unit (R10.11)."""
    now = timezone.now()
    day = unit.local_day(now)
    roles = queries.roles_to_give(request.actor, unit, policy.on(day, unit))
    form = PersonForm(request.POST or None, roles=roles, initial={"starts_on": day})
    names = ("staff_number", "name", "name_en", "phone", "role", "starts_on", "ends_on")
    return answered(
        request, unit, form,
        lambda: services.add_person(unit=unit, by=request.actor.user, now=now, **given(form, *names)),
        title=_("Add a person"), said=_("The person is entered. Give a first password on the person's page."),
        back=reverse("organisation:people", args=[unit.code]),
    )  # fmt: skip


@access.page(roles=LEADERS)
@require_http_methods(FORM)
def person_change(request: GuardedRequest, unit: Unit, person: str) -> HttpResponse:
    """Names and personal data; telephone and identity number are never shown in the form (R10.7)."""
    one = person_at(request, unit, person)
    initial = {name: getattr(one, name) for name in ("name", "name_en", "email")}
    form = PersonChangeForm(request.POST or None, initial=initial)

    def deed() -> None:
        names = given(form, "name", "name_en", "email")
        numbers = {name: text for name, text in given(form, "phone", "identity").items() if text}
        services.change_person(person=one, unit=unit, by=request.actor.user, now=timezone.now(), **names, **numbers)

    title = _("Change the data of %(person)s") % {"person": one.label}
    return answered(request, unit, form, deed, title=title, said=_("The data is changed."), back=url_of(unit, one))


@access.page(roles=LEADERS)
@require_http_methods(FORM)
def person_leave(request: GuardedRequest, unit: Unit, person: str) -> HttpResponse:
    """Somebody leaves the company: all posts end, nobody signs in as them any more."""
    one, form = person_at(request, unit, person), LeavingForm(request.POST or None)
    return answered(
        request, unit, form,
        lambda: services.let_go(person=one, unit=unit, by=request.actor.user, now=timezone.now(), **form.cleaned_data),
        title=_("%(person)s leaves") % {"person": one.label}, said=_("The posts are ended and the account is closed."),
        back=reverse("organisation:people", args=[unit.code]), word=_("End all posts"),
    )  # fmt: skip
