"""Forms of the policy: a figure's new value by its kind, a decision, a day to look at."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guimian.base.access import Role
from guimian.base.policy.queries import bounds_text
from guimian.engines.policy import Figure, Value
from guimian.engines.policy.book import UNITS

MOST_REASON = 500


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DayForm(forms.Form):
    """The day to look at; a wrong one is none."""

    day = forms.DateField(label=_("On the day"), required=False, widget=day_input())


def as_typed(value: Value) -> Any:
    """A value as its field shows it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return list(value) if isinstance(value, tuple) else value


class LinesField(forms.CharField):
    """Several words, one a line; a list is shown as lines."""

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, list) else value


def value_field(figure: Figure) -> forms.Field:
    """The field for a value of the figure."""
    label, kinds, hint = _("New value"), UNITS[figure.unit], bounds_text(figure)
    if figure.unit == "roles":
        return forms.MultipleChoiceField(
            label=label, choices=Role.choices, widget=forms.CheckboxSelectMultiple, required=False
        )
    if kinds == (bool,):
        return forms.ChoiceField(label=label, choices=[("", "—"), ("yes", _("Yes")), ("no", _("No"))], required=False)
    if int in kinds:
        places = 2 if Decimal in kinds else 0
        return forms.DecimalField(
            label=label,
            required=False,
            max_digits=14,
            decimal_places=places,
            min_value=figure.least if figure.least is not None else Decimal(0),
            max_value=figure.most,
            help_text=hint,
        )
    if figure.unit == "time_of_day":
        return forms.TimeField(label=label, required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    if figure.unit == "list":
        help_text = _("One a line.")
        return LinesField(label=label, required=False, widget=forms.Textarea(attrs={"rows": 4}), help_text=help_text)
    return forms.CharField(label=label, required=False, max_length=200)


class ProposalForm(forms.Form):
    """A change of one figure."""

    give_back = forms.BooleanField(label=_("Follow the unit above again"), required=False)
    from_date = forms.DateField(label=_("From"), widget=day_input(), help_text=_("Tomorrow at the earliest."))
    until = forms.DateField(
        label=_("Until"), required=False, widget=day_input(), help_text=_("The first day it holds no more.")
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=MOST_REASON, widget=forms.Textarea(attrs={"rows": 3}), strip=True
    )

    def __init__(self, *args: Any, figure: Figure, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.figure = figure
        self.fields["value"] = value_field(figure)
        self.order_fields(["value", "give_back", "from_date", "until", "reason"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        empty = cleaned.get("value") in (None, "", [])
        if empty and not cleaned.get("give_back") and "value" not in self.errors:
            self.add_error("value", _("Give a value, or let the unit follow the one above."))
        return cleaned

    def value(self) -> Value | None:
        """The value as the policy holds it; None gives the figure back."""
        if self.cleaned_data["give_back"]:
            return None
        raw, kinds = self.cleaned_data["value"], UNITS[self.figure.unit]
        if isinstance(raw, Decimal):
            return int(raw) if raw == raw.to_integral_value() else raw
        if kinds == (bool,):
            return bool(raw == "yes")
        if kinds == (tuple,):
            lines = raw.splitlines() if isinstance(raw, str) else raw
            return tuple(line.strip() for line in lines if line.strip())
        return raw  # type: ignore[no-any-return]  # a time or a word, as the field gives it


class DecisionForm(forms.Form):
    """What is said with a yes or no; a no says why."""

    note = forms.CharField(
        label=_("Note"), max_length=MOST_REASON, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
