"""The tables of the policy's pages: columns, filters, what an empty one says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import django_filters
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from guimian.base.models import PolicyOverride
from guimian.base.policy.clauses import clauses, regulation_of
from guimian.base.policy.pages import ClauseRow, FigureRow, Step, value_text
from guimian.base.policy.queries import book, decoded
from guimian.base.policy.services import TOPIC
from guimian.base.templatetags.ui import title_of
from guimian.base.ui.filters import Filter
from guimian.base.ui.nav import REGULATIONS
from guimian.base.ui.tables import Column, Empty, Table, build_table

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit


def regulations() -> list[tuple[str, str]]:
    """The regulations that have clauses, by number and name."""
    known = dict.fromkeys(regulation_of(code) for code in clauses())
    return [(key, f"{key} {REGULATIONS[key]}") for key in known]


def figure_filters() -> list[Filter]:
    def mark(row: FigureRow, wanted: str) -> bool:
        return {"overridden": row.overridden, "unsure": row.unsure, "locked": row.locked}.get(wanted, True)

    marks = [
        ("overridden", _("Changed by a unit")),
        ("unsure", _("(?) to be confirmed")),
        ("locked", _("The same everywhere")),
    ]
    return [
        Filter("day", _("On the day"), lambda _row, _text: True, is_day=True),  # the rows are those of the day already
        Filter("q", _("Text"), FigureRow.holds),
        Filter("regulation", _("Regulation"), lambda row, text: row.regulation == text, regulations()),
        Filter("mark", _("Shown"), mark, marks),
    ]


def figures_table(request: HttpRequest, unit: Unit, rows: Sequence[FigureRow], *, filtered: bool = True) -> Table:
    def url(row: FigureRow) -> str:
        day = request.GET.get("day", "")
        return reverse("policy:figure", args=[unit.code, row.key]) + (
            f"?day={day}" if day.isascii() and len(day) == 10 else ""
        )

    columns = [
        Column("clause", _("Clause"), kind="clause", sort="clause_order"),
        Column("title", _("Figure"), sort="title", link=url, template="policy/_figure_title.html"),
        Column("value_text", _("In force")),
        Column("origin_text", pgettext("figure", "Set by"), sort="origin"),
        Column("since", _("Since"), kind="day", sort="since"),
        Column("unsure", _("To be confirmed"), kind="yes_no", template="policy/_unsure.html"),
    ]
    return build_table(
        request,
        rows,
        columns,
        filters=figure_filters() if filtered else None,
        caption=_("Figures in force"),
        name="" if filtered else "figures",
        empty=Empty(_("No figure stands here."), _("A clause without figures is judged by its words alone.")),
        per_page=200,
        export=filtered,
        live=TOPIC,
    )


def steps_table(request: HttpRequest, rows: Sequence[Step], name: str) -> Table:
    """What a figure was and will be: `name` is `history` (on the unit's line) or `below`."""
    columns = [
        Column("from_date", _("From"), kind="day", sort="from_date"),
        Column("until", _("Until"), kind="day"),
        Column("value_text", _("Value")),
        Column("unit_text", pgettext("figure", "Set by"), sort="unit_text"),
        Column("reason", _("Reason")),
        Column("proposed_by", _("Proposed by")),
        Column("decided_by", _("Approved by")),
    ]
    caption = _("Changed below this unit") if name == "below" else _("All values on the line of this unit")
    return build_table(request, rows, columns, caption=caption, name=name, export=False, live=TOPIC)


class ProposalFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    state = django_filters.ChoiceFilter(choices=PolicyOverride.State.choices, label=gettext_lazy("State"))

    class Meta:
        model = PolicyOverride
        fields: list[str] = []


def figure_title(row: PolicyOverride) -> str:
    figure = book().figures.get(row.key)
    return title_of(figure) if figure else row.key


def proposed_value(row: PolicyOverride) -> str:
    figure = book().figures.get(row.key)
    return value_text(figure, decoded(figure, row.value)) if figure else str(row.value)


def proposals_table(request: HttpRequest, unit: Unit, rows: QuerySet[PolicyOverride]) -> Table:
    columns = [
        Column(
            "figure",
            _("Figure"),
            value=figure_title,
            link=lambda row: reverse("policy:proposal", args=[unit.code, row.pk]),
        ),
        Column("value", _("Proposed value"), value=proposed_value),
        Column("from_date", _("From"), kind="day", sort="from_date"),
        Column("until", _("Until"), kind="day", sort="until"),
        Column("unit", _("Unit"), value=lambda row: row.unit.label, sort="unit.path"),
        Column("proposed_by", _("Proposed by"), value=lambda row: row.proposed_by.label),
        Column("state", _("State"), kind="state", sort="state"),
    ]
    return build_table(
        request,
        rows,
        columns,
        filters=ProposalFilter,
        caption=_("Changes of figures"),
        empty=Empty(
            _("No change is proposed."),
            _("Open a figure to propose another value for a unit and all below it."),
            reverse("policy:figures", args=[unit.code]),
            _("Figures in force"),
        ),
        live=TOPIC,
    )


def clauses_table(request: HttpRequest, unit: Unit, rows: Sequence[ClauseRow]) -> Table:
    filters = [
        Filter("q", _("Text"), lambda row, text: text.lower() in f"{row.code} {row.title}".lower()),
        Filter("regulation", _("Regulation"), lambda row, text: regulation_of(row.code) == text, regulations()),
    ]
    columns = [
        Column("code", _("Clause"), kind="clause"),
        Column("title", _("Title"), link=lambda row: reverse("policy:clause", args=[unit.code, row.code])),
        Column("figures", _("Figures"), kind="number", sort="figures"),
        Column("cases", _("Cases"), kind="number", sort="cases"),
    ]
    return build_table(request, rows, columns, filters=filters, caption=_("Clauses"), per_page=200)
