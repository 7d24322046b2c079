"""Why a list and the papers did not agree: a list of the company's that grows (R5.2)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Cause(models.Model):
    """A cause of differences. One that is in use is never taken away, only no longer offered."""

    code = models.CharField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=60)
    wants_note = models.BooleanField(default=False)  # says nothing by itself: the note tells
    is_active = models.BooleanField(default=True)
    place = models.PositiveSmallIntegerField(default=0)  # order in the list

    def __str__(self) -> str:
        return self.code

    @property
    def label(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name
