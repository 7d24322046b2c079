"""What people fill in about windows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guimian.apps.organisation import queries


class WindowForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=40, required=False)
    skills = forms.MultipleChoiceField(
        label=_("Lines of business"), widget=forms.CheckboxSelectMultiple, required=False
    )
    is_cashier = forms.BooleanField(label=_("Cashier's window: money is handled here"), required=False)
    is_priority = forms.BooleanField(label=_("For older and disabled customers first"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skills"].choices = [(skill.code, skill.label) for skill in queries.skills()]  # type: ignore[attr-defined]  # a choice field


class NewWindowForm(WindowForm):
    number = forms.IntegerField(label=_("Number over the window"), min_value=1, max_value=99)
    field_order = ["number", "name", "skills"]
