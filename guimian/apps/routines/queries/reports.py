"""Reports of weeks and months: the live figures, or those that were signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from guimian.apps.routines import rules
from guimian.apps.routines.models import Report
from guimian.apps.routines.queries.sections import Line, Section, sections_of
from guimian.apps.routines.rules.periods import Period
from guimian.base import policy
from guimian.base.access import Actor
from guimian.base.templatetags.ui import language

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

KINDS = {"week": Report.Kind.WEEK, "month": Report.Kind.MONTH}
DUE = {Report.Kind.WEEK: "routines.weekly_report_due", Report.Kind.MONTH: "routines.monthly_report_due"}
WEEKS, MONTHS = 10, 3  # that the list looks back


def period_at(kind: Report.Kind, first: date) -> Period | None:
    """The week or month that begins on the day; None when none does."""
    period = rules.week_of(first) if kind == Report.Kind.WEEK else rules.month_of(first)
    return period if period[0] == first else None


def period_words(kind: Report.Kind, first: date) -> str:
    """2026-10 for a month, the week's first day for a week."""
    return f"{first:%Y-%m}" if kind == Report.Kind.MONTH else first.isoformat()


def report_of(unit: Unit, kind: Report.Kind, first: date) -> Report | None:
    """The row of a unit past the guard; None before somebody has written into it."""
    return Report.objects.filter(unit=unit, kind=kind, first=first).select_related("unit", "signed_by").first()


@dataclass(frozen=True)
class ReportPage:
    """A report with its figures: live until it is signed."""

    kind: Report.Kind
    first: date
    last: date
    row: Report | None
    sections: tuple[Section, ...]
    is_over: bool

    @property
    def is_signed(self) -> bool:
        return self.row is not None and self.row.signed_at is not None


def report_page(actor: Actor, unit: Unit, kind: Report.Kind, period: Period, now: datetime) -> ReportPage:
    row, (first, last) = report_of(unit, kind, period[0]), period
    is_over = last < unit.local_day(now)
    if row is not None and row.figures is not None:
        return ReportPage(kind, first, last, row, signed_sections(row), is_over)
    return ReportPage(kind, first, last, row, sections_of(actor, unit, first, last, now), is_over)


def signed_sections(row: Report) -> tuple[Section, ...]:
    """The figures as they were signed, in the language of the page."""
    kept = (row.figures or {}).get(language(), [])
    return tuple(Section(one["title"], one["clause"], tuple(Line(**line) for line in one["rows"])) for one in kept)


@dataclass(frozen=True)
class ReportRow:
    """A period with its report: `state` is SIGNED, LATE, DRAFT (somebody wrote) or OPEN."""

    kind: Report.Kind
    first: date
    last: date
    due: date
    state: str
    signed_by: str
    signed_at: datetime | None

    @property
    def kind_label(self) -> str:
        return str(self.kind.label)

    @property
    def slug(self) -> str:
        return self.kind.lower()


def reports_of(unit: Unit, now: datetime) -> tuple[ReportRow, ...]:
    """The last weeks and months that are over, the newest first. Two queries. `unit` is past the guard."""
    day, figures = unit.local_day(now), policy.on(unit.local_day(now), unit)
    rows = {(row.kind, row.first): row for row in Report.objects.filter(unit=unit).select_related("signed_by")}
    found = []
    for kind, (first, last) in periods_before(day):
        if unit.opened_on and last < unit.opened_on:
            continue
        due = last + timedelta(days=figures.whole(DUE[kind]))
        found.append(_row(kind, first, last, due, rows.get((kind, first)), day))
    return tuple(sorted(found, key=lambda one: (one.last, one.kind), reverse=True))


def periods_before(day: date) -> Iterator[tuple[Report.Kind, Period]]:
    week, month = rules.week_of(day), rules.month_of(day)
    for _count in range(WEEKS):
        week = rules.week_of(week[0] - timedelta(days=1))
        yield Report.Kind.WEEK, week
    for _count in range(MONTHS):
        month = rules.month_of(month[0] - timedelta(days=1))
        yield Report.Kind.MONTH, month


def _row(kind: Report.Kind, first: date, last: date, due: date, row: Report | None, day: date) -> ReportRow:
    state = "SIGNED" if row and row.signed_at else "LATE" if day > due else "DRAFT" if row else "OPEN"
    signed_by = row.signed_by.label if row and row.signed_by else ""
    return ReportRow(kind, first, last, due, state, signed_by, row.signed_at if row else None)
