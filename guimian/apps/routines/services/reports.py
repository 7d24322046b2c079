"""Reports: commented while they fill themselves, then signed with the figures they have (R1.2)."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from guimian.apps.routines import queries
from guimian.apps.routines.models import Report
from guimian.base import journal
from guimian.base.access import Actor, actor_of
from guimian.base.errors import Unable
from guimian.base.live import publish

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit

TOPIC = "routines.reports"
LANGUAGES = {"zh": "zh-hans", "en": "en"}


class UnableToReport(Unable):
    """No such period, signed already, not over yet, or without a comment."""


def comment_report(
    *, unit: Unit, kind: Report.Kind, first: date, comment: str, plan: str, by: Person, now: datetime
) -> Report:
    """Keep the comment and the plan of a report that is not signed yet. Raises UnableToReport."""
    with transaction.atomic():
        row = open_report(unit, kind, first)
        row.comment, row.plan = comment.strip(), plan.strip()
        row.save(update_fields=["comment", "plan"])
        told(row, "routines.report.commented", by, now)
    return row


def sign_report(
    *, unit: Unit, kind: Report.Kind, first: date, comment: str, plan: str, by: Person, now: datetime
) -> Report:
    """Sign a report of a period that is over: its figures are kept with it and never change. Raises UnableToReport."""
    actor = actor_of(by, unit.local_day(now))
    with transaction.atomic():
        row = open_report(unit, kind, first)
        if row.last >= unit.local_day(now):
            raise UnableToReport(_("The period is not over yet."), clause="R1.2", wanted=f"> {row.last}")
        if not comment.strip():
            raise UnableToReport(_("A report is signed with a comment."), clause="R1.2", wanted=_("a comment"))
        row.comment, row.plan = comment.strip(), plan.strip()
        row.figures, row.signed_by, row.signed_at = figures_of(actor, row, now), by, now
        row.save(update_fields=["comment", "plan", "figures", "signed_by", "signed_at"])
        told(row, "routines.report.signed", by, now)
    return row


def open_report(unit: Unit, kind: Report.Kind, first: date) -> Report:
    """The row, made where there is none, locked."""
    period = queries.period_at(kind, first)
    if period is None:
        raise UnableToReport(_("No such period begins on that day."), clause="R1.2", found=first)
    Report.objects.get_or_create(unit=unit, kind=kind, first=first, defaults={"last": period[1]})
    row = Report.objects.select_for_update().select_related("unit").get(unit=unit, kind=kind, first=first)
    if row.signed_at is not None:
        raise UnableToReport(
            _("The report is signed: it does not change any more."), clause="R1.2", found=row.signed_at
        )
    return row


def figures_of(actor: Actor, row: Report, now: datetime) -> dict[str, Any]:
    """The sections in every language of the house."""
    kept = {}
    for name, code in LANGUAGES.items():
        with translation.override(code):
            sections = queries.sections_of(actor, row.unit, row.first, row.last, now)
            kept[name] = [section.kept() for section in sections]
    return kept


def told(row: Report, event: str, by: Person, now: datetime) -> None:
    facts = {"kind": row.kind, "first": row.first, "last": row.last}
    journal.record(unit=row.unit, by=by, event=event, subject=row, now=now, after=facts)
    publish(TOPIC, row.unit)
