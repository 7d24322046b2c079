"""Several at once: the database lets one through, the others hear why. The same on SQLite and PostgreSQL."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from guimian.apps.organisation import services
from guimian.apps.organisation.models import Person, Post, Unit
from guimian.apps.organisation.tests.at_once import AT_ONCE, tried
from guimian.apps.organisation.tests.cast import Company, make_cast, make_company, make_person
from guimian.base.access import Role
from guimian.base.models import JournalEntry
from guimian.base.tests.together import together

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = date(2026, 11, 23)


def one_only(said: list[str], refusal: str) -> None:
    assert sorted(said) == ["", *[refusal] * (AT_ONCE - 1)]


@pytest.fixture
def there() -> tuple[Company, dict[str, Person]]:
    company = make_company()
    return company, make_cast(company)


def test_a_code_is_given_once(there: tuple[Company, dict[str, Person]]) -> None:
    company, cast = there

    def deed(number: int) -> None:
        services.open_unit(
            parent=company.s111, code="K3", name=f"第{number}个", place="URBAN_INNER", size="INNER", opened_on=TODAY,
            by=cast["city_officer"], now=NOW,
        )  # fmt: skip

    one_only(tried(deed), "This code is taken.")
    assert Unit.objects.filter(code="K3").count() == JournalEntry.objects.count() == 1


def test_a_staff_number_is_given_once_in_whatever_letters(there: tuple[Company, dict[str, Person]]) -> None:
    company, cast = there

    def deed(number: int) -> None:
        services.add_person(
            staff_number=("ab01", "AB01", "Ab01")[number % 3], name="新人", unit=company.k1, role=Role.TELLER,
            starts_on=TODAY, by=cast["manager"], now=NOW,
        )  # fmt: skip

    one_only(tried(deed), "This staff number is taken.")
    assert (
        Person.objects.filter(staff_number__iexact="ab01").count() == Post.objects.filter(starts_on=TODAY).count() == 1
    )


def test_the_database_itself_knows_one_staff_number(there: tuple[Company, dict[str, Person]]) -> None:
    make_person("ab01", "甲")
    with pytest.raises(IntegrityError), transaction.atomic():
        make_person("AB01", "乙")


def test_a_post_is_given_once(there: tuple[Company, dict[str, Person]]) -> None:
    company, cast = there

    def deed(number: int) -> None:
        services.give_post(
            person=cast["teller"], role=Role.GUIDE, unit=company.k1, starts_on=TODAY + timedelta(number),
            by=cast["manager"], now=NOW,
        )  # fmt: skip

    said = tried(deed)
    assert said.count("") == 1 and Post.objects.filter(person=cast["teller"], role=Role.GUIDE).count() == 1


def test_a_post_is_ended_once(there: tuple[Company, dict[str, Person]]) -> None:
    _company, cast = there
    post = cast["teller"].posts.get()
    said = tried(lambda _number: services.end_post(post=post, ends_on=TODAY, by=cast["manager"], now=NOW))
    assert said.count("") == 1 and JournalEntry.objects.count() == 1


def test_without_the_lock_a_post_doubles(there: tuple[Company, dict[str, Person]]) -> None:
    """The negative control: read, then write, with nobody kept out in between."""
    company, cast = there
    gate = Barrier(2)

    def deed(number: int) -> None:
        held = Post.objects.filter(person=cast["teller"], role=Role.GUIDE).exists()
        gate.wait(30)
        if not held:
            Post.objects.create(
                person=cast["teller"], role=Role.GUIDE, unit=company.k1, starts_on=TODAY + timedelta(number)
            )

    together(deed, 2)
    assert Post.objects.filter(role=Role.GUIDE, person=cast["teller"]).count() == 2
