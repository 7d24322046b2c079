"""One person: posts, skills, and what is seen of their personal data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from guimian.apps.organisation import queries, services
from guimian.base import access
from guimian.base.access import EVERYONE, LEADERS, GuardedRequest
from guimian.base.accounts.reveal import reveal as revealed
from guimian.base.errors import Unable
from guimian.base.journal import subject_of

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit

REVEALED = {"phone", "identity"}


def person_at(request: GuardedRequest, unit: Unit, number: str) -> Person:
    try:
        return queries.person_at(request.actor, unit, number, unit.local_day(timezone.now()))
    except ObjectDoesNotExist as error:
        raise Http404(number) from error


def url_of(unit: Unit, person: Person) -> str:
    return reverse("organisation:person", args=[unit.code, person.staff_number])


@access.page(roles=EVERYONE)
@require_GET
def person(request: GuardedRequest, unit: Unit, person: str) -> HttpResponse:
    """One person: posts, skills, and masked personal data."""
    one = person_at(request, unit, person)
    leads = bool(request.actor.roles_at(unit.path) & LEADERS)
    context = {
        "unit": unit,
        "page": queries.person_page(request.actor, one),
        "today": unit.local_day(timezone.now()),
        "leads": leads and one.left_on is None,
        "reveals": leads,
    }
    return render(request, "organisation/person.html", context)


@access.page(roles=LEADERS)
@require_POST
def reveal(request: GuardedRequest, unit: Unit, person: str, field: str) -> HttpResponse:
    """Show a telephone or identity number once, for a reason (R10.7)."""
    one = person_at(request, unit, person)
    if field not in REVEALED:
        raise Http404(field)
    return revealed(request, unit, subject=subject_of(one), field=field, value=getattr(one, field))


@access.page(roles=LEADERS)
@require_POST
def password_give(request: GuardedRequest, unit: Unit, person: str) -> HttpResponse:
    """A first or new password, shown once (R10.11)."""
    one, word, error = person_at(request, unit, person), "", None
    try:
        word = services.give_password(person=one, unit=unit, by=request.actor.user, now=timezone.now())
    except Unable as refusal:
        error = refusal
    context = {"unit": unit, "person": one, "word": word, "error": error, "back": url_of(unit, one)}
    return render(request, "organisation/password.html", context, status=422 if error else 200)
