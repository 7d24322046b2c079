"""Units, people and posts: the company as a tree, and who stands where in it."""

from guimian.apps.organisation.models.people import People, Person, valid_staff_number
from guimian.apps.organisation.models.posts import Post
from guimian.apps.organisation.models.skills import PersonSkill, Skill
from guimian.apps.organisation.models.units import Unit, valid_unit_code
from guimian.apps.organisation.models.windows import Window

__all__ = [
    "People",
    "Person",
    "PersonSkill",
    "Post",
    "Skill",
    "Unit",
    "Window",
    "valid_staff_number",
    "valid_unit_code",
]
