"""`import_organisation FILE [--dry-run]`: bring a company in from a workbook, whole or not at all."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from guimian.apps.organisation import services


class Command(BaseCommand):
    help = "Imports units, people, posts and windows from an .xlsx workbook. Says what changes and every bad line."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="show what would change, change nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            data = options["file"].read_bytes()
            plan = services.plan_import(data, scope=None, by=None, now=now)
        except (OSError, services.UnableToImport) as error:
            raise CommandError(str(error)) from error
        self._show(plan)
        if plan.bad:
            raise CommandError(f"{len(plan.bad)} bad cells: nothing was imported.")
        if not options["dry_run"]:
            services.apply_import(data, digest=plan.digest, scope=None, by=None, now=now)
            self.stdout.write("Imported.")

    def _show(self, plan: services.ImportPlan) -> None:
        for row in plan.rows:
            if row.outcome != "unchanged":
                fields = "; ".join(f"{name}: {before or '–'} → {after or '–'}" for name, before, after in row.fields)
                self.stdout.write(f"{row.sheet} line {row.line}: {row.outcome} {row.key}: {fields}")
        for cell in plan.bad:
            place = f"{cell.sheet} line {cell.line}" + (f" column {cell.column}" if cell.column else "")
            self.stdout.write(f"{place}: found {cell.found or 'nothing'}, wanted {cell.wanted} {cell.clause}".rstrip())
        counts = ", ".join(f"{count} {outcome}" for outcome, count in plan.counts.items())
        self.stdout.write(f"{counts}, {len(plan.bad)} bad")
