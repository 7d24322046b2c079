"""People, who sign in with their staff numbers."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from guimian.apps.organisation.models.posts import Post
from guimian.base.access import Grant, Role
from guimian.base.personal import EncryptedField, mask_identity, mask_phone

valid_staff_number = RegexValidator(r"^[0-9A-Za-z]{4,20}$", _("A staff number is 4 to 20 letters and digits."))


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

    class Meta:
        constraints = [
            # The sign-in takes capital letters for small ones: AB01 and ab01 would be two people of one name.
            models.UniqueConstraint(Lower("staff_number"), name="person_staff_number_once"),
        ]

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
