"""The doors of the journal: its rows, one row, and whether its chain holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from guimian.base import access
from guimian.base.access import LEADERS, GuardedRequest
from guimian.base.journal import pages, tables

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit


@access.page(roles=LEADERS)
@require_GET
def entries(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """What happened at the unit and below it."""
    table = tables.entries_table(request, unit, pages.entries_visible_to(request.actor, unit))
    return table.response() or render(request, "journal/list.html", {"unit": unit, "table": table})


@access.page(roles=LEADERS)
@require_GET
def entry(request: GuardedRequest, unit: Unit, pk: int) -> HttpResponse:
    """One row of the journal."""
    try:
        page = pages.entry_page(request.actor, unit, pk)
    except KeyError as error:
        raise Http404(pk) from error
    return render(request, "journal/entry.html", {"unit": unit, "page": page})


@access.page(roles=LEADERS)
@require_GET
def verify(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """Whether the unit's chain holds, its seals, and the chains below."""
    below = tables.heads_table(request, pages.heads_visible_to(request.actor, unit))
    seals = tables.seals_table(request, pages.seals_of(unit))
    if answer := below.response() or seals.response():
        return answer
    context = {"unit": unit, "chain": pages.chain_of(unit), "below": below, "seals": seals}
    return render(request, "journal/verify.html", context)
