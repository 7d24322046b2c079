"""The cast of the tests: one small company, one person in each role at K1's line, and one from somewhere else.

    HQ > P1 > C11 > S111 > K1, K2
       > P2 > C21 > S211 > K9

Plain functions make rows; the fixtures hand them out. `outsider` leads K9 and must never see anything of P1.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pytest

from guimian.apps.organisation.models import Person, Post, Unit
from guimian.base.access import Actor, Role, actor_of

SINCE = date(2021, 1, 4)
PASSWORD = "cast-Guimian-2026"

LEVELS = {"H": "HQ", "P": "PROVINCE", "C": "CITY", "S": "CENTRE", "K": "COUNTER"}
#: code, parent, name, English name, kind and class of a counter
UNITS = (
    ("HQ", None, "总公司", "Head office", "", ""),
    ("P1", "HQ", "甲省分公司", "Province One", "", ""),
    ("C11", "P1", "甲一市分公司", "City One-One", "", ""),
    ("S111", "C11", "甲一服务中心", "Centre One-One-One", "", ""),
    ("K1", "S111", "人民路柜面", "People's Road", "URBAN", "LARGE"),
    ("K2", "S111", "解放路柜面", "Liberation Road", "URBAN_INNER", "INNER"),
    ("P2", "HQ", "乙省分公司", "Province Two", "", ""),
    ("C21", "P2", "乙一市分公司", "City Two-One", "", ""),
    ("S211", "C21", "乙一服务中心", "Centre Two-One-One", "", ""),
    ("K9", "S211", "滨江柜面", "Riverside", "COUNTY", "SMALL"),
)
#: fixture, staff number, name, English name, role, unit
PEOPLE = (
    ("hq_officer", "10000001", "钱正", "Qian Zheng", Role.HQ_OFFICER, "HQ"),
    ("province_officer", "10000002", "孙立", "Sun Li", Role.PROVINCE_OFFICER, "P1"),
    ("city_officer", "10000003", "李明", "Li Ming", Role.CITY_OFFICER, "C11"),
    ("manager", "10000004", "周敏", "Zhou Min", Role.CENTRE_MANAGER, "S111"),
    ("supervisor", "10000005", "吴芳", "Wu Fang", Role.SUPERVISOR, "K1"),
    ("teller", "10000006", "郑洁", "Zheng Jie", Role.TELLER, "K1"),
    ("cashier", "10000007", "王静", "Wang Jing", Role.CASHIER, "K1"),
    ("guide", "10000008", "冯雪", "Feng Xue", Role.GUIDE, "K1"),
    ("floating_adviser", "10000009", "陈晨", "Chen Chen", Role.FLOATING_ADVISER, "K1"),
    ("closing_officer", "10000010", "褚云", "Chu Yun", Role.CLOSING_OFFICER, "K1"),
    ("archivist", "10000011", "卫平", "Wei Ping", Role.ARCHIVIST, "S111"),
    ("information_officer", "10000012", "蒋欣", "Jiang Xin", Role.INFORMATION_OFFICER, "K1"),
    ("outsider", "10000013", "沈远", "Shen Yuan", Role.CENTRE_MANAGER, "K9"),
)


@dataclass(frozen=True)
class Company:
    """The units, by their codes in small letters."""

    hq: Unit
    p1: Unit
    c11: Unit
    s111: Unit
    k1: Unit
    k2: Unit
    p2: Unit
    c21: Unit
    s211: Unit
    k9: Unit

    def __getitem__(self, code: str) -> Unit:
        unit: Unit = getattr(self, code.lower())
        return unit


def make_unit(code: str, parent: Unit | None, name: str, name_en: str = "", place: str = "", size: str = "") -> Unit:
    """A unit; its level follows from the first letter of its code."""
    return Unit.objects.create(
        code=code,
        path=f"{parent.path if parent else ''}{code}/",
        parent=parent,
        level=LEVELS[code[0]],
        name=name,
        name_en=name_en,
        place=place,
        size=size,
        opened_on=SINCE,
    )


def make_company() -> Company:
    units: dict[str, Unit] = {}
    for code, parent, name, name_en, place, size in UNITS:
        units[code] = make_unit(code, units.get(parent or ""), name, name_en, place, size)
    return Company(**{code.lower(): unit for code, unit in units.items()})


def make_person(number: str, name: str, role: Role | None = None, unit: Unit | None = None) -> Person:
    """A person who signs in with PASSWORD, with a post in force since 2021 when a role and a unit are given."""
    person = Person.objects.create_user(number, PASSWORD, name=name, joined_on=SINCE)
    if role is not None and unit is not None:
        make_post(person, role, unit)
    return person


def make_post(person: Person, role: Role, unit: Unit, starts_on: date = SINCE, ends_on: date | None = None) -> Post:
    return Post.objects.create(person=person, role=role, unit=unit, starts_on=starts_on, ends_on=ends_on)


def make_cast(company: Company) -> dict[str, Person]:
    """Everybody, by the name of their fixture."""
    cast: dict[str, Person] = {}
    for key, number, name, name_en, role, unit in PEOPLE:
        cast[key] = make_person(number, name, role, company[unit])
        cast[key].name_en = name_en
        cast[key].save(update_fields=["name_en"])
    return cast


def acting(person: Person, day: date = date(2026, 11, 23)) -> Actor:
    """The person with the posts of the day."""
    return actor_of(person, day)


@pytest.fixture
def company(db: None) -> Company:
    return make_company()


@pytest.fixture
def cast(company: Company) -> Mapping[str, Person]:
    """All of them at once, by name."""
    return make_cast(company)


@pytest.fixture
def hq_officer(cast: Mapping[str, Person]) -> Person:
    return cast["hq_officer"]


@pytest.fixture
def province_officer(cast: Mapping[str, Person]) -> Person:
    return cast["province_officer"]


@pytest.fixture
def city_officer(cast: Mapping[str, Person]) -> Person:
    return cast["city_officer"]


@pytest.fixture
def manager(cast: Mapping[str, Person]) -> Person:
    return cast["manager"]


@pytest.fixture
def supervisor(cast: Mapping[str, Person]) -> Person:
    return cast["supervisor"]


@pytest.fixture
def teller(cast: Mapping[str, Person]) -> Person:
    return cast["teller"]


@pytest.fixture
def cashier(cast: Mapping[str, Person]) -> Person:
    return cast["cashier"]


@pytest.fixture
def guide(cast: Mapping[str, Person]) -> Person:
    return cast["guide"]


@pytest.fixture
def floating_adviser(cast: Mapping[str, Person]) -> Person:
    return cast["floating_adviser"]


@pytest.fixture
def closing_officer(cast: Mapping[str, Person]) -> Person:
    return cast["closing_officer"]


@pytest.fixture
def archivist(cast: Mapping[str, Person]) -> Person:
    return cast["archivist"]


@pytest.fixture
def information_officer(cast: Mapping[str, Person]) -> Person:
    return cast["information_officer"]


@pytest.fixture
def outsider(cast: Mapping[str, Person]) -> Person:
    return cast["outsider"]
