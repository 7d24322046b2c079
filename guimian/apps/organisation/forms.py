"""What people fill in about units, people, posts, windows and imports."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guimian.apps.organisation import queries
from guimian.base.ui.forms import DayField

MOST_IMPORT = 5 * 1024 * 1024


class UnitForm(forms.Form):
    """A unit's names, address, and at a counter its kind and class."""

    name = forms.CharField(label=_("Name"), max_length=60)
    name_en = forms.CharField(label=_("English name"), max_length=80, required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    place = forms.ChoiceField(label=_("Kind"), choices=[("", "—"), *queries.PLACES], required=False)
    size = forms.ChoiceField(label=_("Class"), choices=[("", "—"), *queries.SIZES], required=False)

    def __init__(self, *args: Any, is_counter: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_counter:
            del self.fields["place"], self.fields["size"]


class NewUnitForm(UnitForm):
    """A unit one level below."""

    code = forms.CharField(
        label=_("Code"), max_length=16, help_text=_("2 to 16 capital letters and digits; it never changes.")
    )
    opened_on = DayField(label=_("Opened on"))
    field_order = ["code", "name", "name_en", "place", "size", "address", "opened_on"]


class ClosingForm(forms.Form):
    closed_on = DayField(label=_("Closed from"), help_text=_("The first day it is no more."))
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


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


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("Workbook"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        help_text=_("An .xlsx file of up to 5 MB."),
    )

    def clean_file(self) -> Any:
        if (file := self.cleaned_data["file"]).size > MOST_IMPORT:
            raise forms.ValidationError(_("The file is too large."))
        return file
