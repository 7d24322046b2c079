"""People and posts: joining, changing, leaving; who may give what to whom."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from guimian.apps.organisation import services
from guimian.apps.organisation.models import Person, Post, Skill
from guimian.apps.organisation.tests.cast import Company, acting, make_post
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


def test_nobody_gives_a_post_to_himself(company: Company, hq_officer: Person) -> None:
    with pytest.raises(services.UnableToGivePost) as refused:
        services.give_post(
            person=hq_officer, role=Role.TELLER, unit=company.k1, starts_on=TODAY, by=hq_officer, now=NOW
        )
    assert refused.value.clause == "R10.11"


def test_a_role_is_held_at_its_level(company: Company, teller: Person, hq_officer: Person) -> None:
    with pytest.raises(services.UnableToGivePost):
        services.give_post(
            person=teller, role=Role.SUPERVISOR, unit=company.c11, starts_on=TODAY, by=hq_officer, now=NOW
        )


def test_posts_of_one_kind_do_not_overlap(company: Company, teller: Person, manager: Person) -> None:
    def give(starts_on: date, ends_on: date | None = None) -> Post:
        return services.give_post(
            person=teller, role=Role.GUIDE, unit=company.k2, starts_on=starts_on, ends_on=ends_on, by=manager, now=NOW
        )

    give(TODAY, TODAY + timedelta(10))
    for days in ((9, None), (-5, 1), (2, 3), (-5, None)):
        with pytest.raises(services.UnableToGivePost):
            give(TODAY + timedelta(days[0]), TODAY + timedelta(days[1]) if days[1] else None)
    with pytest.raises(services.UnableToGivePost):
        give(TODAY + timedelta(30), TODAY + timedelta(30))
    assert give(TODAY + timedelta(10)).pk


def test_ending_a_post(company: Company, teller: Person, manager: Person, outsider: Person) -> None:
    post = teller.posts.get()
    with pytest.raises(services.UnableToEndPost):
        services.end_post(post=post, ends_on=TODAY - timedelta(1), by=manager, now=NOW)
    with pytest.raises(services.UnableToEndPost) as refused:
        services.end_post(post=post, ends_on=TODAY, by=outsider, now=NOW)
    assert refused.value.clause == "R10.11"
    services.end_post(post=post, ends_on=TODAY, reason="轮岗", by=manager, now=NOW)
    assert acting(teller).grants == ()
    with pytest.raises(services.UnableToEndPost):
        services.end_post(post=post, ends_on=TODAY, by=manager, now=NOW)


def test_a_leaver_is_locked_out_at_once(company: Company, teller: Person, manager: Person) -> None:
    """R10.11: posts end, the account is closed, the password opens nothing; a post to come is taken back."""
    make_post(teller, Role.GUIDE, company.k2, starts_on=TODAY + timedelta(5))
    person = services.let_go(person=teller, unit=company.k1, reason="离职", by=manager, now=NOW)
    assert not person.is_active
    assert not person.has_usable_password()
    assert person.left_on == TODAY
    assert [post.ends_on for post in person.posts.all()] == [TODAY]
    assert acting(person).grants == ()
    entry = JournalEntry.objects.get()
    assert (entry.event, entry.reason) == ("organisation.person.left", "离职")
    assert entry.before is not None
    assert len(entry.before["posts"]) == 2


def test_a_leavers_session_ends_at_once(client: object, company: Company, teller: Person, manager: Person) -> None:
    from django.contrib.auth import get_user
    from django.http import HttpRequest
    from django.test import Client

    assert isinstance(client, Client)
    client.force_login(teller, "django.contrib.auth.backends.ModelBackend")
    request = HttpRequest()
    request.session = client.session
    assert get_user(request) == teller
    services.let_go(person=teller, unit=company.k1, reason="离职", by=manager, now=NOW)
    request.session = client.session
    assert not get_user(request).is_authenticated


def test_who_may_let_whom_go(company: Company, teller: Person, manager: Person, supervisor: Person) -> None:
    with pytest.raises(services.UnableToLetGo):
        services.let_go(person=manager, unit=company.s111, reason="", by=manager, now=NOW)
    make_post(teller, Role.TELLER, company.k9)
    with pytest.raises(services.UnableToLetGo) as refused:
        services.let_go(person=teller, unit=company.k1, reason="", by=supervisor, now=NOW)
    assert refused.value.clause == "R10.11"
    assert "K9" not in f"{refused.value.message}{refused.value.found}{refused.value.wanted}"
    services.let_go(person=teller, unit=company.k1, reason="", by=None, now=NOW)
    with pytest.raises(services.UnableToLetGo):
        services.let_go(person=teller, unit=company.k1, reason="", by=None, now=NOW)
    for verb in (
        lambda: services.change_person(person=teller, unit=company.k1, name="某", by=None, now=NOW),
        lambda: services.give_post(person=teller, role=Role.TELLER, unit=company.k1, starts_on=TODAY, by=None, now=NOW),
    ):
        with pytest.raises((services.UnableToChangePerson, services.UnableToGivePost)):
            verb()


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
