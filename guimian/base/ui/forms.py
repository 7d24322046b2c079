"""Forms: fields and answers that every app's doors share, and refusals, said beside the clause."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from guimian.base.access import GuardedRequest
from guimian.base.errors import Unable

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit


class DayField(forms.DateField):
    """A day, picked or typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class TimeField(forms.TimeField):
    """A time of day to the minute, picked or typed."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **kwargs)


class Refusal(ValidationError):
    """A form error that cites its clause, what was found and what would pass. `ui/_form.html` shows them."""

    def __init__(self, error: Unable) -> None:
        super().__init__(error.message, code="unable")
        self.clause = error.clause
        self.found = error.found
        self.wanted = error.wanted


def refuse(form: forms.BaseForm, error: Unable, field: str | None = None) -> None:
    """Put a service's refusal on the form: `except UnableToOpen as error: refuse(form, error)`."""
    for reason in (error, *error.more):
        form.add_error(field, Refusal(reason))


def given(form: forms.Form, *names: str) -> dict[str, Any]:
    """The named fields of a form that was found sound; those it does not have are left out."""
    return {name: form.cleaned_data[name] for name in names if name in form.cleaned_data}


def tried(request: GuardedRequest, deed: Callable[[datetime], Any], said: str) -> Unable | None:
    """Do it now and say so; else the refusal, for the page to show."""
    try:
        deed(timezone.now())
    except Unable as error:
        return error
    messages.success(request, said)
    return None


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
    return render(request, "ui/form.html", context, status=422 if form.is_bound and form.errors else 200)
