"""Findings as a table, and as cards of an inbox."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guimian.base.access import GuardedRequest
from guimian.base.findings import queries
from guimian.base.models import Action, Finding
from guimian.base.templatetags.ui import language
from guimian.base.ui.parts import Card
from guimian.base.ui.tables import Column, Empty, Table, build_table

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

STANDS = [
    ("OPEN", Finding.State.OPEN.label),
    ("late", _("Overdue")),
    ("DONE", Action.State.DONE.label),
    ("CLOSED", Finding.State.CLOSED.label),
]


class FindingFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    q = django_filters.CharFilter(label=_("Text"), method="holding")
    state = django_filters.ChoiceFilter(label=_("State"), choices=STANDS, method="standing")
    clause = django_filters.CharFilter(label=_("Clause"), lookup_expr="istartswith")
    unit = django_filters.CharFilter(label=_("Unit code"), field_name="unit__code", lookup_expr="iexact")

    today = date.min  # set for each table: what is overdue depends on it

    class Meta:
        model = Finding
        fields = ()

    def holding(self, rows: QuerySet[Finding], _name: str, text: str) -> QuerySet[Finding]:
        wanted = Q()
        for name in ("what", "owner_name", "owner_name_en"):
            wanted |= Q(**{f"{name}__icontains": text})
        return rows.filter(wanted)

    def standing(self, rows: QuerySet[Finding], _name: str, value: str) -> QuerySet[Finding]:
        if value == "late":
            return rows.filter(queries.overdue(self.today))
        if value == "DONE":
            return rows.filter(Q(action_state=Action.State.DONE), state=Finding.State.OPEN)
        return rows.filter(state=value)


@dataclass(frozen=True)
class Stand:
    """Where a finding stands; as text it is the word."""

    code: str
    label: Any

    def __str__(self) -> str:
        return str(self.label)


def owner_of(finding: Any) -> str:
    return (finding.owner_name_en if language() == "en" else "") or finding.owner_name or ""


def stand_of(finding: Any, day: date) -> tuple[str, Any]:
    """Code and word of where a finding stands: its own state, or that of its action while it is open."""
    if finding.state == Finding.State.CLOSED:
        return "CLOSED", Finding.State.CLOSED.label
    if finding.action_state in (None, Action.State.VERIFIED):
        return "NONE", _("Not assigned")
    if finding.action_state != Action.State.DONE and finding.due < day:
        return "OVERDUE", _("Overdue")
    return finding.action_state, Action.State(finding.action_state).label


def url_of(finding: Finding) -> str:
    return reverse("findings:finding", args=[finding.unit.code, finding.pk])


def findings_table(request: GuardedRequest, unit: Unit, day: date) -> Table:
    columns = [
        Column("what", _("Finding"), sort="what", link=url_of),
        Column("clause", _("Clause"), sort="clause", kind="clause"),
        Column("unit", _("Unit"), sort="unit__path"),
        Column("stand", _("State"), value=lambda row: Stand(*stand_of(row, day)), template="findings/_stand.html"),
        Column("owner", _("Owner"), sort="owner_name", value=owner_of),
        Column("due", _("Due"), sort="due", kind="day"),
        Column("found_at", _("Found on"), sort="found_at", kind="day"),
    ]
    empty = Empty(
        _("No finding at this unit"),
        _("What a round, a check or a person finds wrong stands here until it is mended and verified."),
        reverse("findings:new", args=[unit.code]), _("Record a finding"),
    )  # fmt: skip
    rows = queries.findings_visible_to(request.actor, unit)
    dated = type("Dated", (FindingFilter,), {"today": day})
    return build_table(request, rows, columns, filters=dated, caption=_("Findings"), empty=empty, live="findings")


def card_of(action: Action, day: date, word: Any) -> Card:
    """An action as a card; `word` is what its button says."""
    late = action.due_date < day and action.state != Action.State.DONE
    return Card(
        title=action.what, url=url_of(action.finding), clause=action.finding.clause, unit_label=action.finding.unit.label,
        owner=action.owner.label, due=action.due_date, overdue=late, state=action.state,
        state_label=Action.State(action.state).label, action=word, primary=late,
    )  # fmt: skip


def card_of_finding(finding: Finding) -> Card:
    return Card(
        title=finding.what, url=url_of(finding), clause=finding.clause, unit_label=finding.unit.label, state="NONE",
        state_label=_("Not assigned"), action=_("Assign"),
    )  # fmt: skip
