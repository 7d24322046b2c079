"""What stands around every request."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from guimian.base import access

Answer = Callable[[HttpRequest], HttpResponse]


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
