"""Adding people: the form and what it refuses."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.utils import timezone

from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company
from guimian.apps.organisation.tests.visiting import as_, done, page, refused
from guimian.base.access import Role

TODAY = timezone.localdate()


NEW = {"staff_number": "20000001", "name": "新人", "role": "TELLER", "starts_on": TODAY, "phone": "120 0000 0001"}


def test_adding_somebody(company: Company, manager: Person) -> None:
    words = done(as_(manager), "/u/K1/organisation/people/add/", NEW)
    assert "Give a first password" in words and "20000001" in words
    person = Person.objects.get(staff_number="20000001")
    assert person.phone == "12000000001" and "12000000001" not in words
    assert person.posts.get().unit == company.k1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"staff_number": "10000006"}, "This staff number is taken."),
        ({"staff_number": "1"}, "4 to 20 letters and digits"),
        ({"phone": "12345"}, "A mobile number has 11 digits"),
        ({"ends_on": TODAY}, "A post ends after it starts."),
        ({"role": "CENTRE_MANAGER"}, "Select a valid choice"),
        ({"role": ""}, "This field is required."),
    ],
)
def test_who_cannot_be_added(company: Company, manager: Person, given: dict[str, str], said: str) -> None:
    words = refused(as_(manager), "/u/K1/organisation/people/add/", NEW | given)
    assert said in words and "新人" in words
    assert not Person.objects.filter(name="新人").exists()


@pytest.mark.parametrize(
    ("who", "roles"),
    [
        ("supervisor", {"TELLER", "GUIDE", "FLOATING_ADVISER"}),
        (
            "manager",
            {"SUPERVISOR", "TELLER", "CASHIER", "GUIDE", "FLOATING_ADVISER", "CLOSING_OFFICER", "INFORMATION_OFFICER"},
        ),
    ],
)
def test_only_roles_that_one_may_give_are_offered(
    company: Company, cast: Mapping[str, Person], who: str, roles: set[str]
) -> None:
    """R10.11."""
    words = page(as_(cast[who]), "/u/K1/organisation/people/add/")
    assert {role for role in Role.values if f'value="{role}"' in words} == roles
