"""Today: the home of every role at a unit."""

from __future__ import annotations

from typing import ClassVar

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from guimian.base.ui.nav import NavItem


class TodayConfig(AppConfig):
    name = "guimian.apps.today"
    label = "today"
    nav: ClassVar[tuple[NavItem, ...]] = (NavItem(_("Today"), "today:home", "home", "today"),)
