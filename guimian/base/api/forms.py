"""The form of a new token."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

LIVES = [(30, _("30 days")), (90, _("90 days")), (366, _("One year"))]


class TokenForm(forms.Form):
    name = forms.CharField(label=_("What it is for"), max_length=60, help_text=_("For example: nightly roster import."))
    days = forms.TypedChoiceField(label=_("Ends after"), coerce=int, choices=LIVES, initial=90)
    may_write = forms.BooleanField(
        label=_("May write"), required=False, help_text=_("Without this, the token only reads.")
    )
