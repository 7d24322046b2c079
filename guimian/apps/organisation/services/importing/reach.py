"""What an import may see and touch: the units at and below its scope, and their people. Read once, kept for the run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime

from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from guimian.apps.organisation import intake, queries
from guimian.apps.organisation.intake import Line
from guimian.apps.organisation.models import Person, Skill, Unit
from guimian.base.errors import Unable


class Refused(Unable):
    """A line asks for something that no service would be asked for."""


class Reach:
    """The company as the import may see it. `scope` None is the whole of it: for the command line only."""

    def __init__(self, read: intake.Intake, scope: Unit | None, by: Person | None, now: datetime) -> None:
        self.read, self.scope, self.by, self.now = read, scope, by, now
        self.day = scope.local_day(now) if scope else timezone.localdate(now)
        self.units = {unit.code: unit for unit in queries.every_unit().select_related("parent")}
        self.people = {person.staff_number.casefold(): person for person in self._people()}
        self.skills = {
            name.casefold(): skill for skill in queries.skills() for name in (skill.code, skill.name, skill.name_en)
        }
        self.first_posts: set[int] = set()  # lines of the posts that came with a new person
        self.posts: dict[str, list[Line]] = defaultdict(list)  # the file's sound lines of posts, by person
        for post in read.lines.get("Posts", ()):
            self.posts[post.values["staff_number"].casefold()].append(post)

    def _people(self) -> Iterator[Person]:
        """Those of the file who are within reach."""
        lines = (*self.read.lines.get("People", ()), *self.read.lines.get("Posts", ()))
        numbers = {line.values["staff_number"].casefold() for line in lines}
        known = queries.people_within(self.scope.path if self.scope else "", self.day)
        yield from known.annotate(key=Lower("staff_number")).filter(key__in=numbers)

    def holds(self, unit: Unit) -> bool:
        return self.scope is None or unit.path.startswith(self.scope.path)

    def unit(self, code: str) -> Unit:
        unit = self.units.get(code)
        if unit is None or not self.holds(unit):
            raise Refused(_("A unit within your reach, in the company or sound in the sheet."), found=code)
        return unit

    def person(self, staff_number: str) -> Person:
        person = self.people.get(staff_number.casefold())
        if person is None:
            raise Refused(_("A person within your reach, in the company or sound in the sheet."), found=staff_number)
        return person

    def skill(self, word: str) -> Skill:
        skill = self.skills.get(word.casefold())
        if skill is None:
            raise Refused(
                _("A line of business of the company."),
                found=word,
                wanted=", ".join(skill.name for skill in queries.skills()),
            )
        return skill
