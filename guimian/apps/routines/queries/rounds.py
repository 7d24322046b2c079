"""Walk-rounds: those of a day, one with its form, and what they found over the weeks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from guimian.apps.routines import rules
from guimian.apps.routines.models import Peaks, Round, RoundAnswer, RoundItem
from guimian.apps.routines.queries.catalogue import items_on
from guimian.apps.routines.queries.duties import Stand
from guimian.base.access import LEADERS, Actor
from guimian.base.templatetags.ui import title_of
from guimian.base.ui.parts import Chart, line_chart

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

State, Slot = Round.State, Round.Slot
SLOTS = Slot.choices
ROUND_STATES = State.choices
WEEKS = 12  # that the trend shows
MOST_LINES = 5  # items of the trend
ORDER = {slot: place for place, slot in enumerate(Slot.values)}


def rounds_visible_to(actor: Actor, under: Unit) -> QuerySet[Round]:
    """The rounds at and below the unit within reach, the newest first."""
    rows = Round.objects.filter(actor.within(), unit__path__startswith=under.path)
    return rows.select_related("unit", "started_by", "signed_by").order_by("-day", "unit__path", "-due_at", "-pk")


def round_at(actor: Actor, unit: Unit, pk: int) -> Round | None:
    """A round at or below the unit, past the guard."""
    return rounds_visible_to(actor, unit).filter(pk=pk).first()


def form_of(round: Round) -> tuple[RoundItem, ...]:
    """The items of a round's form: those of its part of the day, as they stood on its day. One query."""
    part = "BEFORE" if round.slot == Slot.BEFORE else "DURING"
    return tuple(item for item in items_on(round.unit, round.day) if item.part == part)


def item_of(round: Round, code: str) -> RoundItem | None:
    return next((item for item in form_of(round) if item.code == code), None)


def peaks_of(unit: Unit, day_kind: str, day: date) -> Peaks | None:
    """The peaks in force at a counter that is past the guard. One query."""
    return rules.peaks_in_force(Peaks.objects.filter(unit=unit), day_kind, day)


# ---------------------------------------------------------------- one round
@dataclass(frozen=True)
class ItemRow:
    """An item of the form with what was seen: `answer` is fine, off, or nothing yet."""

    code: str
    title: str
    clause: str
    points: Decimal
    answer: str
    taken_off: Decimal
    what: str
    finding: int | None


@dataclass(frozen=True)
class RoundPage:
    """A round with its form. `may_walk`: the actor leads here."""

    round: Round
    stand: Stand
    items: tuple[ItemRow, ...]
    may_walk: bool

    @property
    def seen(self) -> int:
        return sum(bool(item.answer) for item in self.items)

    @property
    def points_off(self) -> Decimal:
        return sum((item.taken_off for item in self.items), Decimal(0))

    @property
    def is_walking(self) -> bool:
        return self.round.state == State.WALKING


def round_page(actor: Actor, round: Round, now: datetime) -> RoundPage:
    """Two queries."""
    answers = {answer.item_id: answer for answer in round.answers.all()}
    items = tuple(_item(item, answers.get(item.pk)) for item in form_of(round))
    leads = bool(actor.roles_at(round.unit.path) & LEADERS)
    return RoundPage(round, round_stand(round, now), items, leads)


def _item(item: RoundItem, answer: RoundAnswer | None) -> ItemRow:
    return ItemRow(
        code=item.code,
        title=title_of(item),
        clause=item.clause,
        points=item.points,
        answer="" if answer is None else "fine" if answer.is_fine else "off",
        taken_off=answer.points if answer else Decimal(0),
        what=answer.what if answer else "",
        finding=answer.finding_id if answer else None,
    )


def round_stand(round: Round, now: datetime) -> Stand:
    """Where a round stands, in words."""
    if round.state == State.PLANNED and now > round.due_at:
        return Stand("OVERDUE", _("Overdue"))
    if round.state == State.SIGNED:
        return Stand("LATE", _("Walked late")) if round.is_late else Stand("DONE", str(State.SIGNED.label))
    return Stand(round.state, round.get_state_display())


# ---------------------------------------------------------------- a day and the weeks
@dataclass(frozen=True)
class RoundRow:
    """A round of the day as its card shows it."""

    pk: int
    title: str
    begins: datetime
    due: datetime
    stand: Stand
    state: str
    points_off: Decimal
    may_start: bool
    by: str


def rounds_on(actor: Actor, unit: Unit, day: date, now: datetime) -> tuple[RoundRow, ...]:
    """The rounds of a counter's day, in their order. One query."""
    rows = rounds_visible_to(actor, unit).filter(unit=unit, day=day)
    leads = bool(actor.roles_at(unit.path) & LEADERS)
    return tuple(_round(row, leads, now) for row in sorted(rows, key=lambda row: (row.due_at, ORDER[row.slot])))


def _round(row: Round, leads: bool, now: datetime) -> RoundRow:
    zone = row.unit.zone
    return RoundRow(
        pk=row.pk,
        title=row.get_slot_display(),
        begins=row.from_at.astimezone(zone),
        due=row.due_at.astimezone(zone),
        stand=round_stand(row, now),
        state=row.state,
        points_off=row.points_off,
        may_start=leads and row.state == State.PLANNED and now >= row.from_at,
        by=row.signed_by.label if row.signed_by else row.started_by.label if row.started_by else "",
    )


def trend(actor: Actor, under: Unit, day: date) -> Chart | None:
    """Points off by item and week, the costliest items of the last weeks; None while nothing was taken off. One query."""
    last = rules.week_of(day)[0]
    weeks = [last - timedelta(weeks=back) for back in range(WEEKS - 1, -1, -1)]
    rows = RoundAnswer.objects.filter(
        actor.within("round__unit"),
        round__unit__path__startswith=under.path,
        round__day__gte=weeks[0],
        round__state=State.SIGNED,
        points__gt=0,
    )
    found = rows.values_list("item__code", "item__title_zh", "item__title_en", "round__day", "points")
    return _trend(weeks, found)


def _trend(weeks: list[date], found: Iterable[tuple[str, str, str, date, Decimal]]) -> Chart | None:
    off: dict[str, dict[date, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    titles = {}
    for code, title_zh, title_en, day, points in found:
        titles[code] = title_of({"zh": title_zh, "en": title_en})
        off[code][rules.week_of(day)[0]] += points
    if not off:
        return None
    shown = sorted(off, key=lambda code: (-sum(off[code].values()), code))[:MOST_LINES]
    series = {titles[code]: [float(off[code][week]) for week in weeks] for code in shown}
    heads = [f"{week:%m-%d}" for week in weeks]
    return line_chart("rounds-trend", _("Points off by item, each week"), heads, series)
