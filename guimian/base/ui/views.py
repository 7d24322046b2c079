"""The doors of the shell: language, units, the way home, the style page, and what is said when something goes wrong."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language

from guimian.base import access
from guimian.base.access import GuardedRequest
from guimian.base.ui.samples import sections
from guimian.base.ui.units import found_units, home_url

MOST_TEXT = 40


@access.public(reason="The language can be chosen before signing in.")
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    return set_language(request)


@access.personal
@require_GET
def start(request: GuardedRequest) -> HttpResponse:
    """Home: today, at the unit of the person's first post."""
    url = home_url(request.actor)
    return redirect(url) if url else render(request, "ui/no_post.html", status=403)


@access.personal
@require_GET
def units(request: GuardedRequest) -> HttpResponse:
    """The units within reach that hold the text `q`, each linked to the page named `page`; at most 30."""
    stops, more = found_units(request.actor, request.GET.get("q", "").strip()[:MOST_TEXT], request.GET.get("page", ""))
    name = "ui/_units.html" if request.headers.get("HX-Request") else "ui/units.html"
    return render(request, name, {"stops": stops, "more": more})


@access.public(reason="Shows made-up samples only, and only in demo mode.")
@require_GET
def style(request: HttpRequest) -> HttpResponse:
    """Every shared component in every state, in the language of the page."""
    if not settings.DEMO:
        raise Http404
    return render(request, "ui/style.html", {"sections": sections(request, timezone.now())})


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page for a form that came without its token (`settings.CSRF_FAILURE_VIEW`)."""
    return render(request, "ui/csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, from a template that asks nothing of the database, the session or the language."""
    return render(None, "500.html", status=500)  # no request, so that no context processor runs
