"""Units, people and posts: the company as a tree, and who stands where in it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from guimian.base.access import Grant, Role
from guimian.base.personal import EncryptedField, mask_identity, mask_phone

valid_unit_code = RegexValidator(r"^[A-Z0-9]{2,16}$", _("A unit code is 2 to 16 capital letters and digits."))
valid_staff_number = RegexValidator(r"^[0-9A-Za-z]{4,20}$", _("A staff number is 4 to 20 letters and digits."))


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

    @property
    def is_counter(self) -> bool:
        return self.level == self.Level.COUNTER


class People(BaseUserManager["Person"]):
    """Makes people; used by services and the sign-in library only."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(staff_number__iexact=username)

    def create_user(self, staff_number: str, password: str | None = None, **fields: Any) -> Person:
        person = Person(staff_number=staff_number, **fields)
        person.set_password(password)
        person.save()
        return person


class Person(AbstractBaseUser):
    """Somebody who works for the company and signs in with a staff number. What they may do comes from their posts."""

    staff_number = models.CharField(_("staff number"), max_length=20, unique=True, validators=[valid_staff_number])
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = EncryptedField(_("telephone"), blank=True)
    phone_index = models.CharField(max_length=64, blank=True, db_index=True)
    identity = EncryptedField(_("identity number"), blank=True)
    identity_index = models.CharField(max_length=64, blank=True, db_index=True)
    is_active = models.BooleanField(default=True)
    joined_on = models.DateField(_("joined on"), null=True)
    left_on = models.DateField(_("left on"), null=True)
    language = models.CharField(max_length=10, blank=True)

    USERNAME_FIELD = "staff_number"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = People()

    def __str__(self) -> str:
        return f"{self.staff_number} {self.name}"

    @property
    def label(self) -> str:
        return self.name_en if self.name_en and (get_language() or "").startswith("en") else self.name

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone)

    @property
    def masked_identity(self) -> str:
        return mask_identity(self.identity)

    def grants_on(self, day: date) -> tuple[Grant, ...]:
        """The posts in force on the day, as grants; none once the person has left or is locked out."""
        if not self.is_active:
            return ()
        posts = self.posts.filter(Post.in_force(day)).select_related("unit").order_by("unit__path", "role")
        return tuple(Grant(Role(post.role), post.unit_id, post.unit.path) for post in posts)


class Post(models.Model):
    """A role of a person at a unit, from a day on; `ends_on` is the first day it is no more."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="posts")
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


class Window(models.Model):
    """A desk of a counter, by the number over it, and the lines of business it serves."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="windows")
    number = models.PositiveSmallIntegerField(_("window"))
    name = models.CharField(max_length=40, blank=True)
    skills = models.ManyToManyField(Skill, related_name="+")
    is_cashier = models.BooleanField(default=False)
    is_priority = models.BooleanField(default=False)  # for older and disabled customers
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], name="window_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="window_number_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}#{self.number}"
