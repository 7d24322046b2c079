"""People within reach: those whose posts lie there."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from guimian.apps.organisation.models import Person, Post, Unit
from guimian.base.access import Actor


def people_within(path: str, day: date) -> QuerySet[Person]:
    """Those with a post at or below the path that has not ended, and those whose last post was there.

    Whoever holds a post elsewhere only is no longer seen here (R10.7: least exposure).
    """
    return _people(Q(unit__path__startswith=path), day)


def people_visible_to(actor: Actor, day: date, under: Unit | None = None) -> QuerySet[Person]:
    """The people within reach, those at and below `under` when it is given, by staff number. See `people_within`."""
    posts = actor.within()
    if under is not None:
        posts &= Q(unit__path__startswith=under.path)
    return _people(posts, day)


def _people(here: Q, day: date) -> QuerySet[Person]:
    posts = Post.objects.filter(person=OuterRef("pk"))
    going_on = Q(ends_on=None) | Q(ends_on__gt=day)
    last_day = Post.objects.filter(person=OuterRef("person")).order_by("-ends_on").values("ends_on")[:1]
    was_last = Exists(posts.filter(here, ends_on=Subquery(last_day)))
    return Person.objects.filter(
        Exists(posts.filter(here & going_on)) | (was_last & ~Exists(posts.filter(going_on)))
    ).order_by("staff_number")


def people_list(actor: Actor, under: Unit, day: date) -> QuerySet[Person]:
    """The people at and below `under`, each with `seen_posts`: the posts within reach that have not ended. Two queries."""
    posts = Post.objects.filter(actor.within(), Q(ends_on=None) | Q(ends_on__gt=day), unit__path__startswith=under.path)
    return people_visible_to(actor, day, under).prefetch_related(
        Prefetch("posts", posts.select_related("unit").order_by("unit__path", "role"), to_attr="seen_posts")
    )


def person_at(actor: Actor, unit: Unit, staff_number: str, day: date) -> Person:
    """The person of that number at or below the unit. Raises Person.DoesNotExist when out of reach."""
    return people_visible_to(actor, day, unit).get(staff_number=staff_number)


def staff_numbers() -> frozenset[str]:
    """Every staff number in use: for the command line only, past no guard."""
    return frozenset(Person.objects.values_list("staff_number", flat=True))
