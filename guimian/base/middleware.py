"""What stands around every request."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from time import perf_counter
from typing import cast

import structlog
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from guimian.base import access

Answer = Callable[[HttpRequest], HttpResponse]
log = structlog.get_logger(__name__)
#: Asked for all the time, and nobody's business.
UNTOLD = ("/static/", "/healthz")


def told(get_response: Answer) -> Answer:
    """Give each request a number, log what became of it, and hand the number to whoever asks about it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        number, began = secrets.token_hex(6), perf_counter()
        structlog.contextvars.bind_contextvars(request=number)
        try:
            response = get_response(request)
        finally:
            structlog.contextvars.unbind_contextvars("request")
        if not request.path.startswith(UNTOLD):
            log.info("request", request=number, **facts(request), status=response.status_code, ms=spent(began))
        response["X-Request-Id"] = number
        return response

    return middleware


def facts(request: HttpRequest) -> dict[str, object]:
    """What a log may say of a request: the route, not the address; people and units by number and code."""
    match, unit = request.resolver_match, getattr(request, "unit", None)
    user = getattr(request, "_cached_user", None)
    return {
        "method": request.method,
        "route": match.view_name if match else "",
        "person": user.pk if user is not None else None,
        "unit": unit.code if unit is not None else "",
    }


def spent(began: float) -> int:
    return round((perf_counter() - began) * 1000)


def actor(get_response: Answer) -> Answer:
    """Put the acting person with the posts of today on the request, read once and only when asked for."""

    def middleware(request: HttpRequest) -> HttpResponse:
        def read() -> access.Actor:
            day = timezone.localdate()
            if request.user.is_authenticated:
                return access.actor_of(cast("access.HoldsPosts", request.user), day)
            return access.Actor(user=request.user)  # type: ignore[arg-type]  # nobody: holds no post, sees nothing

        request.actor = SimpleLazyObject(read)  # type: ignore[attr-defined]  # see access.GuardedRequest
        return get_response(request)

    return middleware
