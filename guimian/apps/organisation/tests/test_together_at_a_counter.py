"""Several at once at one counter: windows, closing, files."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from guimian.apps.organisation import services
from guimian.apps.organisation.models import Person, Post, Unit, Window
from guimian.apps.organisation.tests.at_once import AT_ONCE, tried
from guimian.apps.organisation.tests.books import book, whole
from guimian.apps.organisation.tests.cast import Company, make_cast, make_company
from guimian.base.access import Role
from guimian.base.models import JournalEntry

pytestmark = pytest.mark.django_db(transaction=True)


NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


TODAY = date(2026, 11, 23)


@pytest.fixture
def there() -> tuple[Company, dict[str, Person]]:
    company = make_company()
    return company, make_cast(company)


def test_a_window_number_is_taken_once(there: tuple[Company, dict[str, Person]]) -> None:
    company, cast = there
    said = tried(lambda _number: services.add_window(unit=company.k1, number=1, by=cast["manager"], now=NOW))
    assert said.count("") == 1 and Window.objects.count() == JournalEntry.objects.count() == 1


def test_windows_of_many_hands_do_not_pass_the_cap(there: tuple[Company, dict[str, Person]]) -> None:
    """F8.2: an inner counter has six at most, whoever adds them."""
    company, cast = there
    for number in range(1, 6):
        services.add_window(unit=company.k2, number=number, by=None, now=NOW)
    said = tried(lambda number: services.add_window(unit=company.k2, number=6 + number, by=cast["manager"], now=NOW))
    assert said.count("") == 1 and company.k2.windows.count() == 6


def test_nothing_is_put_into_a_unit_that_closes(there: tuple[Company, dict[str, Person]]) -> None:
    """F4.2: one closes the counter while others give posts there: either it stays open, or nobody stands in it."""
    company, cast = there

    def deed(number: int) -> None:
        if number == 0:
            services.close_unit(unit=company.k2, closed_on=TODAY, reason="合并", by=cast["city_officer"], now=NOW)
        else:
            services.add_person(
                staff_number=f"2000000{number}", name="新人", unit=company.k2, role=Role.TELLER, starts_on=TODAY,
                by=cast["manager"], now=NOW,
            )  # fmt: skip

    tried(deed)
    closed, held = Unit.objects.get(code="K2").closed_on, Post.objects.filter(unit=company.k2).count()
    assert (closed is None) == (held == AT_ONCE - 1) and (closed is None or held == 0)


def test_a_file_that_several_apply_is_applied_once(there: tuple[Company, dict[str, Person]]) -> None:
    company, cast = there
    sheets = {name: rows for name, rows in whole().items() if name != "Windows"}
    data, by = book(sheets), cast["city_officer"]
    shown = services.plan_import(data, scope=company.c11, by=by, now=NOW)
    said = tried(lambda _number: services.apply_import(data, digest=shown.digest, scope=company.c11, by=by, now=NOW))
    assert said.count("") == 1 and Person.objects.filter(staff_number="20000001").count() == 1
    assert JournalEntry.objects.filter(event="organisation.import.applied").count() == 1
