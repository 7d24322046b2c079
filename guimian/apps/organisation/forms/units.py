"""What people fill in about units."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guimian.apps.organisation import queries
from guimian.base.ui.forms import DayField


class UnitForm(forms.Form):
    """A unit's names, address, and at a counter its kind and class."""

    name = forms.CharField(label=_("Name"), max_length=80)
    name_en = forms.CharField(label=_("English name"), max_length=80, required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    place = forms.ChoiceField(label=_("Kind"), choices=[("", "—"), *queries.PLACES])
    size = forms.ChoiceField(label=_("Class"), choices=[("", "—"), *queries.SIZES])

    def __init__(self, *args: Any, has_kind: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_kind:
            del self.fields["place"], self.fields["size"]


class NewUnitForm(UnitForm):
    """A unit one level below."""

    code = forms.CharField(
        label=_("Code"), max_length=16, help_text=_("2 to 16 capital letters and digits; it never changes.")
    )
    opened_on = DayField(label=_("Opened on"))
    field_order = ["code", "name", "name_en", "place", "size", "address", "opened_on"]

    def clean_code(self) -> str:
        return str(self.cleaned_data["code"]).upper()


class ClosingForm(forms.Form):
    closed_on = DayField(label=_("Closed from"), help_text=_("The first day it is no more."))
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
