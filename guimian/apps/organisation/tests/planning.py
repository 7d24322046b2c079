"""How the tests plan an import, and count what the company holds."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import translation

from guimian.apps.organisation import services
from guimian.apps.organisation.models import Person, Post, Unit, Window
from guimian.apps.organisation.tests.books import Sheets, book
from guimian.base.models import JournalEntry

NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


MODELS = (Unit, Person, Post, Window, JournalEntry)


def counts() -> list[int]:
    return [model._default_manager.count() for model in MODELS]


def plan(sheets: Sheets, scope: Unit | None, by: Person | None) -> services.ImportPlan:
    with translation.override("en"):
        return services.plan_import(book(sheets), scope=scope, by=by, now=NOW)
