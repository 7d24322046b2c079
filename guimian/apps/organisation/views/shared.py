"""What the doors of the organisation share."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from guimian.base.access import GuardedRequest
from guimian.base.errors import Unable
from guimian.base.ui.forms import refuse

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit


def answered(
    request: GuardedRequest,
    unit: Unit,
    form: forms.Form,
    deed: Callable[[], Any],
    *,
    title: str,
    said: str,
    back: str,
    word: str = "",
    lead: str = "",
) -> HttpResponse:
    """A page with one form: shown, done and sent back, or shown again with what was typed and why not.

    `deed` is called with a sound form only; `word` is what the button says.
    """
    if request.method == "POST" and form.is_valid():
        try:
            deed()
        except Unable as error:
            refuse(form, error)
        else:
            messages.success(request, said)
            return redirect(back)
    context = {"unit": unit, "form": form, "title": title, "back": back, "word": word, "lead": lead}
    return render(request, "organisation/form.html", context, status=422 if form.is_bound and form.errors else 200)
