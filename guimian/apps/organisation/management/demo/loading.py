"""Makes what is missing of the demo company."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from guimian.apps.organisation import queries, services
from guimian.apps.organisation.management.demo.company import SINCE, SKILLS, UNITS, WINDOWS
from guimian.apps.organisation.management.demo.people import register
from guimian.apps.organisation.management.demo.staff import AUTHORITY, SKILLS_OF

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Skill, Unit

PASSWORD = "demo-Guimian-2026"  # noqa: S105  # everybody's, in the demo company only


def load(now: datetime) -> dict[str, int]:
    """Make what is missing of the demo company and say how many of each were made; a second call makes nothing.

    Raises UnableToOpenUnit when the database holds another company.
    """
    made = {"units": 0, "people": 0, "windows": 0}
    units = {unit.code: unit for unit in queries.every_unit()}
    for code, parent, name, name_en, place, size in UNITS:
        if code not in units:
            units[code] = services.open_unit(
                parent=units.get(parent),
                code=code,
                name=name,
                name_en=name_en,
                place=place,
                size=size,
                address=f"{name}（示例地址）" if size else "",
                opened_on=SINCE,
                by=None,
                now=now,
            )
            made["units"] += 1
    skills = [
        services.add_skill(code=code, name=name, name_en=name_en, unit=units["HQ"], by=None, now=now)
        for code, name, name_en in SKILLS
    ]
    made["windows"] = sum(_windows(units[code], size, skills, now) for code, *_rest, size in UNITS if size)
    made["people"] = _people(units, {skill.code: skill for skill in skills}, now)
    return made


def _windows(unit: Unit, size: str, skills: list[Skill], now: datetime) -> int:
    standing = {row.number for row in queries.windows_of(unit, unit.local_day(now))}
    count = WINDOWS[size]
    for number in range(1, count + 1):
        if number in standing:
            continue
        is_cashier = size != "INNER" and number > count - (2 if count > 4 else 1)
        served = [skill for skill in skills if (skill.code in {"CASH", "PAYOUT"}) == is_cashier]
        services.add_window(
            unit=unit,
            number=number,
            name="收付费窗口" if is_cashier else "综合窗口",
            skills=served,
            is_cashier=is_cashier,
            is_priority=number == 1,
            by=None,
            now=now,
        )
    return count - len(standing)


def _people(units: dict[str, Unit], skills: dict[str, Skill], now: datetime) -> int:
    known = queries.staff_numbers()
    made = []
    for place, somebody in enumerate(register()):
        if somebody.staff_number in known:
            continue
        unit = units[somebody.unit]
        person = services.add_person(
            staff_number=somebody.staff_number,
            name=somebody.name,
            name_en=somebody.name_en,
            phone=somebody.phone,
            identity=somebody.identity,
            unit=unit,
            role=somebody.role,
            starts_on=somebody.since,
            by=None,
            now=now,
        )
        for turn, code in enumerate(SKILLS_OF.get(somebody.role, ())):
            level = 1 + (place + turn) % 3
            if turn < 1 + level:
                services.set_skill(
                    person=person,
                    skill=skills[code],
                    level=level,
                    authorised_to=AUTHORITY[level],
                    unit=unit,
                    by=None,
                    now=now,
                )
        made.append(person)
    services.set_passwords(people=made, password=PASSWORD)
    return len(made)
