"""Refusals on forms: what a service would not do, said beside the clause."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError

from guimian.base.errors import Unable


class Refusal(ValidationError):
    """A form error that cites its clause, what was found and what would pass. `ui/_form.html` shows them."""

    def __init__(self, error: Unable) -> None:
        super().__init__(error.message, code="unable")
        self.clause = error.clause
        self.found = error.found
        self.wanted = error.wanted


def refuse(form: forms.BaseForm, error: Unable, field: str | None = None) -> None:
    """Put a service's refusal on the form: `except UnableToOpen as error: refuse(form, error)`."""
    form.add_error(field, Refusal(error))
