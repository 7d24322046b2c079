"""What people fill in about people, their posts and skills."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guimian.apps.organisation import queries
from guimian.base.ui.forms import DayField


class PostForm(forms.Form):
    """A role at the unit of the page."""

    role = forms.ChoiceField(label=_("Role"), choices=[("", "—"), *queries.ROLES])
    starts_on = DayField(label=_("From"))
    ends_on = DayField(
        label=_("Until"), required=False, help_text=_("The first day it is no more; empty for an open end.")
    )


class PersonForm(PostForm):
    """Somebody new, with the first post."""

    staff_number = forms.CharField(label=_("Staff number"), max_length=20)
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=40)
    name_en = forms.CharField(label=pgettext_lazy("person", "English name"), max_length=60, required=False)
    phone = forms.CharField(
        label=_("Telephone"), max_length=20, required=False, help_text=_("Kept encrypted, shown masked.")
    )
    field_order = ["staff_number", "name", "name_en", "role", "starts_on", "ends_on", "phone"]


class EndPostForm(forms.Form):
    ends_on = DayField(label=_("Until"), help_text=_("The first day it is no more."))
    reason = forms.CharField(label=_("Reason"), max_length=300, required=False)


class SkillForm(forms.Form):
    skill = forms.ChoiceField(label=_("Line of business"))
    level = forms.TypedChoiceField(label=pgettext_lazy("skill", "Level"), coerce=int, choices=queries.SKILL_LEVELS)
    authorised_to = forms.DecimalField(
        label=_("May decide alone up to"),
        min_value=0,
        max_digits=14,
        decimal_places=2,
        initial=0,
        help_text=_("CNY, a single case."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["skill"].choices = [(skill.code, skill.label) for skill in queries.skills()]  # type: ignore[attr-defined]  # a choice field


class LeavingForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
