"""Who may do what, where: a post is a role at a unit, and it reaches that unit's subtree.

Every route declares its access with one of three decorators; a route without one fails the build. The unit of a page is
in its address (`/u/<unit>/…`) and is handed to the view only past the guard. A unit out of reach does not exist for the
person who asks (404); a unit within reach, without a role that the route wants, is refused (403).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, cast

from django.apps import apps
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit


class Role(models.TextChoices):
    """The roles of the handbook. Each is held as a post at one unit."""

    HQ_OFFICER = "HQ_OFFICER", _("HQ officer")
    PROVINCE_OFFICER = "PROVINCE_OFFICER", _("Province officer")
    CITY_OFFICER = "CITY_OFFICER", _("City officer")
    CENTRE_MANAGER = "CENTRE_MANAGER", _("Centre manager")
    SUPERVISOR = "SUPERVISOR", _("Counter supervisor")
    TELLER = "TELLER", _("Teller")
    CASHIER = "CASHIER", _("Cashier")
    GUIDE = "GUIDE", _("Guide")
    FLOATING_ADVISER = "FLOATING_ADVISER", _("Floating adviser")
    CLOSING_OFFICER = "CLOSING_OFFICER", _("Closing officer")
    ARCHIVIST = "ARCHIVIST", _("Archivist")
    INFORMATION_OFFICER = "INFORMATION_OFFICER", _("Information officer")


EVERYONE = frozenset(Role)
OFFICERS = frozenset({Role.HQ_OFFICER, Role.PROVINCE_OFFICER, Role.CITY_OFFICER})
MANAGERS = frozenset({Role.CENTRE_MANAGER, Role.SUPERVISOR})
#: Those whose "yes" is the second pair of eyes: they need a second factor where the policy asks for one (R10.11).
APPROVERS = OFFICERS | {Role.CENTRE_MANAGER}
LEADERS = OFFICERS | MANAGERS


@dataclass(frozen=True)
class Grant:
    """One post in force: a role and the subtree it reaches."""

    role: Role
    unit_id: int
    path: str

    def reaches(self, path: str) -> bool:
        return path.startswith(self.path)


@dataclass(frozen=True)
class Actor:
    """A person with the posts they hold on a day. Everything that is read is read through one."""

    user: Person
    grants: tuple[Grant, ...] = field(default=())

    def roles_at(self, path: str) -> frozenset[Role]:
        """The roles that reach the unit with this path; empty when the unit is out of reach."""
        return frozenset(grant.role for grant in self.grants if grant.reaches(path))

    def sees(self, path: str) -> bool:
        return any(grant.reaches(path) for grant in self.grants)

    def within(self, unit: str = "unit", roles: Iterable[Role] = EVERYONE) -> Q:
        """The guard of a query: rows whose `unit` lies in the reach of one of the actor's posts with these roles."""
        wanted = frozenset(roles)
        reach = Q(pk__in=())
        for path in {grant.path for grant in self.grants if grant.role in wanted}:
            reach |= Q(**{f"{unit}__path__startswith" if unit else "path__startswith": path})
        return reach


class HoldsPosts(Protocol):
    def grants_on(self, day: date) -> tuple[Grant, ...]: ...


def actor_of(user: HoldsPosts, day: date) -> Actor:
    """The person with the posts in force on `day` (starts included, ends excluded)."""
    return Actor(user=cast("Person", user), grants=user.grants_on(day))


def unit_model() -> type[Unit]:
    """The model of a unit, named by `settings.UNIT_MODEL` as Django's user model is by its own setting."""
    return cast("type[Unit]", apps.get_model(settings.UNIT_MODEL))


class GuardedRequest(HttpRequest):
    """A request past the sign-in: the middleware has put the actor on it, a unit page its unit."""

    actor: Actor
    unit: Unit


@dataclass(frozen=True)
class Access:
    """What a route declares."""

    kind: str  # "page" (a unit's), "personal" (one's own), "public"
    roles: frozenset[Role] = frozenset()
    reason: str = ""


P = ParamSpec("P")
UnitView = Callable[Concatenate[GuardedRequest, "Unit", P], HttpResponse]
PersonalView = Callable[Concatenate[GuardedRequest, P], HttpResponse]
View = Callable[..., HttpResponse]


def declare(view: View, access: Access) -> View:
    """Mark a view with what it declares; the build walks every route and wants the mark."""
    view.access = access  # type: ignore[attr-defined]  # a plain function carries the mark, as Django's own decorators do
    return view


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Off to the sign-in, and back here afterwards."""
    target = redirect(settings.LOGIN_URL)
    target["Location"] += "?" + urlencode({"next": request.get_full_path()})
    return target


def unit_within_reach(actor: Actor, code: str, roles: frozenset[Role]) -> Unit:
    """The unit of that code, past the guard.

    Raises Http404 when it does not exist or is out of reach, PermissionDenied when none of the actor's roles there is wanted.
    """
    unit = unit_model().objects.filter(actor.within(""), code=code).first()
    if unit is None:
        raise Http404(code)
    if not actor.roles_at(unit.path) & roles:
        raise PermissionDenied
    return unit


def page(*, roles: Iterable[Role] = EVERYONE) -> Callable[[UnitView[P]], View]:
    """A page of one unit, for these roles: `view(request, unit, …)` gets the unit itself, past the guard."""
    wanted = frozenset(roles)

    def decorate(view: UnitView[P]) -> View:
        @wraps(view)
        def guarded(request: GuardedRequest, unit: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not request.user.is_authenticated:
                return to_sign_in(request)
            request.unit = unit_within_reach(request.actor, unit, wanted)
            with timezone.override(request.unit.zone):  # a unit's page tells the unit's own time
                return view(request, request.unit, *args, **kwargs)

        return declare(guarded, Access("page", wanted))

    return decorate


def personal(view: PersonalView[P]) -> View:
    """A page of one's own: signed in, no unit."""

    @wraps(view)
    def guarded(request: GuardedRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return to_sign_in(request)
        return view(request, *args, **kwargs)

    return declare(guarded, Access("personal", EVERYONE))


def public(*, reason: str) -> Callable[[Callable[..., Any]], View]:
    """A route that needs no sign-in, and why."""

    def decorate(view: Callable[..., Any]) -> View:
        return declare(view, Access("public", reason=reason))

    return decorate
