"""Lines of business, and who can do them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from guimian.apps.organisation.models.people import Person


class Skill(models.Model):
    """A line of business a person can be trained for and a window can serve."""

    code = models.CharField(max_length=30, unique=True)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60)

    def __str__(self) -> str:
        return self.code

    @property
    def label(self) -> str:
        return self.name_en if (get_language() or "").startswith("en") else self.name


class PersonSkill(models.Model):
    """What a person can do and up to which level of authority they may do it alone (R2.6, R5.7)."""

    class Level(models.IntegerChoices):
        NOVICE = 1, _("Novice")
        SKILLED = 2, _("Skilled")
        VETERAN = 3, _("Veteran")

    person = models.ForeignKey(Person, models.CASCADE, related_name="skills")
    skill = models.ForeignKey(Skill, models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(choices=Level.choices, default=Level.NOVICE)
    authorised_to = models.DecimalField(max_digits=14, decimal_places=2, default=0)  # CNY a single case
    since = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "skill"], name="skill_once"),
            models.CheckConstraint(condition=Q(authorised_to__gte=0), name="authority_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.skill_id} {self.level}"
