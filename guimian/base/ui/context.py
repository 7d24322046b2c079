"""What the layout draws around every page."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import get_language

from guimian.base.access import Actor
from guimian.base.ui.nav import nav_for
from guimian.base.ui.units import line_of

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit


@cache
def has_live() -> bool:
    """Whether the client of live updates is installed."""
    return finders.find("live/live.js") is not None


def business_day(unit: Unit) -> Any:
    """The counter's business day as the calendar tells it (`settings.BUSINESS_DAY`); None for other units or before one."""
    if not unit.is_counter or not settings.BUSINESS_DAY:
        return None
    return import_string(settings.BUSINESS_DAY)(unit, timezone.now())


def shell(request: HttpRequest) -> dict[str, Any]:
    """Names for every template: version, company, language, theme; on a unit's page also its line, navigation and day."""
    language = get_language() or settings.LANGUAGE_CODE
    context: dict[str, Any] = {
        "version": settings.VERSION,
        "company": settings.COMPANY,
        "demo": settings.DEMO,
        "in_english": language.startswith("en"),
        "theme": "dark" if request.COOKIES.get("theme") == "dark" else "light",
        "has_live": has_live(),
    }
    unit, actor = getattr(request, "unit", None), getattr(request, "actor", None)
    if unit is None or actor is None or request.headers.get("HX-Request"):
        return context
    return context | around(request, actor, unit)


def around(request: HttpRequest, actor: Actor, unit: Unit) -> dict[str, Any]:
    """What belongs to a unit's page. An htmx request fetches a part, so it gets none of this."""
    match = request.resolver_match
    route = match.view_name if match and set(match.kwargs) == {"unit"} else ""
    return {
        "unit": unit,
        "here": route,
        "line": line_of(actor, unit, route),
        "nav": nav_for(actor, unit, request.path),
        "business_day": business_day(unit),
    }
