"""The stage for a day from a log: a counter with as many windows and tellers as the log needs."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from guimian.apps.calendar import services as calendar
from guimian.apps.calendar.queries import DAY_KINDS
from guimian.apps.calendar.rules import Times
from guimian.apps.organisation import queries, services
from guimian.apps.reception import services as reception
from guimian.apps.routines import services as routines
from guimian.apps.today.management.living import Crew
from guimian.base.access import Role

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Skill, Unit, Window
    from guimian.apps.reception.models import Service

#: code, name, English name
LINE = (
    ("HQ", "总公司", "Head office"),
    ("P1", "省级分公司", "Province"),
    ("C1", "地市分公司", "City"),
    ("S1", "客户服务中心", "Service centre"),
    ("K1", "日志柜面", "Counter of the log"),
)
MARGIN = timedelta(minutes=30)  # R1.3: the doors within working hours


def make_counter(day: date, now: datetime) -> Unit:
    """A company of one counter, in an empty database, in operation on the day."""
    above: Unit | None = None
    for code, name, name_en in LINE:
        kind = {"place": "URBAN", "size": "FLAGSHIP"} if code == "K1" else {}
        above = services.open_unit(
            parent=above, code=code, name=name, name_en=name_en, opened_on=day, by=None, now=now, **kind
        )
        if above.parent_id is None:
            routines.seed_catalogues(unit=above, by=None, now=now)
    if above is None:
        raise RuntimeError("The line of units is empty.")
    return above


def make_hours(unit: Unit, doors: tuple[time, time], day: date, now: datetime) -> None:
    """Doors as given on every kind of day, with half an hour of work on either side (R1.3)."""
    opens, closes = (datetime.combine(day, one) for one in doors)
    times = Times(True, (opens - MARGIN).time(), (closes + MARGIN).time(), opens.time(), closes.time())
    for kind, _label in DAY_KINDS:
        calendar.set_hours(unit=unit, day_kind=kind, from_date=day, times=times, by=None, now=now)


def make_service(unit: Unit, now: datetime) -> Service:
    """The one service that everybody of the log comes for."""
    skill = services.add_skill(code="LOG", name="综合业务", name_en="All business", unit=unit, by=None, now=now)
    return reception.add_service(
        code="LOG",
        name="综合业务",
        name_en="All business",
        letter="A",
        skill=skill,
        place=0,
        unit=unit,
        by=None,
        now=now,
    )


def crew_of(unit: Unit, service: Service, seats: int, day: date, now: datetime) -> Crew:
    """Somebody who leads, and a teller and a window for each seat; what the counter lacks is added."""
    windows = [row for row in queries.windows_of(unit, day) if row.is_open]
    most = max((row.number for row in windows), default=0)
    for number in range(most + 1, most + 1 + max(seats - len(windows), 0)):
        services.add_window(unit=unit, number=number, skills=[service.skill], by=None, now=now)
    numbers = [row.number for row in queries.windows_of(unit, day) if row.is_open][:seats]
    tellers = [_person(unit, Role.TELLER, f"9{place:07}", service.skill, day, now) for place in range(1, seats + 1)]
    supervisor = _person(unit, Role.SUPERVISOR, "90000000", service.skill, day, now)
    return Crew(supervisor, tellers, [_window(unit, number) for number in numbers])


def _window(unit: Unit, number: int) -> Window:
    return queries.window_of(unit, number)


def _person(unit: Unit, role: Role, number: str, skill: Skill, day: date, now: datetime) -> Person:
    """Nobody real: named by role and number."""
    person = services.add_person(
        staff_number=number, name=f"{role.label}{number[-2:]}", unit=unit, role=role, starts_on=day, by=None, now=now
    )
    services.set_skill(person=person, skill=skill, level=2, authorised_to=Decimal(0), unit=unit, by=None, now=now)
    return person
