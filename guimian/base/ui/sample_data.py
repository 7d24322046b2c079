"""Made-up things for the style page."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from guimian.base.errors import Unable
from guimian.base.ui.filters import Filter
from guimian.base.ui.forms import refuse
from guimian.base.ui.parts import Card, Chart, Entry, MonthDay, MonthGrid, Tab, bar_chart, line_chart
from guimian.base.ui.tables import Column, Empty, Table, build_table
from guimian.engines.policy import Outcome, Verdict


@dataclass(frozen=True)
class Message:
    """What a message of Django looks like to a template."""

    level_tag: str
    text: str

    def __str__(self) -> str:
        return self.text


def verdicts() -> tuple[Verdict, ...]:
    """One of each outcome."""
    wait = {"zh": "等候时间", "en": "Waiting time"}
    staff = {"zh": "人员配置", "en": "Staff of the counter"}
    area = {"zh": "营业区面积", "en": "Floor of the hall"}
    return (
        Verdict("reception.wait", "R6.3", Outcome.MET, wait, found=18, limit=20, unit="minute", comparator="≤"),
        Verdict("organisation.staff", "F2.8", Outcome.NOT_MET, staff, found=5, limit=7, unit="person", unsure=True),
        Verdict("premises.area", "F3.1", Outcome.NOT_KNOWN, area, limit=Decimal(120), unit="square_metre"),
        Verdict("premises.area", "F3.1", Outcome.NOT_APPLICABLE, area),
    )


@dataclass(frozen=True)
class Row:
    """A line of the sample table."""

    window: int
    business: str
    teller: str
    served: int
    taken: Decimal
    day: date
    state: str
    state_words: str
    clause: str


def rows() -> list[Row]:
    kinds = [_("Claims"), _("New business"), _("Policy services"), _("Payments")]
    people = [_("Zhou Min"), _("Wu Fang"), _("Zheng Jie"), _("Wang Jing"), _("Feng Xue")]
    states = [("OPEN", _("Open")), ("CLOSING", _("Closing")), ("CLOSED", pgettext("business day", "Closed"))]
    return [
        Row(
            window=n + 1,
            business=kinds[n % 4],
            teller=people[n % 5],
            served=(n * 37) % 61,
            taken=Decimal(n * 7919 % 100_000) / 4,
            day=date(2026, 11, 2) + timedelta(days=n % 20),
            state=states[n % 3][0],
            state_words=states[n % 3][1],
            clause=("R6.2", "R5.3", "R1.4")[n % 3],
        )
        for n in range(23)
    ]


def tables(request: HttpRequest) -> tuple[Table, ...]:
    """A full table, and an empty one."""
    columns = [
        Column("window", _("Window"), sort="window", kind="number"),
        Column("business", _("Line of business"), sort="business", link=lambda row: "#tables"),
        Column("teller", _("Teller"), sort="teller"),
        Column("served", _("Served"), sort="served", kind="number"),
        Column("taken", _("Taken"), sort="taken", kind="money"),
        Column("day", _("Day"), sort="day", kind="day"),
        Column("state", _("State"), template="ui/_sample_state.html", value=lambda row: row.state_words),
        Column("clause", _("Clause"), kind="clause"),
    ]
    filters = [
        Filter("q", _("Teller"), keep=lambda row, text: text.lower() in row.teller.lower()),
        Filter("state", _("State"), keep=lambda row, code: row.state == code,
               choices=[("OPEN", _("Open")), ("CLOSING", _("Closing")), ("CLOSED", pgettext("business day", "Closed"))]),
    ]  # fmt: skip
    empty = Empty(_("Nobody has been served yet"), _("The first ticket of the day will stand here."))
    return (
        build_table(request, rows(), columns, filters=filters, caption=_("Windows today"), name="sample", per_page=8),
        build_table(request, [], columns, caption=_("Windows tomorrow"), name="none", empty=empty),
    )


def cards(now: datetime) -> tuple[Card, ...]:
    today = now.date()
    return (
        Card(_("Open the business day"), "#", "R1.3", _("The doors open at 08:30."), action=_("Open the day"), primary=True),
        Card(_("Mend the queue display"), "#", "R7.2", unit_label=_("People's Road"), owner=_("Wu Fang"),
             due=today - timedelta(days=2), overdue=True, state="ASSIGNED", state_label=pgettext("action", "To do"),
             action=_("Report done")),
        Card(_("Verify: emergency lamp replaced"), "#", "R10.2", owner=_("Zhou Min"), due=today + timedelta(days=3),
             state="DONE", state_label=_("Waiting for verification"), action=_("Verify")),
    )  # fmt: skip


def entries(now: datetime) -> tuple[Entry, ...]:
    return (
        Entry(now, _("Day opened"), _("Wu Fang"), clause="R1.3", tone="good"),
        Entry(now - timedelta(hours=2), _("Finding recorded"), _("Zhou Min"), _("The queue display is dark."), "R7.2", "#"),
        Entry(now - timedelta(hours=15), _("Closing list refused"), _("Chu Yun"), _("Two receipts are missing."), "R5.3",
              tone="bad"),
    )  # fmt: skip


def charts() -> tuple[Chart, ...]:
    hours = [f"{hour:02d}:00" for hour in range(8, 18)]
    came, wait = [6, 22, 31, 28, 14, 9, 19, 25, 17, 5], [3, 9, 16, 18, 7, 4, 8, 12, 9, None]
    return (
        bar_chart("chart-came", _("Customers an hour"), hours, {_("Came"): came}),
        line_chart("chart-wait", _("Longest wait, minutes"), hours, {_("Today"): wait, _("On usual days"): [6] * 10}),
    )


class SampleForm(forms.Form):
    """One field of each kind."""

    def __init__(self, data: QueryDict | None = None) -> None:
        super().__init__(data, prefix="wrong" if data else "right")
        self.fields["opens"] = forms.TimeField(
            label=_("Doors open"), help_text=_("Not later than 08:30."), widget=forms.TimeInput(attrs={"type": "time"})
        )
        self.fields["kind"] = forms.ChoiceField(label=_("Days"), choices=[("w", _("Workdays")), ("s", _("Saturdays"))])
        self.fields["note"] = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
        self.fields["lines"] = forms.MultipleChoiceField(
            label=_("Lines of business"), choices=[("c", _("Claims")), ("p", _("Payments"))],
            widget=forms.CheckboxSelectMultiple, required=False,
        )  # fmt: skip
        self.fields["sure"] = forms.BooleanField(label=_("The district has agreed"), required=False)


def forms_shown() -> tuple[forms.Form, ...]:
    """An empty form, and one that was refused."""
    wrong = SampleForm(QueryDict("wrong-opens=09:30&wrong-kind=w&wrong-note=…"))
    wrong.is_valid()
    message = _("The doors open too late.")
    refuse(wrong, Unable(message, clause="R1.3", found="09:30", wanted="≤ 08:30"))
    refuse(wrong, Unable(message, clause="R1.3", found="09:30", wanted="≤ 08:30"), "opens")
    return SampleForm(), wrong


def tabs() -> tuple[Tab, ...]:
    return (
        Tab(pgettext("finding", "Open"), "#", current=True, count=3),
        Tab(_("Waiting"), "#", count=0),
        Tab(pgettext("finding", "Closed"), "#"),
    )


def month(wide: bool) -> MonthGrid:
    """A month with one day of each tone."""
    said = {
        1: ("strong", "H", _("Statutory holiday")),
        2: ("holiday", "H", _("Holiday")),
        10: ("work", "W", _("Make-up workday")),
    }
    weeks = [[sample_day(one, said, wide) for one in week] for week in Calendar().monthdatescalendar(2026, 10)]
    return MonthGrid("2026-10", weeks, _("A sample"), wide=wide)


def sample_day(one: date, said: dict[int, tuple[str, str, str]], wide: bool) -> MonthDay:
    tone, mark, name = said.get(one.day, ("off" if one.weekday() > 4 else "", "", ""))
    lines = ["09:00–17:00"] if wide and tone in {"", "work"} else []
    return MonthDay(one, one.month == 10, one.day == 21, tone, mark, name, lines=lines)
