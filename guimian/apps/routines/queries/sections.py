"""What a report tells: sections of figures. Each app adds its own through `settings.REPORT_SECTIONS`.

A provider is called `provider(actor, unit, first, last, now)` and gives sections in the language of the page; it counts
what lies at and below the unit within the actor's reach. They are shown in the order of the setting.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db.models import Count, Q, Sum
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from guimian.apps.calendar.queries import days_visible_to
from guimian.apps.routines.models import Point, RoundAnswer
from guimian.apps.routines.queries.duties import counts, day_duties_visible_to
from guimian.apps.routines.queries.rounds import rounds_visible_to
from guimian.base.access import Actor
from guimian.base.findings.queries import findings_visible_to
from guimian.base.templatetags.ui import duration, percent, title_of

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

MOST_ITEMS = 5


@dataclass(frozen=True)
class Line:
    """One figure of a report, as text in the language of the page."""

    label: str
    value: str
    url: str = ""


@dataclass(frozen=True)
class Section:
    """Figures of one kind. `clause` is what asks for them."""

    title: str
    clause: str
    rows: tuple[Line, ...]

    def kept(self) -> dict[str, Any]:
        """As it is kept with a signed report."""
        rows = [{"label": row.label, "value": row.value, "url": row.url} for row in self.rows]
        return {"title": self.title, "clause": self.clause, "rows": rows}


Provider = Callable[[Actor, "Unit", date, date, datetime], Iterable[Section]]


def sections_of(actor: Actor, unit: Unit, first: date, last: date, now: datetime) -> tuple[Section, ...]:
    """All sections of all apps."""
    providers: list[Provider] = [import_string(path) for path in settings.REPORT_SECTIONS]
    return tuple(section for provider in providers for section in provider(actor, unit, first, last, now))


def own_sections(actor: Actor, unit: Unit, first: date, last: date, now: datetime) -> Iterator[Section]:
    """Opening, duties, rounds, findings and points of the days from `first` to `last`. Seven queries."""
    yield opening(actor, unit, first, last)
    yield duties(actor, unit, first, last, now)
    yield rounds(actor, unit, first, last)
    yield findings(actor, unit, first, last)


def opening(actor: Actor, unit: Unit, first: date, last: date) -> Section:
    rows = days_visible_to(actor, unit).filter(day__range=(first, last))
    spans = [(row.closing_at - row.opened_at) for row in rows if row.closing_at]
    lines = (
        Line(_("Days opened"), str(len(rows))),
        Line(_("Days closed"), str(sum(row.closed_at is not None for row in rows))),
        Line(_("Open altogether"), duration(sum(spans, timedelta()))),
    )
    return Section(_("Opening"), "R1.3", lines)


def duties(actor: Actor, unit: Unit, first: date, last: date, now: datetime) -> Section:
    found = day_duties_visible_to(actor, unit).filter(day__range=(first, last)).order_by().aggregate(**counts(now))
    past = found["done"] + found["late"] + found["missed"] + found["overdue"]
    lines = (
        Line(_("Done in time"), str(found["done"])),
        Line(_("Done late"), str(found["late"])),
        Line(_("Missed"), str(found["missed"])),
        Line(_("In time"), percent(100 * found["done"] / past if past else None)),
    )
    return Section(_("Duties"), "R1.4", lines)


def rounds(actor: Actor, unit: Unit, first: date, last: date) -> Section:
    rows = rounds_visible_to(actor, unit).filter(day__range=(first, last)).order_by()
    found = rows.aggregate(
        signed=Count("pk", filter=Q(state="SIGNED")),
        late=Count("pk", filter=Q(state="SIGNED", is_late=True)),
        missed=Count("pk", filter=Q(state="MISSED")),
        points=Sum("points_off", filter=Q(state="SIGNED")),
    )
    costly = RoundAnswer.objects.filter(round__in=rows.filter(state="SIGNED"), points__gt=0)
    by_item = (
        costly.values("item__title_zh", "item__title_en").annotate(off=Sum("points")).order_by("-off", "item__title_zh")
    )
    items = (
        Line(title_of({"zh": row["item__title_zh"], "en": row["item__title_en"]}), f"−{row['off']}")
        for row in by_item[:MOST_ITEMS]
    )
    lines = (
        Line(_("Signed"), str(found["signed"])),
        Line(_("Walked late"), str(found["late"])),
        Line(_("Missed"), str(found["missed"])),
        Line(_("Points off"), str(found["points"] or 0)),
        *items,
    )
    return Section(_("Walk-rounds"), "R1.5", lines)


def findings(actor: Actor, unit: Unit, first: date, last: date) -> Section:
    """Found and closed on the unit's own days; open and overdue as at the end of the last one."""
    since, until = (datetime.combine(day, datetime.min.time(), unit.zone) for day in (first, last + timedelta(days=1)))
    still = Q(found_at__lt=until) & (Q(closed_at=None) | Q(closed_at__gte=until))
    found = (
        findings_visible_to(actor, unit)
        .order_by()
        .aggregate(
            opened=Count("pk", filter=Q(found_at__gte=since, found_at__lt=until)),
            closed=Count("pk", filter=Q(closed_at__gte=since, closed_at__lt=until)),
            left=Count("pk", filter=still),
            late=Count("pk", filter=still & Q(due__lte=last) & ~Q(action_state="DONE")),
        )
    )
    points = Point.objects.filter(actor.within(), unit__path__startswith=unit.path, day__range=(first, last))
    lines = (
        Line(pgettext("finding", "Found"), str(found["opened"])),
        Line(pgettext("finding", "Closed"), str(found["closed"])),
        Line(_("Open at the end"), str(found["left"])),
        Line(_("Overdue at the end"), str(found["late"])),
        Line(_("Points for the appraisal"), str(points.aggregate(all=Sum("points"))["all"] or 0)),
    )
    return Section(_("Findings"), "R1.5", lines)
