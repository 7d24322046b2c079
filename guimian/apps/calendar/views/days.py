"""The business day of a counter, and how the days of many counters stand."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import django_filters
from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from guimian.apps.calendar import queries, services
from guimian.apps.calendar.views.shared import day_of_calendar, day_tabs, doors, today_at
from guimian.base import access, policy
from guimian.base.access import EVERYONE, LEADERS, MANAGERS, GuardedRequest, Role
from guimian.base.errors import Unable
from guimian.base.ui.filters import Filter
from guimian.base.ui.forms import tried
from guimian.base.ui.tables import Column, Empty, Table, build_table

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

CLOSERS = MANAGERS | {Role.CLOSING_OFFICER}
COUNTER_STATES = [
    *queries.DAY_STATES,
    ("NONE", gettext_lazy("Not opened yet")),
    ("SHUT", gettext_lazy("Shut on this day")),
]
STANDING = "standing"


def url_of_day(code: str, day: date) -> str:
    return reverse("calendar:day_on", args=[code, day])


@access.page(roles=EVERYONE)
@require_GET
def day(request: GuardedRequest, unit: Unit, day: date | None = None) -> HttpResponse:
    """A counter's day, today unless another is named; for a unit above, the days of its counters."""
    return shown(request, unit, day_of_calendar(day or today_at(unit)))


def shown(request: GuardedRequest, unit: Unit, day: date, refusal: Unable | None = None) -> HttpResponse:
    """The page of the day, above it why something was not done."""
    if not unit.is_counter:
        return counters(request, unit, day, refusal)
    now, roles = timezone.now(), request.actor.roles_at(unit.path)
    context = {
        "unit": unit,
        "page": queries.day_page(unit, day, now, policy.on(day, unit)),
        "tabs": day_tabs(unit, "day" if day == unit.local_day(now) else ""),
        "may_open": bool(roles & MANAGERS),
        "may_close": bool(roles & CLOSERS),
        "close_url": close_url(unit),
        "leads": bool(roles & LEADERS),
        "refusal": refusal,
    }
    return render(request, "calendar/day.html", context, status=422 if refusal else 200)


def close_url(unit: Unit) -> str:
    """Where the counter's day is closed (R5.3); empty while no app closes days."""
    return reverse(settings.DAY_CLOSE_ROUTE, args=[unit.code]) if settings.DAY_CLOSE_ROUTE else ""


# ---------------------------------------------------------------- many counters
def counters(request: GuardedRequest, unit: Unit, day: date, refusal: Unable | None = None) -> HttpResponse:
    """How the counters below stand on a day (R5.6)."""
    today, rows = today_at(unit), queries.counters_on(request.actor, unit, day, timezone.now())
    table = counters_table(request, rows, day)
    states = [row.state for row in rows]
    context = {
        "unit": unit,
        "day": day,
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1) if day < today else None,
        "table": table,
        "tabs": day_tabs(unit, "day" if day == today else ""),
        "counted": {state: states.count(state) for state, _label in COUNTER_STATES},
        "total": len(rows),
        "late": sum(row.late for row in rows),
        "standing": queries.never_closed(queries.days_visible_to(request.actor, unit), today).count(),
        "standing_url": f"{reverse('calendar:days', args=[unit.code])}?state={STANDING}",
        "refusal": refusal,
    }
    answer = table.response()
    return answer or render(request, "calendar/counters.html", context, status=422 if refusal else 200)


def counters_table(request: GuardedRequest, rows: tuple[queries.CounterDay, ...], day: date) -> Table:
    columns = [
        Column("label", _("Counter"), sort="path", link=lambda row: url_of_day(row.code, day)),
        Column(
            "state", _("State"), sort="state_label", value=lambda row: row.state_label, template="calendar/_state.html"
        ),
        Column("doors", _("Opening hours"), sort="open_from", value=lambda row: doors(row.open_from, row.open_to)),
        Column("opened_at", _("Opened at"), sort="opened_at", kind="moment"),
        Column("closed_at", _("Closed at"), sort="closed_at", kind="moment"),
    ]
    narrow = [
        Filter("q", _("Counter"), lambda row, text: text.lower() in f"{row.label} {row.code}".lower()),
        Filter("state", _("State"), lambda row, text: row.state == text, COUNTER_STATES),
    ]
    empty = Empty(
        _("No counter was in operation here on this day"), _("Counters below this unit stand here with their days.")
    )
    return build_table(request, rows, columns, filters=narrow, caption=_("Counters"), empty=empty, live="calendar.day")


# ---------------------------------------------------------------- all days
class DaysFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    day = django_filters.DateFilter(label=gettext_lazy("Day"), field_name="day")
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"),
        choices=[*queries.DAY_STATES, (STANDING, gettext_lazy("Never closed"))],
        method="standing",
    )
    today: date

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.form.fields["day"].widget.input_type = "date"

    def standing(self, rows: QuerySet[Any], _name: str, state: str) -> QuerySet[Any]:
        return queries.never_closed(rows, self.today) if state == STANDING else rows.filter(state=state)


@access.page(roles=EVERYONE)
@require_GET
def days(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """All business days at and below the unit, newest first."""
    counter = Column("unit.label", _("Counter"), sort="unit__path")
    columns = [
        Column("day", _("Day"), sort="day", kind="day", link=lambda row: url_of_day(row.unit.code, row.day)),
        *([] if unit.is_counter else [counter]),
        Column("state", _("State"), sort="state", kind="state"),
        Column("opened_at", _("Opened at"), sort="opened_at", kind="moment"),
        Column("opened_by.label", _("Opened by")),
        Column("closing_at", _("Closing started"), sort="closing_at", kind="moment"),
        Column("closed_at", _("Closed at"), sort="closed_at", kind="moment"),
        Column("closed_by.label", _("Closed by")),
    ]
    dated = type("Dated", (DaysFilter,), {"today": today_at(unit)})
    empty = Empty(
        _("No day has been opened yet"), _("Each day that a counter opens stands here, with who opened and closed it.")
    )
    rows = queries.days_visible_to(request.actor, unit)
    table = build_table(
        request, rows, columns, filters=dated, caption=_("Business days"), empty=empty, live="calendar.day"
    )
    context = {"unit": unit, "table": table, "tabs": day_tabs(unit, "days")}
    return table.response() or render(request, "calendar/days.html", context)


# ---------------------------------------------------------------- open, start closing
def row_of(unit: Unit, day: date) -> Any:
    row = queries.day_of(unit, day)
    if row is None:
        raise Http404(day)
    return row


@access.page(roles=MANAGERS)
@require_POST
def day_open(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """Open today's business day (R1.1)."""

    def deed(now: datetime) -> None:
        services.open_day(unit=unit, by=request.actor.user, now=now)

    refusal = tried(request, deed, _("The day is open."))
    return shown(request, unit, today_at(unit), refusal) if refusal else redirect("calendar:day", unit.code)


@access.page(roles=CLOSERS)
@require_POST
def day_closing(request: GuardedRequest, unit: Unit, day: date) -> HttpResponse:
    """The doors are shut; the closing of the day begins (R5.3)."""
    row = row_of(unit, day)

    def deed(now: datetime) -> None:
        services.start_closing(day=row, by=request.actor.user, now=now)

    refusal = tried(request, deed, _("The closing has begun."))
    return shown(request, unit, day, refusal) if refusal else redirect(url_of_day(unit.code, day))
