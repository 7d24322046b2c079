"""What people fill in about people."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guimian.apps.organisation.forms.numbers import IdentityField, PhoneField
from guimian.apps.organisation.forms.posts import PostForm


class NamesForm(forms.Form):
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=40)
    name_en = forms.CharField(label=pgettext_lazy("person", "English name"), max_length=60, required=False)


class PersonForm(NamesForm, PostForm):
    """Somebody new, with the first post."""

    staff_number = forms.CharField(label=_("Staff number"), max_length=20, help_text=_("4 to 20 letters and digits."))
    phone = PhoneField(help_text=_("Kept encrypted, shown masked."))
    field_order = ["staff_number", "name", "name_en", "role", "starts_on", "ends_on", "phone"]


class PersonChangeForm(NamesForm):
    """Names and personal data of somebody; numbers that are left empty stay as they are."""

    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = PhoneField(help_text=_("Leave it empty and it stays as it is."))
    identity = IdentityField(help_text=_("Leave it empty and it stays as it is."))


class LeavingForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
