"""What the components draw: small frozen values that any app can make. Dicts with the same names do as well."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

Text = str | Promise


@dataclass(frozen=True)
class Entry:
    """A thing that happened, for `ui/_timeline.html`. `tone`: good, wait, bad or nothing."""

    at: datetime
    title: Text
    who: str = ""
    text: Text = ""
    clause: str = ""
    url: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Card:
    """A thing to do, for `ui/_action_card.html`. `action` is the word on its button."""

    title: Text
    url: str = ""
    clause: str = ""
    text: Text = ""
    unit_label: str = ""
    owner: str = ""
    due: date | None = None
    overdue: bool = False
    state: str = ""
    state_label: Text = ""
    action: Text = ""
    action_url: str = ""
    primary: bool = False


@dataclass(frozen=True)
class Tab:
    """One of `ui/_tabs.html`."""

    title: Text
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True)
class Chart:
    """A chart for `ui/_chart.html`: an ECharts option as data, and the same as a table (print, screen readers)."""

    id: str
    title: Text
    spec: Mapping[str, Any]
    heads: Sequence[Text]
    rows: Sequence[Sequence[Any]] = field(default=())
    clause: str = ""


#: The heads of a month's columns, from Monday.
WEEKDAYS = (
    pgettext_lazy("head of a calendar", "Mo"),
    pgettext_lazy("head of a calendar", "Tu"),
    pgettext_lazy("head of a calendar", "We"),
    pgettext_lazy("head of a calendar", "Th"),
    pgettext_lazy("head of a calendar", "Fr"),
    pgettext_lazy("head of a calendar", "Sa"),
    pgettext_lazy("head of a calendar", "Su"),
)


@dataclass(frozen=True)
class MonthDay:
    """A day of `ui/_month.html`. `tone`: off (a weekend), holiday, strong (a holiday of its own kind), work, or nothing.

    `mark` is a letter beside the number, `name` what it stands for; `lines` and the state stand in wide months only.
    """

    day: date
    in_month: bool = True
    is_today: bool = False
    tone: str = ""
    mark: Text = ""
    name: Text = ""
    url: str = ""
    lines: Sequence[Text] = ()
    state: str = ""
    state_label: Text = ""


@dataclass(frozen=True)
class MonthGrid:
    """A month for `ui/_month.html`: weeks from Monday to Sunday. A wide one fills the page and has lines in its days."""

    title: Text
    weeks: Sequence[Sequence[MonthDay]]
    note: Text = ""
    url: str = ""
    wide: bool = False

    @property
    def heads(self) -> Sequence[Text]:
        return WEEKDAYS


def _chart(kind: str, id: str, title: Text, categories: Sequence[Text], series: Mapping[str, Sequence[Any]]) -> Chart:
    names = [str(name) for name in categories]
    drawn = [{"type": kind, "name": name, "data": list(values)} for name, values in series.items()]
    return Chart(
        id=id,
        title=title,
        spec={"xAxis": {"type": "category", "data": names}, "yAxis": {"type": "value"}, "series": drawn},
        heads=["", *series],
        rows=[[name, *(values[index] for values in series.values())] for index, name in enumerate(names)],
    )


def bar_chart(id: str, title: Text, categories: Sequence[Text], series: Mapping[str, Sequence[Any]]) -> Chart:
    """Bars: one group a category, one bar a series (`{"name": [one value a category]}`; None leaves a gap)."""
    return _chart("bar", id, title, categories, series)


def line_chart(id: str, title: Text, categories: Sequence[Text], series: Mapping[str, Sequence[Any]]) -> Chart:
    """Lines: one a series, one point a category."""
    return _chart("line", id, title, categories, series)
