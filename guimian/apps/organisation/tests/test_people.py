"""People and posts: joining, changing, leaving; who may give what to whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from guimian.apps.organisation import services
from guimian.apps.organisation.models import Person, Skill
from guimian.apps.organisation.tests.cast import Company
from guimian.base.access import Role
from guimian.base.models import JournalEntry
from guimian.base.personal import blind_index

NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = date(2026, 11, 23)
PHONE = "12000000001"


def joined(
    company: Company, by: Person | None, role: str = Role.TELLER, number: str = "20000001", **more: Any
) -> Person:
    return services.add_person(
        staff_number=number, name="新人", unit=company.k1, role=role, starts_on=TODAY, by=by, now=NOW, **more
    )


def test_joining_gives_the_first_post_and_hides_personal_data(company: Company, manager: Person) -> None:
    person = joined(company, manager, phone=PHONE, email="a@example.com")
    assert person.posts.get().unit == company.k1
    assert not person.has_usable_password()
    entry = JournalEntry.objects.get()
    assert entry.event == "organisation.person.joined"
    assert PHONE not in str(entry.after)
    assert "example.com" not in str(entry.after)
    assert Person.objects.get(phone_index=blind_index(PHONE, "organisation.person.phone")) == person


def test_a_staff_number_is_one_persons(company: Company, manager: Person) -> None:
    joined(company, manager)
    for number in ("20000001", "12", "张三丰"):
        with pytest.raises(services.UnableToAddPerson):
            joined(company, manager, number=number)
    assert Person.objects.filter(name="新人").count() == 1


@pytest.mark.parametrize(
    ("giver", "role", "allowed"),
    [
        ("hq_officer", Role.CENTRE_MANAGER, True),
        ("city_officer", Role.CENTRE_MANAGER, True),
        ("manager", Role.CENTRE_MANAGER, False),
        ("manager", Role.CASHIER, True),
        ("supervisor", Role.TELLER, True),
        ("supervisor", Role.CASHIER, False),
        ("teller", Role.TELLER, False),
        ("outsider", Role.TELLER, False),
    ],
)
def test_who_may_give_which_post(
    company: Company, cast: Mapping[str, Person], giver: str, role: Role, allowed: bool
) -> None:
    if allowed:
        assert joined(company, cast[giver], role).pk
        return
    with pytest.raises(services.UnableToAddPerson) as refused:
        joined(company, cast[giver], role)
    assert refused.value.clause == "R10.11"
    assert not JournalEntry.objects.exists()


def test_changing_names_the_field_not_its_content(company: Company, teller: Person, manager: Person) -> None:
    services.change_person(person=teller, unit=company.k1, phone=PHONE, name="郑洁洁", by=manager, now=NOW)
    entry = JournalEntry.objects.get()
    assert entry.after == {"phone": "changed", "name": "郑洁洁"}
    services.change_person(person=teller, unit=company.k1, phone=PHONE, name="郑洁洁", by=manager, now=NOW)
    assert JournalEntry.objects.count() == 1
    fresh = Person.objects.get(pk=teller.pk)
    assert fresh.masked_phone == "120******01"
    assert fresh.phone_index
    with pytest.raises(TypeError):
        services.change_person(person=teller, unit=company.k1, is_active=False, by=manager, now=NOW)


def test_skills_are_set_by_others(company: Company, teller: Person, manager: Person) -> None:
    skill = Skill.objects.create(code="CLAIM", name="理赔", name_en="Claims")

    def put(person: Person, level: int, amount: int) -> None:
        services.set_skill(
            person=person, skill=skill, level=level, authorised_to=Decimal(amount), unit=company.k1, by=manager, now=NOW
        )

    put(teller, 1, 5_000)
    put(teller, 2, 50_000)
    row = teller.skills.get()
    assert (row.level, row.authorised_to, row.since) == (2, Decimal(50_000), TODAY)
    assert JournalEntry.objects.count() == 2
    for person, level, amount in ((manager, 3, 1), (teller, 4, 1), (teller, 1, -1)):
        with pytest.raises(services.UnableToSetSkill):
            put(person, level, amount)


def test_one_password_for_several_is_for_the_demo_only(teller: Person, settings: object) -> None:
    with pytest.raises(RuntimeError):
        services.set_passwords(people=[teller], password="x")
