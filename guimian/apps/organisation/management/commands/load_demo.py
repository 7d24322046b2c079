"""`load_demo`: make what is missing of the demo company (demo mode only)."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.module_loading import import_string

from guimian.base.errors import Unable


class Command(BaseCommand):
    help = "Makes what is missing of the demo company. Needs GUIMIAN_DEMO=1; a second run changes nothing."

    def handle(self, *_args: Any, **_options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("The demo company is for demo mode only: set GUIMIAN_DEMO=1.")
        try:
            made = import_string(settings.DEMO_COMPANY)(timezone.now())
        except Unable as error:
            raise CommandError(f"The database holds another company: {error.message}") from error
        said = ", ".join(f"{count} {what}" for what, count in made.items() if count)
        self.stdout.write(f"Demo company: {said or 'nothing was missing'}.")
