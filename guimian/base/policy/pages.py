"""What the pages of the policy show: frozen rows, past the guard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from guimian.base.access import APPROVERS, Actor, Role, unit_model
from guimian.base.models import PolicyOverride
from guimian.base.policy.cases import cases
from guimian.base.policy.clauses import clauses, codes_in, order, regulation_of
from guimian.base.policy.queries import ancestor_paths, book, bounds_text, changes, decoded, on
from guimian.base.policy.words import given_of
from guimian.base.templatetags.ui import quantity, title_of
from guimian.base.ui.parts import Chart, Entry
from guimian.engines.policy import Figure, Outcome, Policy, Value
from guimian.engines.policy.cases import Case

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

State = PolicyOverride.State


def value_text(figure: Figure, value: Value | None) -> str:
    """A value in words, with its unit; what a figure given back to the unit above has instead."""
    if value is None:
        return _("As the unit above")
    if figure.unit == "roles" and isinstance(value, tuple):
        value = tuple(str(Role(one).label) if one in Role.values else str(one) for one in value)
    return quantity(value, figure.unit)


# ---------------------------------------------------------------- figures in force
@dataclass(frozen=True)
class FigureRow:
    """A figure as it is in force at a unit on a day. `origin` is empty for the regulation itself, else a unit's label."""

    key: str
    app: str
    clause: str
    title: str
    value: Value
    value_text: str
    origin: str
    since: date
    unsure: bool
    locked: bool

    @property
    def regulation(self) -> str:
        return regulation_of(self.clause)

    @property
    def overridden(self) -> bool:
        return bool(self.origin)

    @property
    def clause_order(self) -> tuple[str, int, int, str]:
        return order(codes_in(self.clause)[0])

    @property
    def origin_text(self) -> str:
        return self.origin or _("The regulation")

    def holds(self, text: str) -> bool:
        """Whether title, key, value or clause holds the text."""
        words = f"{self.title} {self.key} {self.value_text} {self.clause}".lower()
        return text.lower() in words


def labels(paths: Iterable[str]) -> Mapping[str, str]:
    """The labels of units, by path. One query."""
    wanted = set(paths) - {""}
    units = unit_model().objects.filter(path__in=wanted) if wanted else ()
    return {unit.path: unit.label for unit in units}


def figures_in_force(unit: Unit, day: date) -> tuple[FigureRow, ...]:
    """Every figure in force at the unit on the day, in the order of the clauses. Two queries."""
    policy = on(day, unit)
    return _rows(policy, policy)


def _rows(policy: Policy, keys: Iterable[str]) -> tuple[FigureRow, ...]:
    found = {key: policy.resolve(key) for key in keys}
    names = labels(origin.path for _value, origin in found.values())
    rows = []
    for key, (value, origin) in found.items():
        figure = policy.figure(key)
        rows.append(
            FigureRow(
                key=key,
                app=key.partition(".")[0],
                clause=figure.clause,
                title=title_of(figure),
                value=value,
                value_text=value_text(figure, value),
                origin=names.get(origin.path, ""),
                since=origin.from_date,
                unsure=figure.unsure,
                locked=figure.locked,
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.clause_order, row.key)))


# ---------------------------------------------------------------- one figure
@dataclass(frozen=True)
class Step:
    """A value of one figure from a day on: of the regulation (`unit` empty) or of a unit on the line or below."""

    from_date: date
    until: date | None
    value_text: str
    unit: str = ""
    reason: str = ""
    proposed_by: str = ""
    decided_by: str = ""

    @property
    def unit_text(self) -> str:
        return self.unit or _("The regulation")


@dataclass(frozen=True)
class FigurePage:
    """A figure at a unit: its value on the day, every value it had on the unit's line, what is changed below."""

    figure: Figure
    title: str
    note: str
    bounds: str
    row: FigureRow | None
    steps: tuple[Step, ...]
    below: tuple[Step, ...]
    chart: Chart | None
    waiting: PolicyOverride | None


