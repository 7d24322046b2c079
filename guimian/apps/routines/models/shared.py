"""What the entries of the catalogues have in common: kept by a unit, from a day on, the past as it was."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Part(models.TextChoices):
    """The three parts of a day (R1.1)."""

    BEFORE = "BEFORE", _("Before opening")
    DURING = "DURING", _("During opening")
    AFTER = "AFTER", _("After closing")


class Entry(models.Model):
    """An entry of a catalogue at a unit (headquarters or a province) from a day on. A later row replaces an earlier one.

    `is_retired`: from that day on it is no more, at this unit and below.
    """

    unit = models.ForeignKey("organisation.Unit", models.PROTECT, related_name="+")
    code = models.SlugField(_("code"), max_length=40)
    from_date = models.DateField(_("from"))
    is_retired = models.BooleanField(default=False)
    clause = models.CharField(_("clause"), max_length=20)
    title_zh = models.CharField(_("Chinese title"), max_length=120)
    title_en = models.CharField(_("English title"), max_length=160)
    part = models.CharField(_("part of the day"), max_length=10, choices=Part.choices)
    position = models.PositiveSmallIntegerField(_("order"), default=100)
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=1, default=0)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    set_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code} from {self.from_date}"

    @property
    def title(self) -> Mapping[str, str]:
        return {"zh": self.title_zh, "en": self.title_en}

    @property
    def path(self) -> str:
        """The path of the unit that keeps it."""
        return self.unit.path

    @property
    def facts(self) -> dict[str, Any]:
        """What the journal says of it."""
        skipped = {"id", "unit", "set_by", "set_at"}
        names = [field.name for field in self._meta.concrete_fields if field.name not in skipped]
        return {name: getattr(self, name) for name in names}
