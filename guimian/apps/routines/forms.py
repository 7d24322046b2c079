"""What people fill in about routines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from guimian.apps.routines import queries
from guimian.base.access import Role
from guimian.base.findings.forms import OwnerField, PhotosField, titled_clauses
from guimian.base.templatetags.ui import title_of
from guimian.base.ui.forms import DayField

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person


class DoForm(forms.Form):
    """A duty done: a note and photos, where they are asked for."""

    note = forms.CharField(label=_("Note"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    photos = PhotosField(label=_("Photos"))


class ClauseForm(forms.Form):
    """Both titles, clause and points: what all entries of a catalogue have."""

    title_zh = forms.CharField(label=_("Chinese title"), max_length=120)
    title_en = forms.CharField(label=_("English title"), max_length=160)
    clause = forms.ChoiceField(label=_("Clause"))
    part = forms.ChoiceField(label=_("Part of the day"), choices=queries.PART_CHOICES)
    points = forms.DecimalField(
        label=_("Points"), min_value=0, max_value=99, max_digits=5, decimal_places=1, initial=1,
        help_text=_("Taken off when it is missed or not in order."),
    )  # fmt: skip
    position = forms.IntegerField(label=_("Order"), min_value=0, max_value=9999, initial=500)
    from_date = DayField(label=_("From"), help_text=_("Tomorrow at the earliest; the past stays as it was."))

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(code, f"{code} {title_of(title)}") for code, title in titled_clauses().items()]
        self.fields["clause"].choices = choices  # type: ignore[attr-defined]  # a choice field
        if is_new:
            code = forms.SlugField(
                label=_("Code"), max_length=40, help_text=_("Small letters, digits and _; it never changes.")
            )
            self.fields = {"code": code, **self.fields}


class ItemForm(ClauseForm):
    """An item of the walk-round form."""


class DutyForm(ClauseForm):
    """A duty: when, who, and what shows it."""

    whom_zh = forms.CharField(label=_("With whom, in Chinese"), max_length=60, required=False)
    whom_en = forms.CharField(label=_("With whom, in English"), max_length=80, required=False)
    rhythm = forms.ChoiceField(label=_("How often"), choices=queries.RHYTHMS)
    number = forms.IntegerField(
        label=_("Day of the week, the month or the quarter"), min_value=1, max_value=92, initial=1,
        help_text=_("The first open day from it on. Of no meaning for a daily duty or a holiday's."),
    )  # fmt: skip
    anchor = forms.ChoiceField(label=_("Its time is counted from"), choices=queries.ANCHORS)
    offset = forms.IntegerField(
        label=_("Minutes after it"), min_value=-600, max_value=600, initial=0, help_text=_("Negative: before it.")
    )
    every = forms.IntegerField(
        label=_("Again every so many minutes"), min_value=0, max_value=600, initial=0,
        help_text=_("0: once. Else from the opening of the doors until they close."),
    )  # fmt: skip
    roles = forms.MultipleChoiceField(
        label=_("Who may do it"), choices=Role.choices, widget=forms.CheckboxSelectMultiple
    )
    needs_note = forms.BooleanField(label=_("Needs a note"), required=False)
    needs_photo = forms.BooleanField(label=_("Needs a photo"), required=False)
    as_needed = forms.BooleanField(label=_("Only when it is needed: never late, never missed"), required=False)


class FromForm(forms.Form):
    from_date = DayField(label=_("From"), help_text=_("Tomorrow at the earliest; the past stays as it was."))


class SeenForm(forms.Form):
    """An item that is not in order: what, how many points, photos, and who mends it until when."""

    what = forms.CharField(label=_("What is not in order"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    points = forms.DecimalField(label=_("Points off"), min_value=0, max_digits=5, decimal_places=1, required=False)
    photos = PhotosField(label=_("Photos"))
    owner = OwnerField(label=_("Who mends it"), queryset=None, required=False)
    due_date = DayField(label=_("To be mended by"), required=False)

    def __init__(self, *args: Any, owners: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]  # a model choice field


class SignForm(forms.Form):
    remark = forms.CharField(
        label=_("Remark"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )


class ReportForm(forms.Form):
    """What the figures do not say."""

    comment = forms.CharField(
        label=_("Comment"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What stood out, and why."),
    )  # fmt: skip
    plan = forms.CharField(
        label=_("Plan for the next period"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )


class PublishForm(forms.Form):
    note = forms.CharField(
        label=_("Note of the review"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ObjectForm(forms.Form):
    text = forms.CharField(label=_("Objection"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class VisitForm(forms.Form):
    note = forms.CharField(label=_("What you saw"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))


class RemarkForm(forms.Form):
    remark = forms.CharField(
        label=_("Remark for the province"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
