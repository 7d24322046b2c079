"""The file of an import."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MOST_IMPORT = 5 * 1024 * 1024


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
