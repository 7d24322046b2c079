"""One pass over a workbook, inside a transaction that the caller keeps or rolls back."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from guimian.apps.organisation import intake
from guimian.apps.organisation.intake import BadCell, Line
from guimian.apps.organisation.models import Person, Unit
from guimian.apps.organisation.services.importing import posts, staff, tree, windows
from guimian.apps.organisation.services.importing.plans import ImportPlan, RowPlan
from guimian.apps.organisation.services.importing.reach import Reach
from guimian.base.errors import Unable

ORDER = [kind.code for kind in intake.SHEETS]
VERBS = {"Units": tree.unit_line, "People": staff.person_line, "Posts": posts.post_line, "Windows": windows.window_line}


class Run:
    """Does every line by the services, and keeps what each did or why not."""

    def __init__(self, read: intake.Intake, scope: Unit | None, by: Person | None, now: datetime) -> None:
        self.read = read
        self.reach = Reach(read, scope, by, now)
        self.rows: list[RowPlan] = []
        self.bad: list[BadCell] = [*read.bad]

    def plan(self) -> ImportPlan:
        for sheet in ORDER:
            for line in self._lines(sheet):
                self._try(line)
        bad = tuple(sorted(self.bad, key=lambda cell: (ORDER.index(cell.sheet), cell.line, cell.column)))
        scope = self.reach.scope.code if self.reach.scope else ""
        content = repr((self.read.sha256, scope, self.rows, bad))
        return ImportPlan(tuple(self.rows), bad, hashlib.sha256(content.encode()).hexdigest())

    def _lines(self, sheet: str) -> list[Line]:
        """A sheet's lines in the order in which they can be done; units from above, those of a circle told as bad."""
        lines = self.read.lines.get(sheet, ())
        if sheet != "Units":
            return list(lines)
        ready, circle = tree.from_above(lines)
        for line in circle:
            found = f"{line.values['code']} < {line.values.get('parent')}"
            self.bad.append(BadCell(sheet, line.line, "", found, _("a line of parents that ends at a known unit")))
        return ready

    def _try(self, line: Line) -> None:
        try:
            with transaction.atomic():
                self.rows.append(VERBS[line.sheet](self.reach, line))
        except Unable as error:
            self.bad += (refused(line, reason) for reason in (error, *error.more))


def refused(line: Line, error: Unable) -> BadCell:
    """A service's refusal as a cell to correct: the whole line is meant."""
    keys = next(kind.key for kind in intake.SHEETS if kind.code == line.sheet)
    found = " ".join(intake.shown(intake.word_of(line.values[name])) for name in keys if name in line.values)
    if error.found is not None:
        found = intake.shown(error.found)
    wanted = error.message if error.wanted is None else f"{error.message} ({error.wanted})"
    return BadCell(line.sheet, line.line, "", found, wanted, error.clause)
