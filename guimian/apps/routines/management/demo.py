"""The demo company's routines: the catalogue, the last days' duties and rounds, and today as far as it has come.

Made by the services, in the order of their times, none after now. A second call on the same day makes nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from django.db import transaction

from guimian.apps.organisation import queries as organisation
from guimian.apps.routines import queries, services
from guimian.apps.routines.services import Seen
from guimian.base.access import Role
from guimian.base.findings.demo import picture

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit
    from guimian.apps.routines.models import DayDuty, Round

#: Counters whose rounds of the last days are shown; the others have today only.
WALKED = ("K32010101", "K32010102", "K51010101")
PAST_DAYS = 1
FORGETS = {("K32010102", "service"), ("K32050101", "surroundings"), ("K51070101", "desks")}
LATE = {("K32010101", "briefing"), ("K51010101", "doors"), ("K32020101", "power")}
FOUND = {
    "K32010101": ("plants", "填单台旁的绿萝枯黄。"),
    "K32010102": ("light", "等候区一盏筒灯不亮。"),
    "K51010101": ("temperature", "大厅室温二十九度，空调未开足。"),
}
NOTE = "已传达省公司文件，强调当日给付高峰安排。"


def load(now: datetime) -> dict[str, int]:
    """Make what is missing and say how many of each were made; a second call on the same day makes nothing."""
    return plan(now) | live(now, list(organisation.every_counter())) | ahead(now)


def plan(now: datetime) -> dict[str, int]:
    """The catalogue of duties and the form of the rounds."""
    top = organisation.every_unit()[0]
    return {"catalogue entries": services.seed_catalogues(unit=top, by=None, now=now)}


@transaction.atomic
def live(now: datetime, counters: Sequence[Unit]) -> dict[str, int]:
    """The duties and rounds of these counters up to now."""
    return {"duties and rounds": sum(lived(unit, now) for unit in counters if unit.closed_on is None)}


def ahead(now: datetime) -> dict[str, int]:
    """What is planned: visits of the quarter, holidays to come."""
    found = services.look_ahead(now=now)
    return {"visits planned": found["visits"], "holiday plans": found["holidays"]}


def lived(unit: Unit, now: datetime) -> int:
    """The counter's days up to now; 0 when they were there."""
    today = unit.local_day(now)
    made = 0
    for day in days_of(unit, today):
        new = services.make_duties(unit=unit, day=day, now=at_dawn(unit, day, now))
        if new:
            do_all(unit, day, now)
        made += new
    return made


def days_of(unit: Unit, today: date) -> Iterator[date]:
    first = PAST_DAYS if unit.code in WALKED else 0
    return (today - timedelta(days=back) for back in range(first, -1, -1))


def at_dawn(unit: Unit, day: date, now: datetime) -> datetime:
    """Seven in the morning of the day, or now where that is earlier."""
    return min(now, datetime.combine(day, datetime.min.time(), unit.zone) + timedelta(hours=7))


def do_all(unit: Unit, day: date, now: datetime) -> None:
    """What is due by now is done, but for the few that show what late and missed looks like."""
    leader = leader_of(unit, day)
    if leader is None:
        return
    dice = Random(f"{unit.code}{day}")  # noqa: S311  # minutes, not secrets
    for duty in queries.duties_to_do(unit, day):
        do(duty, leader, now, dice)
    for row in queries.rounds_to_walk(unit, day):
        walk(row, leader, now, dice)


def leader_of(unit: Unit, day: date) -> Person | None:
    return organisation.in_post(unit, Role.SUPERVISOR, day).first()


def do(duty: DayDuty, leader: Person, now: datetime, dice: Random) -> None:
    key = (duty.unit.code, duty.code)
    at = duty.due_at + timedelta(minutes=12) if key in LATE else duty.due_at - timedelta(minutes=dice.randint(1, 4))
    at = max(at, duty.from_at)
    if at > now or key in FORGETS or duty.duty.as_needed or str(Role.SUPERVISOR) not in duty.duty.roles:
        return
    photos = [(f"{duty.code}.png", picture(duty.code, 20))] if duty.duty.needs_photo else []
    services.do_duty(day_duty=duty, by=leader, now=at, note=NOTE if duty.duty.needs_note else "", photos=photos)


def walk(round: Round, leader: Person, now: datetime, dice: Random) -> None:
    """A round is walked in a quarter of an hour; the one before opening is left out where nobody is shown at it."""
    begins = round.from_at + timedelta(minutes=dice.randint(2, 10))
    ends = begins + timedelta(minutes=12)
    if ends > now:
        return
    services.start_round(round=round, by=leader, now=begins)
    off, words = FOUND.get(round.unit.code, ("", ""))
    item = queries.item_of(round, off) if round.slot == "MORNING" else None
    if item is not None:
        seen = Seen(words, Decimal(1), owner=leader, due_date=round.day + timedelta(days=7))
        services.answer_item(round=round, item=item, by=leader, now=begins + timedelta(minutes=5), seen=seen)
    services.answer_rest(round=round, by=leader, now=begins + timedelta(minutes=9))
    services.sign_round(round=round, remark="", by=leader, now=ends)
