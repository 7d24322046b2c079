"""Hours: of one counter, of all counters below, and what of them hangs on the door."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guimian.apps.calendar import queries, services
from guimian.apps.calendar.forms import TIMES, HoursForm
from guimian.apps.calendar.rules import Times
from guimian.apps.calendar.views.shared import FORM, doors, today_at
from guimian.base import access, policy
from guimian.base.access import APPROVERS, EVERYONE, GuardedRequest
from guimian.base.errors import Unable
from guimian.base.templatetags.ui import quantity
from guimian.base.ui.filters import Filter
from guimian.base.ui.forms import answered, given, tried
from guimian.base.ui.tables import Column, Empty, Table, build_table

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

HOURS_STATES = [
    ("BROKEN", gettext_lazy("Not met")),
    ("NONE", gettext_lazy("Not set")),
    ("not_known", gettext_lazy("Banks' hours not known")),
    ("met", gettext_lazy("Met")),
]


def url_of(code: str) -> str:
    return reverse("calendar:hours", args=[code])


# ---------------------------------------------------------------- one counter
@access.page(roles=EVERYONE)
@require_GET
def hours(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """A counter's hours; for a unit above, those of its counters."""
    return shown(request, unit)


def shown(request: GuardedRequest, unit: Unit, refusal: Unable | None = None) -> HttpResponse:
    """The page of the hours, above it why something was not done."""
    day, status = today_at(unit), 422 if refusal else 200
    if not unit.is_counter:
        table = below_table(request, unit)
        context: dict[str, Any] = {"unit": unit, "table": table, "refusal": refusal}
        return table.response() or render(request, "calendar/hours_below.html", context, status=status)
    page = queries.hours_page(unit, day, policy.on(day, unit))
    may_set = bool(request.actor.roles_at(unit.path) & APPROVERS) and unit.closed_on is None
    kinds, history = kinds_table(request, unit, page, may_set), history_table(request, unit, page, may_set)
    context = {"unit": unit, "page": page, "may_set": may_set, "kinds": kinds, "history": history, "refusal": refusal}
    answer = kinds.response() or history.response()
    return answer or render(request, "calendar/hours.html", context, status=status)


def time_columns(times: Callable[[Any], Times | None]) -> list[Column]:
    """Opening and working hours, and those of the banks."""

    def working(row: Any) -> str:
        found = times(row)
        return doors(found.work_from, found.work_to) if found and found.is_open else ""

    def banks(row: Any) -> time | None:
        found = times(row)
        return found.banks_until if found and found.is_open else None

    return [
        Column("opening", _("Opening hours"), value=lambda row: opening(times(row))),
        Column("working", _("Working hours"), value=working),
        Column("banks", _("Banks until"), value=banks, kind="clock"),
    ]


def kinds_table(request: GuardedRequest, unit: Unit, page: queries.HoursPage, may_set: bool) -> Table:
    """The hours in force by kind of day, with what R1.3 and R2.5 say to them."""
    states = {"": "", **{str(state): str(label) for state, label in HOURS_STATES}}
    setting = reverse("calendar:hours_set", args=[unit.code])
    columns = [
        Column("label", _("Days")),
        *time_columns(lambda row: row.step.times if row.step else None),
        Column("step.from_date", _("Since"), kind="day"),
        Column("state", _("Verdict"), value=lambda row: states[row.state], template="calendar/_kind_state.html"),
    ]
    if may_set:
        words = {True: _("Change"), False: _("Set")}
        change = Column("change", "", value=lambda row: words[row.step is not None], export=False)
        columns.append(replace(change, link=lambda row: f"{setting}?days={row.kind}"))
    return build_table(request, page.kinds, columns, caption=_("Hours in force"), name="kinds")


def history_table(request: GuardedRequest, unit: Unit, page: queries.HoursPage, may_set: bool) -> Table:
    """All hours there ever were and will be; those that have not begun may be taken back."""

    def state(step: queries.Step) -> str:
        return _("Planned") if step.is_planned else _("In force") if step.is_in_force else _("Past")

    def withdrawal(step: queries.Step) -> str:
        may = may_set and step.is_planned
        return reverse("calendar:hours_withdraw", args=[unit.code, step.pk]) if may else ""

    columns = [
        Column("from_date", _("From"), sort="from_date", kind="day"),
        Column("kind_label", _("Days"), sort="day_kind"),
        *time_columns(lambda row: row.times),
        Column("set_by", _("Set by"), sort="set_by"),
        Column("state", _("State"), value=state, template="calendar/_step_state.html"),
    ]
    if may_set:
        columns.append(Column("withdraw", "", value=withdrawal, template="calendar/_withdraw.html", export=False))
    caption = _("Planned, in force and past")
    return build_table(request, page.history, columns, caption=caption, name="history", per_page=20)


