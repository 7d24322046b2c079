"""Reads of the organisation. Every row is reached past the guard: an `Actor` says what may be seen."""

from guimian.apps.organisation.queries.choices import (
    LEVELS,
    PERSON_STATES,
    PLACES,
    ROLES,
    SIZES,
    SKILL_LEVELS,
    UNIT_STATES,
    roles_to_give,
)
from guimian.apps.organisation.queries.narrowed import (
    in_role,
    in_state,
    named_like,
    skills_held,
    tellers_without_skills,
)
from guimian.apps.organisation.queries.people import (
    people_list,
    people_visible_to,
    people_within,
    person_at,
    staff_numbers,
)
from guimian.apps.organisation.queries.person_page import PersonPage, SkillRow, person_page, skill_of
from guimian.apps.organisation.queries.posts import PostRow, in_post, post_of, post_row
from guimian.apps.organisation.queries.unit_page import UnitPage, judged, unit_page
from guimian.apps.organisation.queries.units import (
    every_counter,
    every_unit,
    unit_list,
    units_named_like,
    units_standing,
    units_visible_to,
)
from guimian.apps.organisation.queries.windows import (
    WindowRow,
    next_number,
    skill,
    skills,
    window_list,
    window_of,
    windows_of,
)

__all__ = [
    "LEVELS",
    "PERSON_STATES",
    "PLACES",
    "ROLES",
    "SIZES",
    "SKILL_LEVELS",
    "UNIT_STATES",
    "PersonPage",
    "PostRow",
    "SkillRow",
    "UnitPage",
    "WindowRow",
    "every_counter",
    "every_unit",
    "in_post",
    "in_role",
    "in_state",
    "judged",
    "named_like",
    "next_number",
    "people_list",
    "people_visible_to",
    "people_within",
    "person_at",
    "person_page",
    "post_of",
    "post_row",
    "roles_to_give",
    "skill",
    "skill_of",
    "skills",
    "skills_held",
    "staff_numbers",
    "tellers_without_skills",
    "unit_list",
    "unit_page",
    "units_named_like",
    "units_standing",
    "units_visible_to",
    "window_list",
    "window_of",
    "windows_of",
]
