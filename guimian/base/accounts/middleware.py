"""Around every request: sessions that end, a second factor for those who approve, headers that keep pages to themselves."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from guimian.base.access import to_sign_in
from guimian.base.accounts import limits
from guimian.engines.policy import Policy

Answer = Callable[[HttpRequest], HttpResponse]
BEGAN, SEEN = "began_at", "seen_at"
NOTED = 20  # seconds: a click sooner than this after the last one is not written down
#: Fetched by the page itself, not by somebody's hand: such a request keeps nobody signed in.
UNATTENDED = "X-Unattended"
#: Where somebody without a second factor may still go: to get one, or to leave.
OPEN_WITHOUT = ("/accounts/", "/language/", "/static/", "/healthz")
HEADERS = {
    "Permissions-Policy": "camera=(self), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def ended(session: SessionBase, now: datetime, found: Policy) -> str:
    """Why the session is over: `idle`, `long`, or empty while it is not. A clock set back ends nothing early."""
    began, seen = session.get(BEGAN), session.get(SEEN)
    if began is None or seen is None:
        return ""
    if now.timestamp() - began >= limits.longest(found).total_seconds():
        return "long"
    return "idle" if now.timestamp() - seen >= limits.idle(found).total_seconds() else ""


def sessions(get_response: Answer) -> Answer:
    """End sessions that were idle or open for too long; note the clicks of the others."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return get_response(request)
        now = timezone.now()
        if ended(request.session, now, limits.figures(timezone.localdate(now), time.monotonic())):
            logout(request)
            messages.info(request, _("Your session has ended, to keep the counter's data safe. Please sign in again."))
            return to_sign_in(request)
        note(request, now)
        response = get_response(request)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return middleware


def note(request: HttpRequest, now: datetime) -> None:
    moment, session = now.timestamp(), request.session
    if BEGAN not in session:
        session[BEGAN] = session[SEEN] = moment
    elif UNATTENDED not in request.headers and moment - session[SEEN] >= NOTED:
        session[SEEN] = moment


def second_factor(get_response: Answer) -> Answer:
    """Send those who approve, and have no second factor yet, to get one (R10.11)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SECOND_FACTOR and wants_one(request) and not request.path.startswith(OPEN_WITHOUT):
            return redirect("accounts:second_factor")
        return get_response(request)

    return middleware


def wants_one(request: HttpRequest) -> bool:
    """Whether the person holds a post that needs a second factor and has none. Not asked again once they have."""
    user = request.user
    if not user.is_authenticated or request.session.get("has_second_factor"):
        return False
    needed = limits.second_factor_roles(limits.figures(timezone.localdate(), time.monotonic()))
    if not any(grant.role in needed for grant in request.actor.grants):  # type: ignore[attr-defined]  # see access.GuardedRequest
        return False
    if is_mfa_enabled(user):
        request.session["has_second_factor"] = True
        return False
    return True


def headers(get_response: Answer) -> Answer:
    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware
