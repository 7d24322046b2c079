"""What people fill in about hours and the State's calendar."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guimian.apps.calendar import queries
from guimian.base.ui.forms import DayField, TimeField

TIMES = ("work_from", "open_from", "open_to", "work_to", "banks_until")


class HoursForm(forms.Form):
    """Working and opening hours on one kind of day, from a day on. The margins of R1.3 are the service's to judge."""

    day_kind = forms.ChoiceField(label=_("Hours for"), choices=queries.DAY_KINDS)
    from_date = DayField(
        label=_("From"), help_text=_("The first day they hold. What has passed is judged by the hours of its day.")
    )
    is_open = forms.BooleanField(
        label=_("The counter is open on these days"),
        required=False,
        help_text=_("Without the tick the times below do not count."),
    )
    work_from = TimeField(label=_("Work starts"), help_text=_("Internal, never published."))
    open_from = TimeField(label=_("Doors open"))
    open_to = TimeField(label=_("Doors close"))
    work_to = TimeField(label=_("Work ends"), help_text=_("Internal, never published."))
    banks_until = TimeField(
        label=_("Local banks stop corporate business"),
        required=False,
        help_text=_("Leave it empty where it is not known: then nothing is said of it."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """A day that the counter is shut on has no times."""
        super().__init__(*args, **kwargs)
        if self.is_bound and not self["is_open"].data:
            for name in TIMES:
                self.fields[name].required = False


class MarkForm(forms.Form):
    """Days in a row that are not what their weekdays say (R2.3)."""

    day = DayField(label=_("First day"))
    last = DayField(label=_("Last day"), required=False, help_text=_("Empty for a single day."))
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=queries.MARKS,
        help_text=_("Statutory holidays are those on which work is paid, not swapped for time off."),
    )
    name = forms.CharField(label=_("Name"), max_length=40)
    name_en = forms.CharField(label=_("English name"), max_length=60, required=False)


class ConfirmForm(forms.Form):
    """Which notice of the State the year's holidays were read from."""

    source = forms.CharField(
        label=_("Notice of the State"), max_length=120, help_text=_("Its name and number, so that others find it.")
    )
