"""What people fill in about posts and skills."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guimian.apps.organisation import queries
from guimian.base.ui.forms import DayField


class PostForm(forms.Form):
    """A role at the unit of the page; `roles` are those that may be given there."""

    role = forms.ChoiceField(label=_("Role"))
    starts_on = DayField(label=_("From"))
    ends_on = DayField(
        label=_("Until"), required=False, help_text=_("The first day it is no more; empty for an open end.")
    )

    def __init__(self, *args: Any, roles: Sequence[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [("", "—"), *roles]  # type: ignore[attr-defined]  # a choice field


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
