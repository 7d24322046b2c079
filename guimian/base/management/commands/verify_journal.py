"""`guimian journal verify`: whether the chains hold."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guimian.base.access import unit_model
from guimian.base.journal import chain


class Command(BaseCommand):
    help = "Walk the journals, hold them against their seals, and name the first broken row of each unit."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--unit", metavar="CODE", help="this unit's journal only")
        parser.add_argument(
            "--printed", metavar="DIGEST", help="a digest as a close list shows it: is its row still there?"
        )

    def handle(self, *_args: Any, unit: str | None = None, printed: str | None = None, **_options: Any) -> None:
        """Exit code 1 when a chain is broken, 2 when there is no such unit."""
        units = unit_model().objects.order_by("path")
        if unit:
            units = units.filter(code=unit)
            if not units.exists():
                raise CommandError(_("There is no unit %(code)s.") % {"code": unit}, returncode=2)
        broken = [
            _("%(unit)s, row %(seq)s: %(why)s") % {"unit": one.unit, "seq": one.seq, "why": one.why}
            for one in chain.verify(units)
        ]
        if printed and not chain.holds_digest(printed, units):
            broken.append(_("No row has the printed digest %(digest)s.") % {"digest": printed})
        if broken:
            raise CommandError("\n".join(broken), returncode=1)
        count = units.count()
        said = ngettext("The journal of %(count)s unit holds.", "The journals of %(count)s units hold.", count)
        self.stdout.write(said % {"count": count})
