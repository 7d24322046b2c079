"""Signing in and what is one's own."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from allauth.account.views import LoginView
from allauth.mfa.utils import is_mfa_enabled
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model, login
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from guimian.base import access
from guimian.base.access import GuardedRequest, Role, declare
from guimian.base.accounts import limits

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person

BACKEND = "django.contrib.auth.backends.ModelBackend"
MOST_FOUND = 24


@dataclass(frozen=True)
class DemoPerson:
    """Somebody to sign in as with one click."""

    pk: int
    label: str
    staff_number: str
    role: Role
    unit_label: str


def demo_people(day: date, text: str = "") -> list[DemoPerson]:
    """One person in each role, or those whose name, number or unit holds the text."""
    posts: QuerySet[Any] = apps.get_model(settings.POST_MODEL)._default_manager.select_related("person", "unit")
    posts = posts.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day, person__is_active=True)
    posts = posts.order_by("unit__path", "person__staff_number")
    if text:
        wanted = Q()
        for name in (
            "person__name",
            "person__name_en",
            "person__staff_number",
            "unit__name",
            "unit__name_en",
            "unit__code",
        ):
            wanted |= Q(**{f"{name}__icontains": text})
        found = list(posts.filter(wanted)[:MOST_FOUND])
    else:
        firsts = (posts.filter(role=role).first() for role in Role)
        found = [post for post in firsts if post is not None]
    return [
        DemoPerson(post.person.pk, post.person.label, post.person.staff_number, Role(post.role), post.unit.label)
        for post in found
    ]


class SignIn(LoginView):  # type: ignore[misc]  # the library has no types
    """By staff number and password, by passkey, through the company's identity provider; in the demo by one click."""

    template_name = "account/login.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        text = self.request.GET.get("q", "").strip()[:40]
        if settings.DEMO:
            context |= {"people": demo_people(timezone.localdate(), text), "q": text}
        return context


sign_in = declare(
    sensitive_post_parameters("password")(SignIn.as_view()),
    access.Access(
        "public", reason="Somebody who is not signed in yet signs in here; rate-limited and locked after failures."
    ),
)


@access.public(reason="One click signs in, in demo mode only; elsewhere it is not there.")
@require_POST
def demo(request: HttpRequest) -> HttpResponse:
    if not settings.DEMO:
        raise Http404
    number = request.POST.get("person", "")
    person = get_object_or_404(get_user_model(), pk=number if number.isdigit() else 0, is_active=True)
    login(request, person, backend=BACKEND)
    UserSession.objects.create_from_request(request)
    target = request.POST.get("next", "")
    return redirect(target if url_has_allowed_host_and_scheme(target, None) else "/")


@access.public(reason="Closed: it answers that there is no such page.")
def closed(request: HttpRequest) -> HttpResponse:
    """In place of the library's pages for signing up and for passwords by e-mail: people are entered by those who may."""
    raise Http404


@access.personal
@require_GET
def profile(request: GuardedRequest) -> HttpResponse:
    """One's posts, how one signs in, one's sessions and tokens."""
    person: Person = request.actor.user
    posts = [(Role(grant.role), unit) for grant, unit in held(request)]
    return render(
        request,
        "accounts/profile.html",
        {"person": person, "posts": posts, "has_second_factor": is_mfa_enabled(person)},
    )


def held(request: GuardedRequest) -> list[tuple[access.Grant, Any]]:
    units = access.unit_model().objects.in_bulk([grant.unit_id for grant in request.actor.grants])
    return [(grant, units[grant.unit_id]) for grant in request.actor.grants]


@access.personal
@require_GET
def second_factor(request: GuardedRequest) -> HttpResponse:
    """Why a second factor is needed, and the two ways to get one."""
    needed = limits.second_factor_roles(limits.figures(timezone.localdate(), time.monotonic()))
    roles = [grant.role for grant in request.actor.grants if grant.role in needed]
    return render(
        request, "accounts/second_factor.html", {"roles": roles, "has_one": is_mfa_enabled(request.actor.user)}
    )


def locked_out(request: HttpRequest, *_arguments: Any, **_more: Any) -> HttpResponse:
    """The page for who guessed too often (`AXES_LOCKOUT_CALLABLE`)."""
    return render(request, "429.html", status=429)
