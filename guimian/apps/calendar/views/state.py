"""The State's calendar: a year, a month, its marks, and whether it is announced (R2.3)."""

from __future__ import annotations

from datetime import MAXYEAR, MINYEAR, date, datetime
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guimian.apps.calendar import queries, services
from guimian.apps.calendar.forms import ConfirmForm, MarkForm
from guimian.apps.calendar.views.shared import FORM, doors, today_at
from guimian.base import access
from guimian.base.access import EVERYONE, GuardedRequest, Role
from guimian.base.errors import Unable
from guimian.base.templatetags.ui import language
from guimian.base.ui.forms import answered, tried
from guimian.base.ui.parts import MonthDay, MonthGrid
from guimian.base.ui.tables import Column, Table, build_table

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

KEEPERS = frozenset({Role.HQ_OFFICER})
TONES = {"STATUTORY": "strong", "HOLIDAY": "holiday", "WORKDAY": "work"}


def url_of(unit: Unit, year: int) -> str:
    return reverse("calendar:year", args=[unit.code, year])


def keeps(request: GuardedRequest, unit: Unit) -> bool:
    """Whether this person keeps the calendar on this page: at headquarters, and nowhere else."""
    return unit.parent_id is None and bool(request.actor.roles_at(unit.path) & KEEPERS)


# ---------------------------------------------------------------- a year
@access.page(roles=EVERYONE)
@require_GET
def year(request: GuardedRequest, unit: Unit, year: int | None = None) -> HttpResponse:
    """Twelve months with the State's holidays and make-up days."""
    return shown(request, unit, today_at(unit).year if year is None else year)


def shown(request: GuardedRequest, unit: Unit, year: int, refusal: Unable | None = None) -> HttpResponse:
    """The page of the year, above it why something was not done."""
    today = today_at(unit)
    try:
        page = queries.year_page(year, today)
    except ValueError as error:
        raise Http404(year) from error
    may_keep = keeps(request, unit)
    table = marks_table(request, unit, year, today if may_keep else None)
    context = {
        "unit": unit,
        "page": page,
        "before": year - 1,
        "after": year + 1,
        "is_over": year < today.year,
        "may_seed": may_keep and not page.marked and bool(services.announced(year)),
        "months": [year_grid(month, unit, today if may_keep else None) for month in page.months],
        "legend": legend(),
        "table": table,
        "may_keep": may_keep,
        "may_go_up": bool(request.actor.roles_at(unit.path) & KEEPERS) and not may_keep,
        "top": unit.path.partition("/")[0],
        "refusal": refusal,
    }
    return table.response() or render(request, "calendar/year.html", context, status=422 if refusal else 200)


def marks_table(request: HttpRequest, unit: Unit, year: int, keeper_day: date | None) -> Table:
    """The year's marks one by one; `keeper_day` is today for whoever may take one away."""

    def removal(row: Any) -> str:
        may = keeper_day is not None and row.day > keeper_day
        return reverse("calendar:unmark", args=[unit.code, row.day]) if may else ""

    columns = [
        Column("day", _("Day"), sort="day", kind="day"),
        Column("weekday", _("Weekday"), value=lambda row: date_format(row.day, "l")),
        Column("kind", _("Kind"), sort="kind"),
        Column("name", _("Name"), value=lambda row: row.name_en if row.name_en and language() == "en" else row.name),
    ]
    if keeper_day is not None:
        columns.append(Column("remove", "", value=removal, template="calendar/_unmark.html", export=False))
    return build_table(
        request,
        queries.marked_days(year),
        columns,
        caption=_("Holidays and make-up workdays"),
        name="marks",
        per_page=100,
    )


# ---------------------------------------------------------------- drawn months
def marked(one: queries.Day) -> tuple[str, str, str]:
    """Tone, mark and name of a day."""
    holiday, workday = pgettext("mark of a day", "H"), pgettext("mark of a day", "W")
    if one.mark:
        return TONES[one.mark], workday if one.mark == "WORKDAY" else holiday, one.name
    return "off" if one.is_off else "", "", ""


def legend() -> list[tuple[str, str, str]]:
    """Tone, mark and words of each kind of day that is marked."""
    holiday, workday = pgettext("mark of a day", "H"), pgettext("mark of a day", "W")
    words = {kind: str(label) for kind, label in queries.MARKS}
    return [(TONES[kind], workday if kind == "WORKDAY" else holiday, words[kind]) for kind in TONES]


def title_of(first: date) -> str:
    return date_format(first, "F" if language() == "en" else "n月")


def year_grid(month: queries.Month, unit: Unit, keeper_day: date | None) -> MonthGrid:
    """A month of the year; each of its days to come leads the keeper to its mark."""
    marking = reverse("calendar:mark", args=[unit.code])

    def drawn(one: queries.Day) -> MonthDay:
        tone, mark, name = marked(one)
        url = f"{marking}?day={one.day}" if keeper_day is not None and one.day > keeper_day else ""
        return MonthDay(one.day, one.in_month, one.is_today, tone, mark, name, url)

    return MonthGrid(
        title_of(month.first),
        [[drawn(one) for one in week] for week in month.weeks],
        ngettext("%(days)s working day", "%(days)s working days", month.working_days) % {"days": month.working_days},
        reverse("calendar:month", args=[unit.code, month.first.year, month.first.month]),
    )


