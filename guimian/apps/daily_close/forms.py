"""What people fill in about closes."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from guimian.apps.daily_close import queries

if TYPE_CHECKING:
    from guimian.apps.daily_close.models import Cause, CloseLine
    from guimian.apps.daily_close.queries import TellerList


class ListForm(forms.Form):
    """A list with a tick, a cause and a note for each number; the cash for whoever counts it.

    Nothing is required here: what is missing is told by the service, all at once.
    """

    digest = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(
        self, *args: Any, found: TellerList, causes: Iterable[Cause], counts_cash: bool, **kwargs: Any
    ) -> None:
        self.found, self.causes = found, {cause.code: cause for cause in causes}
        super().__init__(*args, **(kwargs | {"initial": begun(found)}))
        choices = [("", _("Why not?")), *((cause.code, cause.label) for cause in self.causes.values())]
        for row in found.records:
            name = str(row.number)
            self.fields[f"ok_{name}"] = forms.BooleanField(label=_("Agrees"), required=False)
            self._explained(name, choices)
        if counts_cash:
            self.fields["counted"] = forms.DecimalField(
                label=_("Cash counted"), required=False, max_digits=14, decimal_places=2, min_value=Decimal(-(10**12)),
                help_text=_("The day's, without the float the drawer began with; below zero when more was paid out. CNY."),
            )  # fmt: skip
            self._explained("cash", choices)

    def _explained(self, name: str, choices: list[Any]) -> None:
        self.fields[f"why_{name}"] = forms.ChoiceField(label=_("Cause"), choices=choices, required=False)
        self.fields[f"note_{name}"] = forms.CharField(label=_("Note"), max_length=200, required=False)

    def checks(self) -> dict[int, dict[str, Any]]:
        """What was said of each number; one of which nothing was said is left out."""
        numbers = [row.number for row in self.found.records]
        said = {number: self._said(str(number)) for number in numbers}
        ticked = {number: bool(self.cleaned_data.get(f"ok_{number}")) for number in numbers}
        return {
            number: {"agrees": ticked[number], **said[number]}
            for number in numbers
            if ticked[number] or said[number]["cause"] or said[number]["note"]
        }

    def cash(self) -> dict[str, Any] | None:
        """What was counted; None when nothing was."""
        counted = self.cleaned_data.get("counted")
        return None if counted is None else {"counted": counted, **self._said("cash")}

    def _said(self, name: str) -> dict[str, Any]:
        cause = self.causes.get(self.cleaned_data.get(f"why_{name}", ""))
        return {"cause": cause, "note": self.cleaned_data.get(f"note_{name}", "")}


def begun(found: TellerList) -> dict[str, Any]:
    """What was said already and still holds: a record that changed since is to be checked anew."""
    values: dict[str, Any] = {"digest": found.digest}
    for row in found.records:
        values |= _begun_line(str(row.number), found.checked(row))
    if (close := found.close) is not None:
        values["counted"], values["note_cash"] = close.cash_counted, close.cash_note
        values["why_cash"] = close.cash_cause.code if close.cash_cause else ""
    return values


def _begun_line(name: str, line: CloseLine | None) -> dict[str, Any]:
    if line is None:
        return {}
    cause = line.cause.code if line.cause else ""
    return {f"ok_{name}": line.agrees, f"why_{name}": cause, f"note_{name}": line.note}


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200)


class CloseForm(forms.Form):
    notes = forms.CharField(
        label=_("Notes"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Printed on the close list."),
    )  # fmt: skip


def list_form(data: Any, found: TellerList, counts_cash: bool) -> ListForm:
    return ListForm(data, found=found, causes=queries.causes(), counts_cash=counts_cash)
