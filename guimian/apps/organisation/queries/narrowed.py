"""People narrowed by what a filter asks for."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from guimian.apps.organisation.models import Person, PersonSkill, Post, Unit
from guimian.apps.organisation.queries.people import people_visible_to
from guimian.base.access import Actor, Role


def named_like(people: QuerySet[Person], text: str) -> QuerySet[Person]:
    """Those whose name, English name or staff number holds the text."""
    found = Q(name__icontains=text) | Q(name_en__icontains=text) | Q(staff_number__icontains=text)
    return people.filter(found)


def in_role(people: QuerySet[Person], role: str, day: date, under: Unit) -> QuerySet[Person]:
    """Those of the people who hold the role at or below `under` on the day."""
    held = Post.objects.filter(Post.in_force(day), person=OuterRef("pk"), role=role, unit__path__startswith=under.path)
    return people.filter(Exists(held))


def in_state(people: QuerySet[Person], state: str, day: date, under: Unit) -> QuerySet[Person]:
    """Those `here` (in a post on the day), `coming` (a post later only) or `left`."""
    posts = Post.objects.filter(person=OuterRef("pk"), unit__path__startswith=under.path)
    if state == "left":
        return people.exclude(left_on=None)
    now = Exists(posts.filter(Post.in_force(day)))
    if state == "here":
        return people.filter(now)
    return people.filter(~now, Exists(posts.filter(starts_on__gt=day)))


def tellers_without_skills(actor: Actor, under: Unit, day: date) -> QuerySet[Person]:
    """Those who serve at and below `under` on the day and have no skill yet, so that no window can be given to them (R2.6)."""
    tellers = in_role(people_visible_to(actor, day, under), Role.TELLER, day, under)
    return tellers.filter(~Exists(PersonSkill.objects.filter(person=OuterRef("pk"))))


def skills_held(actor: Actor, under: Unit, day: date) -> QuerySet[PersonSkill]:
    """What those can do who hold a post within reach at or below `under` on the day (R2.6), by staff number."""
    held = Post.objects.filter(
        actor.within(), Post.in_force(day), person=OuterRef("person"), unit__path__startswith=under.path
    )
    rows = PersonSkill.objects.filter(Exists(held)).select_related("person", "skill")
    return rows.order_by("person__staff_number", "skill__code")
