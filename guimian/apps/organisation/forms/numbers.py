"""Fields of personal data: kept encrypted, shown masked (R10.7)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guimian.apps.organisation import rules


class PhoneField(forms.CharField):
    """A mobile number or a landline; spaces are left out."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Telephone"), max_length=20, required=False, **kwargs)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value)).replace(" ", "")
        if text and not rules.is_phone(text):
            raise forms.ValidationError(_("A mobile number has 11 digits; a landline has its area code before it."))
        return text


class IdentityField(forms.CharField):
    """A resident identity number with its check digit."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("Identity number"), max_length=18, required=False, **kwargs)

    def clean(self, value: Any) -> str:
        text = str(super().clean(value)).upper()
        if text and not rules.is_identity(text):
            raise forms.ValidationError(_("An identity number has 18 digits, the last one checks the others."))
        return text
