"""What people choose from in forms and filters."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guimian.apps.organisation import rules
from guimian.apps.organisation.models import PersonSkill, Unit
from guimian.base.access import Actor, Role
from guimian.engines.policy import Policy

LEVELS = Unit.Level.choices
PLACES = Unit.Place.choices
SIZES = Unit.Size.choices
ROLES = Role.choices
SKILL_LEVELS = PersonSkill.Level.choices
UNIT_STATES = [("open", pgettext_lazy("unit", "Open")), ("closed", pgettext_lazy("unit", "Closed"))]
PERSON_STATES = [("here", _("In a post")), ("coming", _("Post to come")), ("left", _("Left"))]


def roles_to_give(actor: Actor, unit: Unit, figures: Policy) -> list[tuple[str, Any]]:
    """The roles that are held at a unit of this level and that the actor may give there (R10.11)."""
    given = rules.roles_given_by(figures, actor.roles_at(unit.path))
    return [(code, label) for code, label in ROLES if code in given and unit.level in rules.LEVELS_OF[code]]