@access.page(roles=APPROVERS)
@require_http_methods(FORM)
def hours_set(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """Set hours from a day on (R1.3)."""
    if not unit.is_counter:
        raise Http404(unit.code)
    form = HoursForm(request.POST or None, initial=begun(request, unit))

    def deed() -> None:
        times = Times(is_open=form.cleaned_data["is_open"], **given(form, *TIMES))
        names = given(form, "day_kind", "from_date")
        services.set_hours(unit=unit, times=times, by=request.actor.user, now=timezone.now(), **names)

    return answered(
        request, unit, form, deed,
        title=_("Set hours"), said=_("The hours are set."), back=url_of(unit.code), lead=margins(unit),
    )  # fmt: skip


def begun(request: HttpRequest, unit: Unit) -> dict[str, Any]:
    """What the form begins with: the latest hours of the kind that was asked for; from today on where there are none yet."""
    today, kind = today_at(unit), request.GET.get("days", "")
    kind = kind if kind in dict(queries.DAY_KINDS) else "WORKDAY"
    times = queries.times_to_start_from(unit, kind)
    standing = kind in queries.hours_in_force(unit, today)
    start = today + timedelta(days=1) if standing else today
    return {"day_kind": kind, "from_date": start, "is_open": True} | {name: getattr(times, name) for name in TIMES}


def margins(unit: Unit) -> str:
    """What R1.3 wants, with the figures in force at the counter."""
    figures = policy.on(today_at(unit), unit)
    names = ("opening_after_work", "ending_before_work", "ending_before_banks")
    said = {name: quantity(figures[f"calendar.{name}"], "minute") for name in names}
    return (
        _(
            "The doors open at least %(opening_after_work)s after work starts. They close at least %(ending_before_work)s "
            "before work ends and %(ending_before_banks)s before local banks stop corporate business (R1.3)."
        )
        % said
    )


@access.page(roles=APPROVERS)
@require_POST
def hours_withdraw(request: GuardedRequest, unit: Unit, pk: int) -> HttpResponse:
    """Take back hours that have not begun."""
    if queries.hours_of(unit, pk) is None:
        raise Http404(pk)

    def deed(now: datetime) -> None:
        services.withdraw_hours(unit=unit, pk=pk, by=request.actor.user, now=now)

    refusal = tried(request, deed, _("The hours are taken back."))
    return shown(request, unit, refusal) if refusal else redirect(url_of(unit.code))


# ---------------------------------------------------------------- many counters
def below_table(request: GuardedRequest, unit: Unit) -> Table:
    """The counters below with their opening hours and what R1.3 and R2.5 say to them."""
    day, states = today_at(unit), {str(state): str(label) for state, label in HOURS_STATES}
    rows = queries.hours_below(request.actor, unit, day, policy.everywhere(day))
    columns = [
        Column("label", _("Counter"), sort="path", link=lambda row: url_of(row.code)),
        *(kind_column(kind, str(label)) for kind, label in queries.DAY_KINDS),
        Column(
            "state",
            _("Verdict"),
            sort="state",
            value=lambda row: states[row.state],
            template="calendar/_hours_state.html",
        ),
    ]
    narrow = [
        Filter("q", _("Counter"), lambda row, text: text.lower() in f"{row.label} {row.code}".lower()),
        Filter("state", _("Verdict"), lambda row, text: row.state == text, HOURS_STATES),
    ]
    empty = Empty(_("No counter is in operation here"), _("Counters below this unit stand here with their hours."))
    return build_table(
        request, rows, columns, filters=narrow, caption=_("Opening hours"), empty=empty, live="calendar.hours"
    )


def kind_column(kind: str, label: str) -> Column:
    return Column(kind, label, value=lambda row: opening(row.hours.get(kind)))


def opening(times: Times | None) -> str:
    """09:00–17:00, shut, or nothing where no hours are set."""
    if times is None:
        return ""
    return doors(times.open_from, times.open_to) if times.is_open else _("Shut")


# ---------------------------------------------------------------- the door
@access.public(reason="opening hours hang on the door anyway (R1.3); working hours are not on it")
@require_GET
def door(request: HttpRequest, code: str) -> HttpResponse:
    """Opening hours to print and hang up, for customers."""
    unit = queries.counter_at_door(code, timezone.localdate())
    if unit is None:
        raise Http404(code)
    return render(request, "calendar/door.html", {"page": queries.door_page(unit, today_at(unit)), "code": code})