def figure_page(unit: Unit, key: str, day: date) -> FigurePage:
    """Raises KeyError when there is no such figure. Four queries."""
    figure = book().figures[key]
    rows = _approved(key, Q(unit__path__in=ancestor_paths(unit.path)))
    under = _approved(key, Q(unit__path__startswith=unit.path) & ~Q(unit=unit))
    policy = book().policy(day, unit.path, changes(rows))
    waiting = PolicyOverride.objects.filter(unit=unit, key=key, state=State.PROPOSED).select_related("proposed_by")
    return FigurePage(
        figure=figure,
        title=title_of(figure),
        note=title_of(figure.note) if figure.note else "",
        bounds=bounds_text(figure),
        row=_rows(policy, [key])[0] if key in set(policy) else None,
        steps=_steps(figure, rows),
        below=tuple(step_of(figure, row) for row in under),
        chart=_chart(figure, unit, rows, day),
        waiting=waiting.first(),
    )


def _approved(key: str, where: Q) -> list[PolicyOverride]:
    rows = PolicyOverride.objects.filter(where, key=key, state=State.APPROVED)
    return list(rows.select_related("unit", "proposed_by", "decided_by").order_by("-from_date", "unit__path"))


def step_of(figure: Figure, row: PolicyOverride) -> Step:
    return Step(
        from_date=row.from_date,
        until=row.until,
        value_text=value_text(figure, decoded(figure, row.value)),
        unit=row.unit.label,
        reason=row.reason,
        proposed_by=row.proposed_by.label,
        decided_by=row.decided_by.label if row.decided_by else "",
    )


def _steps(figure: Figure, rows: Iterable[PolicyOverride]) -> tuple[Step, ...]:
    given = [Step(dated.from_date, None, value_text(figure, dated.value)) for dated in figure.values]
    return tuple(
        sorted([*given, *(step_of(figure, row) for row in rows)], key=lambda step: step.from_date, reverse=True)
    )


def _chart(figure: Figure, unit: Unit, rows: Sequence[PolicyOverride], day: date) -> Chart | None:
    """The value in force at the unit over time, as steps; only for a number or a time of day that ever changed."""
    days = sorted({dated.from_date for dated in figure.values} | {row.from_date for row in rows} | {day})
    days = sorted(set(days) | {row.until for row in rows if row.until})
    all_changes = changes(rows)
    days = [one for one in days if one >= figure.values[0].from_date]
    values = [book().policy(one, unit.path, all_changes)[figure.key] for one in days]
    numbers = [_number(value) for value in values]
    if len(set(values)) < 2 or None in numbers:
        return None
    spec = {
        "xAxis": {"type": "category", "data": [one.isoformat() for one in days]},
        "yAxis": {"type": "value"},
        "series": [{"type": "line", "step": "end", "name": title_of(figure), "data": numbers}],
    }
    table = [[one.isoformat(), value_text(figure, value)] for one, value in zip(days, values, strict=True)]
    return Chart("figure-history", _("In force here, over time"), spec, [_("From"), _("Value")], table, figure.clause)


def _number(value: Value) -> float | None:
    """A value as a point of a line; a time of day in hours."""
    if isinstance(value, time):
        return value.hour + value.minute / 60
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return float(value)


# ---------------------------------------------------------------- proposals
@dataclass(frozen=True)
class Proposal:
    """A change as its page shows it."""

    row: PolicyOverride
    figure: Figure
    title: str
    before: str
    after: str
    may_decide: bool
    may_withdraw: bool
    history: tuple[Entry, ...] = field(default=())


def proposals_visible_to(actor: Actor, under: Unit) -> QuerySet[PolicyOverride]:
    """The changes proposed at and below the unit within the actor's reach, newest first."""
    rows = PolicyOverride.objects.filter(actor.within(), unit__path__startswith=under.path)
    return rows.select_related("unit", "proposed_by", "decided_by").order_by("-proposed_at", "-pk")


