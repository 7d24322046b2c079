"""Posts: who stands where, from when to when."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from guimian.apps.organisation.models.units import Unit
from guimian.base.access import Role


class Post(models.Model):
    """A role of a person at a unit, from a day on; `ends_on` is the first day it is no more."""

    person = models.ForeignKey("organisation.Person", models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="posts")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "unit", "role", "starts_on"], name="post_once"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gt=F("starts_on")), name="post_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["unit", "role"], name="post_by_unit")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.role}@{self.unit_id}"

    @staticmethod
    def in_force(day: date) -> Q:
        return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gt=day))
