"""What the doors of routines have in common."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import django_filters
from django.http import Http404
from django.urls import reverse

from guimian.base.access import Actor, GuardedRequest
from guimian.base.ui.forms import DayField
from guimian.base.ui.nav import allowed_url
from guimian.base.ui.parts import Tab, Text

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

FORM = ["GET", "POST"]


class DayFilter(django_filters.DateFilter):  # type: ignore[misc]  # the library has no types
    field_class = DayField


def day_asked(request: GuardedRequest, unit: Unit, now: datetime) -> date:
    """The day of the address (`?day=2026-11-23`), else today at the unit; a wrong one is today."""
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return unit.local_day(now)


def day_named(text: str) -> date:
    """A day in the path of an address. Raises Http404 for what is none."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Http404(text) from error


def tabs(actor: Actor, unit: Unit, current: str, parts: Iterable[tuple[str, Text]]) -> list[Tab]:
    """Tabs for the routes that the actor may use at the unit."""
    links = ((route, title, allowed_url(actor, route, unit)) for route, title in parts)
    return [Tab(title, url, current=route == current) for route, title, url in links if url]


def found(row: Any, asked: object) -> Any:
    """The row, or Http404 where there is none past the guard."""
    if row is None:
        raise Http404(asked)
    return row


def at(route: str, unit: Unit, *args: Any) -> str:
    """The address of one of our routes at the unit."""
    return at_code(route, unit.code, *args)


def at_code(route: str, code: str, *args: Any) -> str:
    return reverse(f"routines:{route}", args=[code, *args])
