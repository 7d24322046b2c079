"""The routines of a lived day: its duties and rounds, most in time, some late, a few missed (R1.4, R1.5)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING

from guimian.apps.organisation.queries import in_post
from guimian.apps.routines import queries, services
from guimian.apps.routines.services import Seen
from guimian.apps.today.management.living import ARRIVE, Hall
from guimian.base.access import Role, actor_of
from guimian.base.findings import services as findings
from guimian.base.findings.demo import picture
from guimian.base.findings.queries import findings_visible_to

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit
    from guimian.apps.routines.models import DayDuty, Round

LATE, MISSED = 0.05, 0.015  # shares of duties
LEFT_ALONE, VERIFIED = 0.25, 0.9  # of findings that are open as the day begins
APPRAISED_ON = 5  # day of the month
COMMENT = "各项工作按计划完成；问题已逐项整改，下期继续关注高峰时段等候。"
MENDED = ("已整改。", "已报修并修复。", "已当面提醒，晨会再次强调。", "已补做并登记。")
OFF = 0.02  # share of a round's items that are not in order
SEEN = ("地面有纸屑，已请保洁清理。", "一盏灯不亮，已报修。", "指示牌歪斜。", "绿植需要浇水。", "空调温度偏高。")


def plan(hall: Hall, dice: Random | None = None) -> None:
    """Make the day's duties and rounds, and put the doing of each among the day's events; without dice all in time."""
    services.make_duties(unit=hall.unit, day=hall.day, now=hall.now)
    doers: dict[tuple[str, ...], Person | None] = {}
    for duty in queries.duties_to_do(hall.unit, hall.day):
        roles = tuple(duty.duty.roles)
        if roles not in doers:
            doers[roles] = doer_of(hall, roles)
        doer = doers[roles]
        if doer is not None and not duty.duty.as_needed:
            _duty(hall, duty, doer, dice)
    for row in queries.rounds_to_walk(hall.unit, hall.day):
        at = row.from_at + timedelta(minutes=dice.randrange(1, 12) if dice else 1)
        _later(hall, at, _walking(hall, row, dice))


def report(unit: Unit, leader: Person, now: datetime, back: int = 8) -> None:
    """Reports of periods that ended in the last days are commented and signed (R1.2)."""
    day = unit.local_day(now)
    for row in queries.reports_of(unit, now):
        if row.state != "SIGNED" and row.last >= day - timedelta(days=back):
            services.sign_report(
                unit=unit, kind=row.kind, first=row.first, comment=COMMENT, plan="", by=leader, now=now
            )


def appraise(hall: Hall) -> None:
    """On the fifth the manager publishes last month's appraisal of the counter, where the counter is open that day (R1.2)."""
    manager = manager_of(hall)
    if manager is not None and hall.day.day == APPRAISED_ON:
        month = queries.last_month(hall.unit, hall.now)
        services.publish_appraisal(unit=hall.unit, month=month, note="", by=manager, now=hall.now)


def manager_of(hall: Hall) -> Person | None:
    return in_post(hall.unit.parent, Role.CENTRE_MANAGER, hall.day).first() if hall.unit.parent else None


def mend(hall: Hall, dice: Random) -> None:
    """What was found on earlier days is given to the supervisor, done, and verified by the manager; a few wait still."""
    manager = manager_of(hall)
    if manager is None:
        return
    seen = findings_visible_to(actor_of(manager, hall.day), hall.unit).filter(state="OPEN")
    for finding in seen.filter(actions__state="DONE"):
        findings.verify_action(action=finding.actions.get(state="DONE"), note="", by=manager, now=hall.now)
    for finding in seen.filter(actions=None):
        if dice.random() < LEFT_ALONE:
            continue
        action = findings.assign_action(
            finding=finding, what="", owner=hall.crew.supervisor, due_date=hall.day + timedelta(days=5), by=manager,
            now=hall.now,
        )  # fmt: skip
        findings.report_done(action=action, note=dice.choice(MENDED), by=hall.crew.supervisor, now=hall.now)
        if dice.random() < VERIFIED:
            findings.verify_action(action=action, note="", by=manager, now=hall.now)


def doer_of(hall: Hall, roles: Iterable[str]) -> Person | None:
    """The supervisor where the duty is theirs too, else the first who is in one of the posts."""
    if str(Role.SUPERVISOR) in roles:
        return hall.crew.supervisor
    found = (in_post(hall.unit, Role(role), hall.day).first() for role in roles)
    return next((person for person in found if person is not None), None)


def _later(hall: Hall, at: datetime, deed: Callable[[], object]) -> None:
    """Among the day's events; what is due before the day began is done as it begins."""
    second = round((max(at, hall.now) - hall.moment(0)).total_seconds())
    hall.later(second, ARRIVE, deed)


def _duty(hall: Hall, duty: DayDuty, doer: Person, dice: Random | None) -> None:
    draw = dice.random() if dice else 1.0
    if draw < MISSED:
        _later(hall, duty.due_at + timedelta(hours=3), lambda: services.miss_duty(day_duty=duty, now=hall.now))
        return
    minutes = -dice.randrange(1, 6) if dice else -1
    if dice and draw < MISSED + LATE:
        minutes = dice.randrange(4, 30)
    _later(hall, max(duty.due_at + timedelta(minutes=minutes), duty.from_at), lambda: _done(hall, duty, doer))


def _done(hall: Hall, duty: DayDuty, doer: Person) -> None:
    photos = [(f"{duty.code}.png", picture(duty.code, 20))] if duty.duty.needs_photo else []
    note = "已传达文件要点和当日安排。" if duty.duty.needs_note else ""
    services.do_duty(day_duty=duty, by=doer, now=hall.now, note=note, photos=photos)


def _walking(hall: Hall, row: Round, dice: Random | None) -> Callable[[], None]:
    def walk() -> None:
        leader = hall.crew.supervisor
        services.start_round(round=row, by=leader, now=hall.now)
        for item in queries.form_of(row):
            seen = Seen(dice.choice(SEEN), Decimal(1)) if dice and dice.random() < OFF else None
            services.answer_item(round=row, item=item, by=leader, now=hall.now, seen=seen)
        services.sign_round(round=row, remark="", by=leader, now=hall.now)

    return walk
