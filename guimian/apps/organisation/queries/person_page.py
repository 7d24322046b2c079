"""What the page of one person shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from guimian.apps.organisation.models import Person, PersonSkill
from guimian.apps.organisation.queries.posts import PostRow, post_row
from guimian.base.access import Actor


@dataclass(frozen=True)
class SkillRow:
    """What a person can do; `authorised_to` in CNY a single case."""

    code: str
    label: str
    level: int
    authorised_to: Decimal
    since: date

    @property
    def level_label(self) -> str:
        return str(PersonSkill.Level(self.level).label)


@dataclass(frozen=True)
class PersonPage:
    """A person with the posts within reach, newest first, and the skills."""

    person: Person
    posts: tuple[PostRow, ...]
    skills: tuple[SkillRow, ...]


def person_page(actor: Actor, person: Person) -> PersonPage:
    """Two queries; posts out of reach are not shown."""
    posts = person.posts.filter(actor.within()).select_related("unit", "person").order_by("-starts_on", "pk")
    skills = person.skills.select_related("skill").order_by("skill__code")
    rows = (SkillRow(row.skill.code, row.skill.label, row.level, row.authorised_to, row.since) for row in skills)
    return PersonPage(person, tuple(post_row(post) for post in posts), tuple(rows))


def skill_of(person: Person, code: str) -> dict[str, Any]:
    """What stands of one skill of the person, by the names of the form; the code alone when none is set."""
    row = person.skills.filter(skill__code=code).values("level", "authorised_to").first()
    return {"skill": code, **(row or {})}
