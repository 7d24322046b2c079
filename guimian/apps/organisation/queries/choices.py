"""What people choose from in forms and filters."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guimian.apps.organisation.models import PersonSkill, Unit
from guimian.base.access import Role

LEVELS = Unit.Level.choices
PLACES = Unit.Place.choices
SIZES = Unit.Size.choices
ROLES = Role.choices
SKILL_LEVELS = PersonSkill.Level.choices
UNIT_STATES = [("open", pgettext_lazy("unit", "Open")), ("closed", pgettext_lazy("unit", "Closed"))]
PERSON_STATES = [("here", _("In a post")), ("coming", _("Post to come")), ("left", _("Left"))]
