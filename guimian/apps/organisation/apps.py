from __future__ import annotations

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "guimian.apps.organisation"
    label = "organisation"
