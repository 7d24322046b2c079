"""The windows of counters."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guimian.apps.organisation.models.skills import Skill
from guimian.apps.organisation.models.units import Unit


class Window(models.Model):
    """A desk of a counter, by the number over it, and the lines of business it serves."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="windows")
    number = models.PositiveSmallIntegerField(_("window"))
    name = models.CharField(max_length=40, blank=True)
    skills = models.ManyToManyField(Skill, related_name="+")
    is_cashier = models.BooleanField(default=False)
    is_priority = models.BooleanField(default=False)  # for older and disabled customers
    closed_on = models.DateField(null=True)  # exclusive: the first day it is no more

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], name="window_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="window_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}#{self.number}"

    def is_closed(self, day: date) -> bool:
        return self.closed_on is not None and self.closed_on <= day

    @staticmethod
    def standing(day: date) -> Q:
        """Not closed on the day; a counter that will close keeps its windows until then."""
        return Q(closed_on=None) | Q(closed_on__gt=day)
