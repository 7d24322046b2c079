"""The home of every role: what to do now, and what happened today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from guimian.apps.today import queries
from guimian.base import access
from guimian.base.access import GuardedRequest

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit


@access.page(roles=access.EVERYONE)
@require_GET
def home(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """Today at the unit, for the person who asks."""
    page = queries.home_page(request.actor, unit, timezone.now())
    return render(request, "today/home.html", {"page": page})
