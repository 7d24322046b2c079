from __future__ import annotations

from typing import ClassVar

from django.apps import AppConfig
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guimian.base.ui.nav import NavItem

ABOVE_COUNTERS = frozenset({"HQ", "PROVINCE", "CITY", "CENTRE"})


class OrganisationConfig(AppConfig):
    name = "guimian.apps.organisation"
    label = "organisation"
    nav = (
        NavItem(_("The unit"), "organisation:unit", "building-store", "organisation"),
        NavItem(_("Units"), "organisation:units", "sitemap", "organisation", levels=ABOVE_COUNTERS),
        NavItem(_("People"), "organisation:people", "users", "organisation"),
        NavItem(_("Import"), "organisation:import", "upload", "organisation", levels=ABOVE_COUNTERS),
    )
    journal_events: ClassVar[dict[str, str | Promise]] = {
        "organisation.import.applied": _("Company imported"),
        "organisation.password.given": _("Password given"),
        "organisation.person.changed": _("Person changed"),
        "organisation.person.joined": _("Person joined"),
        "organisation.person.left": _("Person left"),
        "organisation.post.ended": _("Post ended"),
        "organisation.post.given": _("Post given"),
        "organisation.skill.added": _("Line of business added"),
        "organisation.skill.removed": _("Skill of a person removed"),
        "organisation.skill.set": _("Skill of a person set"),
        "organisation.unit.changed": _("Unit changed"),
        "organisation.unit.closed": _("Unit closed"),
        "organisation.unit.opened": _("Unit opened"),
        "organisation.window.added": _("Window added"),
        "organisation.window.changed": _("Window changed"),
        "organisation.window.closed": _("Window closed"),
    }
    case_words: ClassVar[dict[str, str | Promise]] = {
        "giver_roles": _("posts of who gives it"),
        "is_cashier": _("Cashier's window: money is handled here"),
        "level": _("level"),
        "roles": _("Posts"),
        "staff": _("People"),
        "to_oneself": _("to oneself"),
        "windows": _("Windows"),
    }
    journal_words: ClassVar[dict[str, str | Promise]] = {
        "organisation.person": _("person"),
        "organisation.person.level": pgettext_lazy("skill", "Level"),
        "organisation.person.name": pgettext_lazy("person", "Name"),
        "organisation.person.name_en": pgettext_lazy("person", "English name"),
        "organisation.post": _("post"),
        "organisation.skill": _("Line of business"),
        "organisation.unit": _("Unit"),
        "organisation.unit.changed": _("Changed"),
        "organisation.unit.new": _("New"),
        "organisation.unit.path": _("Line of the unit"),
        "organisation.unit.unchanged": _("Unchanged"),
        "organisation.window": _("window"),
        "authorised_to": _("May decide alone up to"),
        "is_cashier": _("Cashier's window: money is handled here"),
        "is_priority": _("For older and disabled customers first"),
        "post": _("First post"),
        "posts": _("Posts"),
        "skill": _("Line of business"),
        "skills": _("Lines of business"),
    }
