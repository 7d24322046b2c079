"""Posts and skills of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from guimian.apps.organisation import queries, services
from guimian.apps.organisation.forms import EndPostForm, PostForm, SkillForm
from guimian.apps.organisation.views.person import person_at, url_of
from guimian.base import access, policy
from guimian.base.access import LEADERS, GuardedRequest
from guimian.base.errors import Unable
from guimian.base.ui.forms import answered, given

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

FORM = ["GET", "POST"]


@access.page(roles=LEADERS)
@require_http_methods(FORM)
def post_give(request: GuardedRequest, unit: Unit, person: str) -> HttpResponse:
    now, one = timezone.now(), person_at(request, unit, person)
    day = unit.local_day(now)
    roles = queries.roles_to_give(request.actor, unit, policy.on(day, unit))
    form = PostForm(request.POST or None, roles=roles, initial={"starts_on": day})
    return answered(
        request, unit, form,
        lambda: services.give_post(person=one, unit=unit, by=request.actor.user, now=now, **form.cleaned_data),
        title=_("A post for %(person)s at %(unit)s") % {"person": one.label, "unit": unit.label}, said=_("The post is given."),
        back=url_of(unit, one),
    )  # fmt: skip


@access.page(roles=LEADERS)
@require_http_methods(FORM)
def post_end(request: GuardedRequest, unit: Unit, person: str, post: int) -> HttpResponse:
    now, one = timezone.now(), person_at(request, unit, person)
    try:
        row = queries.post_of(request.actor, one, post)
    except ObjectDoesNotExist as error:
        raise Http404(post) from error
    form = EndPostForm(request.POST or None, initial={"ends_on": unit.local_day(now)})
    return answered(
        request, unit, form,
        lambda: services.end_post(post=row, by=request.actor.user, now=now, **form.cleaned_data),
        title=_("End the post %(role)s of %(person)s") % {"role": row.get_role_display(), "person": one.label},
        said=_("The post ends."), back=url_of(unit, one), word=_("End the post"),
    )  # fmt: skip


@access.page(roles=LEADERS)
@require_http_methods(FORM)
def skill_set(request: GuardedRequest, unit: Unit, person: str) -> HttpResponse:
    """What the person can do, and up to which amount alone (R2.6, R5.7)."""
    one = person_at(request, unit, person)
    form = SkillForm(request.POST or None, initial=queries.skill_of(one, request.GET.get("skill", "")))

    def deed() -> None:
        chosen = queries.skill(form.cleaned_data["skill"])
        names = given(form, "level", "authorised_to")
        services.set_skill(person=one, skill=chosen, unit=unit, by=request.actor.user, now=timezone.now(), **names)

    title = _("A skill of %(person)s") % {"person": one.label}
    return answered(request, unit, form, deed, title=title, said=_("The skill is set."), back=url_of(unit, one))


@access.page(roles=LEADERS)
@require_POST
def skill_remove(request: GuardedRequest, unit: Unit, person: str, skill: str) -> HttpResponse:
    """Take away a skill that the person does not have."""
    one = person_at(request, unit, person)
    try:
        row = queries.skill(skill)
    except ObjectDoesNotExist as error:
        raise Http404(skill) from error
    try:
        services.remove_skill(person=one, skill=row, unit=unit, by=request.actor.user, now=timezone.now())
    except Unable as error:
        messages.error(request, error.message)
    else:
        messages.success(request, _("The skill is taken away."))
    return redirect(url_of(unit, one))
