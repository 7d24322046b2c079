"""Posts as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from guimian.apps.organisation.models import Person, Post, Unit
from guimian.base.access import Actor, Role


@dataclass(frozen=True)
class PostRow:
    """A post as a page shows it; `ends_on` is the first day it is no more."""

    pk: int
    staff_number: str
    person: str
    role: str
    unit: str
    unit_label: str
    starts_on: date
    ends_on: date | None

    @property
    def role_label(self) -> str:
        return str(Role(self.role).label)

    def is_over(self, day: date) -> bool:
        return self.ends_on is not None and self.ends_on <= day


def post_row(post: Post) -> PostRow:
    return PostRow(
        post.pk,
        post.person.staff_number,
        post.person.label,
        post.role,
        post.unit.code,
        post.unit.label,
        post.starts_on,
        post.ends_on,
    )


def post_of(actor: Actor, person: Person, pk: int) -> Post:
    """One of the person's posts within reach. Raises Post.DoesNotExist."""
    return person.posts.filter(actor.within()).select_related("unit", "person").get(pk=pk)


def in_post(unit: Unit, role: Role, day: date) -> QuerySet[Person]:
    """Who holds the role at this very unit on the day, by staff number: for programs, past no guard."""
    held = Post.objects.filter(Post.in_force(day), person=OuterRef("pk"), unit=unit, role=role)
    return Person.objects.filter(Exists(held), is_active=True).order_by("staff_number")
