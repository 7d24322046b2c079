"""Opening and changing units: forms that cite what they refuse."""

from __future__ import annotations

import pytest
from django.utils import timezone

from guimian.apps.organisation.models import Person, Unit
from guimian.apps.organisation.tests.cast import Company
from guimian.apps.organisation.tests.visiting import as_, done, page, refused
from guimian.base.models import JournalEntry

TODAY = timezone.localdate()


NEW = {"code": "k3", "name": "新柜面", "place": "URBAN_INNER", "size": "INNER", "opened_on": TODAY}


def test_opening_a_unit(company: Company, city_officer: Person) -> None:
    words = done(as_(city_officer), "/u/S111/organisation/units/open/", NEW)
    assert "The unit is opened." in words and "K3" in words
    assert Unit.objects.get(code="K3").path == "HQ/P1/C11/S111/K3/"
    assert JournalEntry.objects.get().event == "organisation.unit.opened"


def test_a_counter_of_its_own_is_headquarters_to_open(company: Company, city_officer: Person) -> None:
    """F4.1, with what was found and what would pass, in words; what was typed stays."""
    words = refused(as_(city_officer), "/u/S111/organisation/units/open/", NEW | {"place": "URBAN", "size": "SMALL"})
    assert "F4.1" in words and "City officer" in words and "HQ officer" in words and "新柜面" in words
    assert "CITY_OFFICER" not in words
    assert not Unit.objects.filter(code="K3").exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"code": "K1"}, "This code is taken."),
        ({"code": "K-1"}, "2 to 16 capital letters and digits"),
        ({"size": "SMALL"}, "F2.1"),
        ({"place": ""}, "This field is required."),
        ({"opened_on": "soon"}, "date"),
    ],
)
def test_what_cannot_be_opened(company: Company, hq_officer: Person, given: dict[str, str], said: str) -> None:
    assert said in refused(as_(hq_officer), "/u/S111/organisation/units/open/", NEW | given)
    assert Unit.objects.count() == 10 and not JournalEntry.objects.exists()


def test_nothing_is_opened_below_a_counter(company: Company, hq_officer: Person) -> None:
    assert as_(hq_officer).get("/u/K1/organisation/units/open/").status_code == 404


def test_changing_a_unit(company: Company, supervisor: Person) -> None:
    words = done(as_(supervisor), "/u/K1/organisation/change/", {"name": "人民南路柜面", "address": "人民南路1号"})
    assert "The unit is changed." in words and "人民南路1号" in words
    unit = Unit.objects.get(code="K1")
    assert (unit.name, unit.place, unit.size) == ("人民南路柜面", "URBAN", "LARGE")


def test_kind_and_class_are_the_officers_to_change(
    company: Company, supervisor: Person, city_officer: Person, hq_officer: Person
) -> None:
    """F4.1: an inner counter, which a city opens alone, does not become another one behind headquarters' back."""
    assert 'name="size"' not in page(as_(supervisor), "/u/K1/organisation/change/")
    other = {"name": "解放路柜面", "place": "URBAN", "size": "SMALL"}
    assert "F4.1" in refused(as_(city_officer), "/u/K2/organisation/change/", other)
    assert Unit.objects.get(code="K2").size == "INNER"
    done(as_(hq_officer), "/u/K2/organisation/change/", other)
    assert Unit.objects.get(code="K2").size == "SMALL"
