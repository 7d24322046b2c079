"""The spine as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "guimian.base"
    label = "base"

    def ready(self) -> None:
        from guimian.base import checks  # noqa: F401  # registers the system checks once the apps are there
