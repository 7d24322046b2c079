"""One's own tokens, the description of the API, and what is said at an address that does not exist."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guimian.base import access
from guimian.base.access import GuardedRequest
from guimian.base.api import tokens
from guimian.base.api.forms import TokenForm
from guimian.base.api.house import HouseAPI
from guimian.base.api.problems import problem
from guimian.base.api.reference import sections_of
from guimian.base.ui.forms import refuse


@access.personal
@never_cache
@require_http_methods(["GET", "POST"])
def api_tokens(request: GuardedRequest) -> HttpResponse:
    """One's own tokens; a new one is shown once, in the answer to its form."""
    form, text, now = TokenForm(request.POST or None), "", timezone.now()
    if request.method == "POST" and form.is_valid():
        try:
            _token, text = tokens.create_token(person=request.actor.user, now=now, **form.cleaned_data)
            form = TokenForm()
        except tokens.UnableToCreateToken as error:
            refuse(form, error)
    names = {"form": form, "text": text, "tokens": tokens.tokens_of(request.actor.user), "now": now}
    return render(request, "api/tokens.html", names)


@access.personal
@require_POST
def revoke(request: GuardedRequest, pk: int) -> HttpResponse:
    """End one of one's own tokens."""
    try:
        tokens.revoke_token(person=request.actor.user, pk=pk, now=timezone.now())
        messages.success(request, _("The token has ended."))
    except tokens.UnableToRevokeToken as error:
        messages.error(request, error.message)
    return redirect("api_tokens")


@access.public(reason="Describes the API; holds no data.")
@require_GET
def openapi(request: HttpRequest, api: HouseAPI) -> HttpResponse:
    """The OpenAPI 3.1 description."""
    return JsonResponse(api.description_of_all())


@access.personal
@require_GET
def reference(request: GuardedRequest, api: HouseAPI) -> HttpResponse:
    """The description as a page."""
    return render(request, "api/reference.html", {"sections": sections_of(api.description_of_all())})


@access.public(reason="Says that there is no such address, as a problem that a program can read.")
@csrf_exempt
def nowhere(request: HttpRequest, **_rest: Any) -> HttpResponse:
    return problem(404)