@access.page(roles=EVERYONE)
@require_GET
def month(request: GuardedRequest, unit: Unit, year: int, month: int) -> HttpResponse:
    """One month; at a counter with its opening hours and business days."""
    try:
        page = queries.month_page(unit, year, month, today_at(unit))
    except ValueError as error:
        raise Http404(month) from error
    first = page.month.first
    context = {
        "unit": unit,
        "first": first,
        "working_days": page.month.working_days,
        "month": month_grid(page, unit),
        "before": neighbour(first, -1),
        "after": neighbour(first, 1),
        "legend": legend(),
    }
    return render(request, "calendar/month.html", context)


def neighbour(first: date, step: int) -> tuple[int, int]:
    """Year and number of the month before or after."""
    years, number = divmod(first.month - 1 + step, 12)
    return first.year + years, number + 1


def month_grid(page: queries.MonthPage, unit: Unit) -> MonthGrid:
    words = dict(queries.DAY_STATES)

    def drawn(one: queries.Day) -> MonthDay:
        (tone, mark, name), times, state = marked(one), page.hours.get(one.day), page.states.get(one.day, "")
        line = "" if times is None else doors(times.open_from, times.open_to) if times.is_open else _("Shut")
        url = reverse("calendar:day_on", args=[unit.code, one.day]) if unit.is_counter else ""
        return MonthDay(
            one.day, one.in_month, one.is_today, tone, mark, name, url,
            lines=[line] if line else [], state=state, state_label=words.get(state, ""),
        )  # fmt: skip

    first = page.month.first
    title = date_format(first, "F Y" if language() == "en" else "Y年n月")
    return MonthGrid(title, [[drawn(one) for one in week] for week in page.month.weeks], wide=True)


# ---------------------------------------------------------------- keeping it
def year_of_calendar(year: int) -> int:
    """The year itself, unless no calendar can show it (404)."""
    if not MINYEAR < year < MAXYEAR:
        raise Http404(year)
    return year


def year_in(text: str, otherwise: int) -> int:
    """The year of a day that was typed."""
    try:
        return date.fromisoformat(text).year
    except ValueError:
        return otherwise


@access.page(roles=KEEPERS)
@require_http_methods(FORM)
def mark(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """Mark days as holidays or make-up workdays."""
    form = MarkForm(request.POST or None, initial={"day": request.GET.get("day", ""), "kind": "HOLIDAY"})
    return answered(
        request, unit, form,
        lambda: services.set_holiday(unit=unit, by=request.actor.user, now=timezone.now(), **form.cleaned_data),
        title=_("Mark days of the State's calendar"), said=_("The days are marked."), word=_("Mark the days"),
        back=url_of(unit, year_in(str(form["day"].value() or ""), today_at(unit).year)),
        lead=_("For the whole company. A day that is marked already gets the new mark; what has passed stays as it was."),
    )  # fmt: skip


@access.page(roles=KEEPERS)
@require_POST
def unmark(request: GuardedRequest, unit: Unit, day: date) -> HttpResponse:
    """Let a day be what its weekday says."""

    def deed(now: datetime) -> None:
        services.remove_holiday(unit=unit, day=day, by=request.actor.user, now=now)

    refusal = tried(request, deed, _("The mark is taken away."))
    return shown(request, unit, day.year, refusal) if refusal else redirect(url_of(unit, day.year))


@access.page(roles=KEEPERS)
@require_http_methods(FORM)
def confirm(request: GuardedRequest, unit: Unit, year: int) -> HttpResponse:
    """Say that the State has announced the year and that it stands here."""
    year, form = year_of_calendar(year), ConfirmForm(request.POST or None)

    def deed() -> None:
        services.confirm_year(unit=unit, year=year, by=request.actor.user, now=timezone.now(), **form.cleaned_data)

    return answered(
        request, unit, form, deed,
        title=_("Confirm the holidays of %(year)s") % {"year": year}, said=_("The year is confirmed."),
        back=url_of(unit, year), word=_("Confirm the year"),
        lead=_("Compare the year with the State's notice first: from now on everybody plans by it."),
    )  # fmt: skip


@access.page(roles=KEEPERS)
@require_POST
def seed(request: GuardedRequest, unit: Unit, year: int) -> HttpResponse:
    """Put in a year as it was announced, where this version of the software knows it."""
    year = year_of_calendar(year)
    try:
        made = services.seed_year(unit=unit, year=year, by=request.actor.user, now=timezone.now())
    except Unable as error:
        return shown(request, unit, year, error)
    if made:
        messages.success(
            request, ngettext("%(days)s day is put in.", "%(days)s days are put in.", made) % {"days": made}
        )
    else:
        messages.warning(
            request, _("Nothing to put in: this version does not know more of the year. Mark its holidays by hand.")
        )
    return redirect(url_of(unit, year))
