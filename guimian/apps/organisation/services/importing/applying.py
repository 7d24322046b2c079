"""The two verbs of an import: show what a file would do, and do exactly that."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import OperationalError, transaction
from django.utils.translation import gettext_lazy as _

from guimian.apps.organisation import intake, queries
from guimian.apps.organisation.models import Person, Unit
from guimian.apps.organisation.services.importing.plans import ImportPlan, UnableToImport
from guimian.apps.organisation.services.importing.run import Run
from guimian.base import journal


def plan_import(data: bytes, *, scope: Unit | None, by: Person | None, now: datetime) -> ImportPlan:
    """What the workbook would do at and below `scope` (None: the whole company), and every bad cell. Nothing is kept.

    Raises UnableToImport when the file cannot be opened safely.
    """
    read = _read(data)
    with _one_at_a_time(), transaction.atomic():
        plan = Run(read, scope, by, now).plan()
        transaction.set_rollback(True)
    return plan


def apply_import(data: bytes, *, digest: str, scope: Unit | None, by: Person | None, now: datetime) -> ImportPlan:
    """Do exactly what the plan with this digest showed, whole or not at all; the same file again changes nothing.

    Raises UnableToImport when a line is bad, or when the file or the company has changed since the plan was shown.
    """
    read = _read(data)
    with _one_at_a_time(), transaction.atomic():
        plan = Run(read, scope, by, now).plan()
        if plan.bad:
            raise UnableToImport(_("Nothing was imported: some lines are bad."), found=len(plan.bad), wanted=0)
        if plan.digest != digest:
            raise UnableToImport(_("Nothing was imported: the file or the company has changed since the preview."))
        unit = scope or queries.every_unit().filter(parent=None).first()
        if plan.changes and unit is not None:
            journal.record(
                unit=unit,
                by=by,
                event="organisation.import.applied",
                subject=f"organisation.import:{read.sha256[:16]}",
                now=now,
                after={"sha256": read.sha256, **plan.counts},
            )
    return plan


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Many rows are locked one after the other: when somebody else holds them crosswise, the database stops one of both."""
    try:
        yield
    except OperationalError as error:
        raise UnableToImport(_("Somebody else was changing the same rows. Nothing was imported: try again.")) from error


def _read(data: bytes) -> intake.Intake:
    try:
        return intake.read(data)
    except intake.UnreadableFile as error:
        raise UnableToImport(str(error)) from error