def proposal_page(actor: Actor, under: Unit, pk: int) -> Proposal:
    """One of them, beside what would hold without it. Raises KeyError when it is not there or out of reach."""
    row = proposals_visible_to(actor, under).filter(pk=pk).first()
    if row is None:
        raise KeyError(pk)
    figure = book().figures[row.key]
    waiting = row.state == State.PROPOSED
    own = row.proposed_by_id == actor.user.pk
    without = [one for one in _approved(row.key, Q(unit__path__in=ancestor_paths(row.unit.path))) if one.pk != row.pk]
    before = book().policy(row.from_date, row.unit.path, changes(without))[row.key]
    return Proposal(
        row=row,
        figure=figure,
        title=title_of(figure),
        before=value_text(figure, before),
        after=value_text(figure, decoded(figure, row.value)),
        may_decide=waiting and not own and bool(actor.roles_at(row.unit.path) & APPROVERS),
        may_withdraw=waiting and own,
        history=_history(row),
    )


def _history(row: PolicyOverride) -> tuple[Entry, ...]:
    entries = [Entry(row.proposed_at, _("Proposed"), row.proposed_by.label, row.reason)]
    if row.decided_by is not None and row.decided_at is not None:
        tone = {State.APPROVED: "good", State.REJECTED: "bad"}.get(State(row.state), "")
        entries.append(
            Entry(row.decided_at, row.get_state_display(), row.decided_by.label, row.decision_note, tone=tone)
        )
    return tuple(entries)


# ---------------------------------------------------------------- clauses
@dataclass(frozen=True)
class ClauseRow:
    code: str
    title: str
    figures: int
    cases: int


@dataclass(frozen=True)
class CasePage:
    """A case as a sentence: what was so, by which figures, and what the rule says."""

    title: str
    day: date
    given: tuple[tuple[str, str], ...]
    changed: tuple[tuple[str, str], ...]
    outcome: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class ClausePage:
    code: str
    title: str
    figures: tuple[FigureRow, ...]
    cases: tuple[CasePage, ...]
    near: tuple[ClauseRow, ...]


def clause_list() -> tuple[ClauseRow, ...]:
    """Every clause of the book, with how many figures and cases stand under it."""
    figures = [code for figure in book().figures.values() for code in codes_in(figure.clause)]
    told = [code for case in cases() for code in codes_in(case.clause)]
    known = [*clauses(), *sorted(set(figures + told) - set(clauses()), key=order)]
    return tuple(
        ClauseRow(code, title_of(clauses().get(code, {})), figures.count(code), told.count(code)) for code in known
    )


def clause_page(unit: Unit, code: str, day: date) -> ClausePage:
    """A clause with its figures in force at the unit on the day, and its cases. Raises KeyError."""
    rows = {row.code: row for row in clause_list()}
    if code not in rows:
        raise KeyError(code)
    regulation = regulation_of(code)
    return ClausePage(
        code=code,
        title=rows[code].title,
        figures=tuple(row for row in figures_in_force(unit, day) if code in codes_in(row.clause)),
        cases=tuple(case_page(case) for case in cases() if code in codes_in(case.clause)),
        near=tuple(row for row in rows.values() if regulation_of(row.code) == regulation and row.code != code),
    )


def case_page(case: Case) -> CasePage:
    outcome = case.expect if isinstance(case.expect, Outcome) else Outcome.NOT_MET if case.expect else Outcome.MET
    figures = book().figures
    return CasePage(
        title=title_of(case.title),
        day=case.day,
        given=given_of(case),
        changed=tuple((title_of(figures[key]), value_text(figures[key], value)) for key, value in case.changed.items()),
        outcome=outcome.value,
        codes=() if isinstance(case.expect, Outcome) else tuple(sorted(case.expect)),
    )
