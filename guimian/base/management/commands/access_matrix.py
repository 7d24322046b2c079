"""`access_matrix`: every route with the roles it declares."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.module_loading import import_string

from guimian.base.access import Access, Role

#: Heads of the columns, short enough for a terminal.
SHORT = {
    Role.HQ_OFFICER: "HQ", Role.PROVINCE_OFFICER: "PRO", Role.CITY_OFFICER: "CIT", Role.CENTRE_MANAGER: "MAN",
    Role.SUPERVISOR: "SUP", Role.TELLER: "TEL", Role.CASHIER: "CAS", Role.GUIDE: "GUI", Role.FLOATING_ADVISER: "ADV",
    Role.CLOSING_OFFICER: "CLO", Role.ARCHIVIST: "ARC", Role.INFORMATION_OFFICER: "INF",
}  # fmt: skip


class Command(BaseCommand):
    help = "Prints every route × role as declared. Public routes say why they need no sign-in."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for machines")

    def handle(self, *_args: Any, **options: Any) -> None:
        routes = sorted(import_string(settings.DECLARED_ROUTES)(), key=lambda route: route.pattern)
        if options["json"]:
            self.stdout.write(json.dumps([self.as_data(route) for route in routes], ensure_ascii=False, indent=1))
            return
        width = max(len(route.pattern) for route in routes)
        self.stdout.write(f"{'route':<{width}}  " + " ".join(f"{SHORT[role]:<3}" for role in Role))
        for route in routes:
            self.stdout.write(f"{route.pattern:<{width}}  {self.row(route.access)}")

    def row(self, access: Access | None) -> str:
        if access is None:
            return "NOT DECLARED"
        if access.kind == "public":
            return f"public: {access.reason}"
        marks = " ".join(f"{'●' if role in access.roles else '·':<3}" for role in Role)
        return marks + ("  one's own" if access.kind == "personal" else "")

    def as_data(self, route: Any) -> dict[str, Any]:
        access = route.access
        return {
            "route": route.pattern,
            "name": route.name,
            "kind": access.kind if access else None,
            "roles": sorted(access.roles) if access else [],
            "reason": access.reason if access else "",
        }
