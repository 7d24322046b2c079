"""Lines of people: new ones with the first of their posts, changes of those within reach."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guimian.apps.organisation.intake import Line
from guimian.apps.organisation.models import Person, Unit
from guimian.apps.organisation.services.importing.plans import RowPlan, outcome_of
from guimian.apps.organisation.services.importing.reach import Reach, Refused
from guimian.apps.organisation.services.joining import add_person
from guimian.apps.organisation.services.people import change_person


def person_line(reach: Reach, line: Line) -> RowPlan:
    values = dict(line.values)
    number = values.pop("staff_number")
    person = reach.people.get(number.casefold())
    if person is None:
        return _new(reach, line)
    before = {name: getattr(person, name) for name in values}
    changed = change_person(person=person, unit=_place(reach, person), by=reach.by, now=reach.now, **values)
    reach.people[number.casefold()] = changed
    return outcome_of(line, number, before, values)


def _place(reach: Reach, person: Person) -> Unit:
    """Where a change of the person is journalled."""
    return reach.scope or person.posts.select_related("unit").latest("starts_on").unit


def _new(reach: Reach, line: Line) -> RowPlan:
    number = line.values["staff_number"]
    if "name" not in line.values:
        raise Refused(_("A new person has a name."), wanted=pgettext_lazy("person", "Name"))
    theirs = reach.posts[number.casefold()]
    if not theirs:
        raise Refused(_("A new person has a sound line in the sheet of posts."), wanted=_("a post"))
    first = min(theirs, key=lambda post: post.values["starts_on"])
    post = {name: value for name, value in first.values.items() if name not in {"staff_number", "unit"}}
    unit = reach.unit(first.values["unit"])
    reach.people[number.casefold()] = add_person(unit=unit, by=reach.by, now=reach.now, **line.values, **post)
    reach.first_posts.add(first.line)
    return outcome_of(line, number, None, line.values)
