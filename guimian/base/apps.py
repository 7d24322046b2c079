"""The spine as a Django app."""

from __future__ import annotations

from typing import ClassVar

from django.apps import AppConfig
from django.urls import register_converter
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guimian.base.converters import DayConverter
from guimian.base.schedule import Schedule
from guimian.base.ui.nav import NavItem


class BaseConfig(AppConfig):
    name = "guimian.base"
    label = "base"
    nav = (
        NavItem(_("Findings"), "findings:inbox", "clipboard-list"),
        NavItem(_("Figures in force"), "policy:figures", "scale"),
        NavItem(_("Clauses"), "policy:clauses", "book-2"),
        NavItem(_("Changes of figures"), "policy:proposals", "pencil"),
        NavItem(_("Journal"), "journal:list", "history"),
    )
    journal_events: ClassVar[dict[str, str | Promise]] = {
        "findings.finding.recorded": _("Finding recorded"),
        "findings.finding.reopened": _("Finding opened again"),
        "findings.action.assigned": _("Action assigned"),
        "findings.action.done": _("Action reported done"),
        "findings.action.verified": _("Action verified"),
        "findings.action.rejected": _("Action sent back"),
        "findings.evidence.added": _("Evidence added"),
        "personal.revealed": _("Personal data shown"),
        "policy.override.proposed": _("Change of a figure proposed"),
        "policy.override.approved": _("Change of a figure approved"),
        "policy.override.rejected": _("Change of a figure turned down"),
        "policy.override.withdrawn": _("Change of a figure withdrawn"),
        "base.token.created": _("Token of the API made"),
        "base.token.revoked": _("Token of the API revoked"),
    }
    journal_words: ClassVar[dict[str, str | Promise]] = {
        "base.action": _("Action"),
        "base.apitoken": _("token"),
        "base.finding": _("Finding"),
        "base.policyoverride": _("Change of a figure"),
        "due": _("Due"),
        "expires_at": _("Ends"),
        "field": _("shown"),
        "may_write": _("May write"),
        "name": _("Name"),
        "sha256": _("Digest"),
    }

    schedules = (
        Schedule("base.sweep_live", "*/15 * * * *", "guimian.base.tasks.sweep_live"),
        Schedule("base.sweep_sessions", "10 3 * * *", "guimian.base.tasks.sweep_sessions"),
        Schedule("base.sweep_results", "20 3 * * *", "guimian.base.tasks.sweep_results"),
    )

    def ready(self) -> None:
        register_converter(DayConverter, "day")
        from guimian.base import checks  # noqa: F401  # registers the system checks once the apps are there
