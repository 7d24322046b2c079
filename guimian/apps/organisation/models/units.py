"""The company as a tree: units, each one level below the one above."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

valid_unit_code = RegexValidator(r"^[A-Z0-9]{2,16}$", _("A unit code is 2 to 16 capital letters and digits."))


class Unit(models.Model):
    """A node of the company: HQ > province > city > service centre > counter. `path` holds its line of codes."""

    class Level(models.TextChoices):
        HQ = "HQ", _("Headquarters")
        PROVINCE = "PROVINCE", _("Province")
        CITY = "CITY", _("City")
        CENTRE = "CENTRE", _("Service centre")
        COUNTER = "COUNTER", _("Counter")

    class Place(models.TextChoices):
        """By place and customers (F2.1)."""

        URBAN = "URBAN", _("Urban counter")
        COUNTY = "COUNTY", _("County counter")
        URBAN_INNER = "URBAN_INNER", _("Urban inner counter")
        TOWNSHIP_INNER = "TOWNSHIP_INNER", _("Township inner counter")

    class Size(models.TextChoices):
        """The class of its premises (F2.2)."""

        FLAGSHIP = "FLAGSHIP", _("Flagship")
        LARGE = "LARGE", _("Standard, large")
        MEDIUM = "MEDIUM", _("Standard, medium")
        SMALL = "SMALL", _("Standard, small")
        INNER = "INNER", _("Inner counter")

    code = models.CharField(_("code"), max_length=16, unique=True, validators=[valid_unit_code])
    path = models.CharField(max_length=120, unique=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="children")
    level = models.CharField(_("level"), max_length=10, choices=Level.choices)
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=80, blank=True)
    place = models.CharField(_("kind"), max_length=20, choices=Place.choices, blank=True)
    size = models.CharField(_("class"), max_length=10, choices=Size.choices, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    timezone = models.CharField(_("time zone"), max_length=40, default="Asia/Shanghai")
    opened_on = models.DateField(_("opened on"), null=True)
    closed_on = models.DateField(_("closed on"), null=True)  # exclusive: the first day it is no more

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(level="HQ", parent=None) | (~Q(level="HQ") & Q(parent__isnull=False)),
                name="unit_only_hq_has_no_parent",
            ),
            models.CheckConstraint(
                condition=(~Q(level="COUNTER") & Q(place="", size=""))
                | (Q(level="COUNTER") & ~Q(place="") & ~Q(size="")),
                name="unit_kind_is_a_counters",
            ),
            models.CheckConstraint(
                condition=~Q(level="COUNTER")
                | (Q(place__in=["URBAN_INNER", "TOWNSHIP_INNER"], size="INNER"))
                | (Q(place__in=["URBAN", "COUNTY"]) & ~Q(size="INNER")),
                name="unit_inner_kind_and_class_agree",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(opened_on=None) | Q(closed_on__gt=F("opened_on")),
                name="unit_closes_after_it_opened",
            ),
            models.UniqueConstraint(fields=["level"], condition=Q(level="HQ"), name="unit_one_hq"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def local_day(self, now: datetime) -> date:
        """The day it is at the unit."""
        return now.astimezone(self.zone).date()

    def is_closed(self, day: date) -> bool:
        """Whether it is no more on the day; one that will close later stands until then."""
        return self.closed_on is not None and self.closed_on <= day

    @property
    def is_counter(self) -> bool:
        return self.level == self.Level.COUNTER
