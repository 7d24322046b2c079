"""What people fill in about findings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guimian.base.policy.clauses import clauses
from guimian.base.templatetags.ui import title_of

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person

PHOTO = "image/jpeg,image/png,image/webp,application/pdf,.xlsx"
USUAL_DAYS = 7  # until an action is due, unless told otherwise


class Photos(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Several files at once; a phone offers its camera."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=Photos(attrs={"accept": PHOTO, "multiple": True}), required=False, **kwargs)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        return [super(PhotosField, self).clean(one, initial) for one in (data or []) if one]


class OwnerField(forms.ModelChoiceField):  # type: ignore[type-arg]  # the library is not generic when it runs
    def label_from_instance(self, person: Any) -> str:
        return f"{person.label} · {person.staff_number}"


class FindingForm(forms.Form):
    """A finding that a person records by hand."""

    what = forms.CharField(
        label=_("What is wrong"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One thing, as one sees it: the queue display is dark."),
    )  # fmt: skip
    clause = forms.ChoiceField(label=_("Clause"), help_text=_("The clause that it goes against."))
    photos = PhotosField(label=_("Photos and files"), help_text=_("JPEG, PNG, WebP, PDF or Excel, up to 10 MB each."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", "—"), *((code, f"{code} {title_of(title)}") for code, title in titled_clauses().items())]
        self.fields["clause"].choices = choices  # type: ignore[attr-defined]  # a choice field


def titled_clauses() -> Mapping[str, Mapping[str, str]]:
    """The clauses proper, without the headings of whole regulations."""
    return {code: title for code, title in clauses().items() if "." in code or code.startswith("F")}


class AssignForm(forms.Form):
    owner = OwnerField(label=_("Owner"), queryset=None)
    due_date = forms.DateField(label=_("Due"), widget=forms.DateInput(attrs={"type": "date"}))
    what = forms.CharField(
        label=_("What to do"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Left empty: mend what was found."),
    )  # fmt: skip

    def __init__(self, *args: Any, owners: QuerySet[Person], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["due_date"].initial = today + timedelta(USUAL_DAYS)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]  # a model choice field


class DoneForm(forms.Form):
    note = forms.CharField(label=_("What was done"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    photos = PhotosField(label=_("Photos and files"), help_text=_("Show that it is mended."))


class DecisionForm(forms.Form):
    note = forms.CharField(
        label=pgettext_lazy("verification", "Remark"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Sending it back needs a reason."),
    )  # fmt: skip


class EvidenceForm(forms.Form):
    photos = PhotosField(label=_("Photos and files"))
    note = forms.CharField(label=_("Note"), required=False, max_length=300)
