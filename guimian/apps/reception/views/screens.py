"""What all pages without a sign-in share: the secret in the address, the language asked for, how often one may ask."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from guimian.apps.reception import queries
from guimian.apps.reception.views.limits import Limit

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit
    from guimian.apps.reception.models import Device, Ticket

WHY = (
    "Customers have no accounts: the address holds a secret of 128 bits, and the page holds numbers only; rate-limited."
)
POSTS = Limit(most=60, seconds=60)  # of one screen or ticket
MISSES = Limit(most=30, seconds=60)  # of one address on the net
Shown = Callable[..., HttpResponse]


def screen(kind: str) -> Callable[[Callable[..., HttpResponse]], Shown]:
    """A page of a screen of this kind: `view(request, device, …)`; 404 once it is retired."""

    def read(secret: str) -> Device | None:
        return queries.device_at(secret, kind)

    return _by_secret(read)


def own_ticket() -> Callable[[Callable[..., HttpResponse]], Shown]:
    """A customer's own page: `view(request, ticket)`."""
    return _by_secret(queries.ticket_at)


def _by_secret(read: Callable[[str], Device | Ticket | None]) -> Callable[[Callable[..., HttpResponse]], Shown]:
    def decorate(view: Callable[..., HttpResponse]) -> Shown:
        @wraps(view)
        def shown(request: HttpRequest, secret: str, **more: Any) -> HttpResponse:
            row = read(secret)
            if row is None:
                return missed(request)
            if request.method == "POST" and not POSTS.passes(secret, time.monotonic()):
                return too_often(request)
            with timezone.override(row.unit.zone), translation.override(language_of(request)):
                answer = view(request, row, **more)
            answer["Cache-Control"] = "no-store"

            return answer

        return shown

    return decorate


def missed(request: HttpRequest) -> HttpResponse:
    """404; whoever tries many secrets is held back."""
    if not MISSES.passes(request.META.get("REMOTE_ADDR", ""), time.monotonic()):
        return too_often(request)
    raise Http404


def too_often(request: HttpRequest) -> HttpResponse:
    return render(request, "reception/too_often.html", status=429)


def language_of(request: HttpRequest) -> str:
    """The language in the address (`?lang=en`): a kiosk goes back to its own by itself, with no cookie left behind."""
    said = request.GET.get("lang", "")
    return said if said in dict(settings.LANGUAGES) else translation.get_language() or settings.LANGUAGE_CODE


def context(request: HttpRequest, unit: Unit, secret: str, **more: Any) -> dict[str, Any]:
    """What every screen's template has."""
    english = (translation.get_language() or "").startswith("en")
    other = "zh-hans" if english else "en"
    return {"unit": unit, "guest": secret, "lang": request.GET.get("lang", ""), "other_lang": other, **more}
