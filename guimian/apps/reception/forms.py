"""What is filled in at the window, by the guide, and about screens."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guimian.apps.organisation.queries import windows_of
from guimian.apps.reception import queries

MOST_PAPERS = 500


class RecordForm(forms.Form):
    """A piece of business: of a visit at this window, or of none (R5.2)."""

    visit = forms.ChoiceField(label=_("Visit"), required=False)
    service = forms.ChoiceField(label=_("Service"), required=False)
    reference = forms.CharField(label=_("Policy or case number"), max_length=40, required=False)
    direction = forms.ChoiceField(label=_("Money"), choices=queries.DIRECTIONS)
    amount = forms.DecimalField(label=_("Amount"), min_value=0, max_digits=14, decimal_places=2, required=False)
    way = forms.ChoiceField(label=_("Way of payment"), choices=queries.WAYS)
    papers = forms.IntegerField(label=_("Papers"), min_value=0, max_value=MOST_PAPERS, required=False)
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def __init__(self, *args: Any, visits: Iterable[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visits = {str(row.pk): row for row in visits}
        self.services = {row.code: row for row in queries.services_offered()}
        named = [(pk, f"{row.label} · {row.service.label}") for pk, row in self.visits.items()]
        offered = [(code, row.label) for code, row in self.services.items()]
        self.fields["visit"].choices = [("", _("Without a visit")), *named]  # type: ignore[attr-defined]  # a choice field
        self.fields["service"].choices = [("", _("As the visit")), *offered]  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:
        """The rows behind the choices; the service is the visit's unless another one is named."""
        said: dict[str, Any] = self.cleaned_data
        said["ticket"] = self.visits.get(said.get("visit", ""))
        named = self.services.get(said.get("service", ""))
        said["service"] = named or (said["ticket"].service if said["ticket"] else None)
        if said["service"] is None and "service" not in self.errors:
            self.add_error("service", _("Say which service, as there is no visit."))
        said["amount"], said["papers"] = said.get("amount") or 0, said.get("papers") or 0
        return said


class DeviceForm(forms.Form):
    """A new screen of the hall."""

    kind = forms.ChoiceField(label=_("Kind"), choices=queries.DEVICE_KINDS)
    name = forms.CharField(label=_("Name"), max_length=40, help_text=_("So that staff know which one it is."))
    window = forms.ChoiceField(
        label=_("Window"), required=False, help_text=_("Of a rating pad; other screens have none.")
    )

    def __init__(self, *args: Any, unit: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbers = [(str(row.number), str(row.number)) for row in windows_of(unit, day) if row.is_open]
        self.fields["window"].choices = [("", "—"), *numbers]  # type: ignore[attr-defined]  # a choice field
