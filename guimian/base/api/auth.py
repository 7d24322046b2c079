"""Who calls: a program with a bearer token, or a person signed in in the browser (then with the CSRF token)."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError, AuthorizationError
from ninja.security import APIKeyCookie, HttpBearer

from guimian.base.access import GuardedRequest, actor_of
from guimian.base.api.tokens import used_token

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person

READS = frozenset({"GET", "HEAD", "OPTIONS"})


class Token(HttpBearer):
    """`Authorization: Bearer gm_…`. A token that is wrong or has ended is refused, whatever else the call carries."""

    def authenticate(self, request: HttpRequest, token: str) -> Person:
        row = used_token(token, timezone.now())
        if row is None:
            raise AuthenticationError
        if request.method not in READS and not row.may_write:
            raise AuthorizationError(message=_("This token only reads."))
        guarded = cast(GuardedRequest, request)
        guarded.user = row.person
        guarded.actor = actor_of(row.person, timezone.localdate())
        return row.person


class Session(APIKeyCookie):
    """The session of the browser; a call that writes needs the header X-CSRFToken as well."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Person | None:
        return request.user if request.user.is_authenticated else None
