"""Promises of reports: they fill themselves, are commented and signed, and then stay as they were."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from pytest_django import Settings

from guimian.apps.organisation.models import Person, Unit
from guimian.apps.organisation.tests.cast import Company, acting
from guimian.apps.routines import queries, services
from guimian.apps.routines.models import Report
from guimian.apps.routines.queries import Line, Section
from guimian.apps.routines.services import UnableToReport
from guimian.apps.routines.tests.rows import TODAY, at, duty_of, made_day, make_hours
from guimian.apps.routines.tests.test_pages import Clock, clock, page, post
from guimian.base.access import Actor

__all__ = ["clock"]
WEEK = Report.Kind.WEEK
NEXT_MONDAY = TODAY + timedelta(7)
ON_MONDAY = at(9, day=NEXT_MONDAY)


@pytest.fixture
def lived(company: Company, supervisor: Person) -> Company:
    """A Monday on which one duty was done, one late, all the others missed."""
    made_day(company.k1, company.hq)
    services.do_duty(day_duty=duty_of(company.k1, "power"), by=supervisor, now=at(8, 35))
    services.do_duty(day_duty=duty_of(company.k1, "doors"), by=supervisor, now=at(9, 5))
    services.tend(now=at(23))
    return company


def figures(person: Person, unit: Unit, now: datetime) -> dict[str, dict[str, str]]:
    with translation.override("en"):
        page = queries.report_page(acting(person), unit, WEEK, (TODAY, TODAY + timedelta(6)), now)
    return {section.title: {row.label: row.value for row in section.rows} for section in page.sections}


def signed(company: Company, by: Person, now: datetime = ON_MONDAY, comment: str = "A short week.") -> Report:
    return services.sign_report(unit=company.k1, kind=WEEK, first=TODAY, comment=comment, plan="", by=by, now=now)


def test_a_report_fills_itself_from_what_happened(lived: Company, supervisor: Person) -> None:
    found = figures(supervisor, lived.k1, at(23))
    assert (found["Duties"]["Done in time"], found["Duties"]["Done late"]) == ("1", "1")
    assert int(found["Duties"]["Missed"]) > 5 and found["Walk-rounds"]["Missed"] == "3"
    assert found["Findings"]["Found"] == found["Findings"]["Open at the end"] != "0"


def test_a_centre_counts_its_counters_and_nobody_elses(lived: Company, manager: Person, outsider: Person) -> None:
    assert figures(manager, lived.s111, at(23))["Duties"]["Done late"] == "1"
    assert figures(outsider, lived.k9, at(23))["Duties"]["Done late"] == "0"


def test_a_signed_report_keeps_its_figures_in_both_languages(lived: Company, supervisor: Person) -> None:
    signed(lived, supervisor)
    before = figures(supervisor, lived.k1, at(23))
    services.make_duties(unit=lived.k1, day=TODAY + timedelta(1), now=at(7, day=TODAY + timedelta(1)))
    services.tend(now=at(23, day=TODAY + timedelta(1)))
    assert figures(supervisor, lived.k1, at(23)) == before
    row = Report.objects.get()
    assert row.figures is not None and set(row.figures) == {"zh", "en"}
    assert len(row.figures["zh"]) == len(row.figures["en"]) == 4


def test_a_live_report_would_have_changed(lived: Company, supervisor: Person) -> None:
    """Without the signature the same day moves the figures: what the promise above keeps still."""
    before = figures(supervisor, lived.k1, at(23))
    services.make_duties(unit=lived.k1, day=TODAY + timedelta(1), now=at(7, day=TODAY + timedelta(1)))
    services.tend(now=at(23, day=TODAY + timedelta(1)))
    assert figures(supervisor, lived.k1, at(23)) != before


def test_it_is_signed_once_after_its_period_and_with_a_comment(lived: Company, supervisor: Person) -> None:
    with pytest.raises(UnableToReport):
        signed(lived, supervisor, at(20))
    with pytest.raises(UnableToReport):
        signed(lived, supervisor, comment="  ")
    assert not Report.objects.exclude(signed_at=None).exists()
    signed(lived, supervisor)
    with pytest.raises(UnableToReport):
        signed(lived, supervisor)
    with pytest.raises(UnableToReport):
        services.sign_report(
            unit=lived.k1, kind=WEEK, first=TODAY + timedelta(1), comment="x", plan="", by=supervisor, now=at(9)
        )


def extra(actor: Actor, unit: Unit, first: date, last: date, now: datetime) -> Iterator[Section]:
    """A section of a higher app."""
    yield Section("Customers", "R6.3", (Line("Waited longer than wanted", "7"),))


def test_a_higher_app_adds_its_own_sections(lived: Company, supervisor: Person, settings: Settings) -> None:
    settings.REPORT_SECTIONS = [*settings.REPORT_SECTIONS, f"{__name__}.extra"]
    assert figures(supervisor, lived.k1, at(23))["Customers"] == {"Waited longer than wanted": "7"}
    row = signed(lived, supervisor)
    assert row.figures is not None and row.figures["zh"][-1]["title"] == "Customers"


def test_the_last_week_waits_to_be_signed_where_the_house_was_in_use(lived: Company, supervisor: Person) -> None:
    def waiting() -> list[str]:
        with translation.override("en"):
            return [one.label for one in queries.waiting_for(acting(supervisor), lived.k1, ON_MONDAY).reports]

    assert waiting() == [f"Weekly report {TODAY}"]
    signed(lived, supervisor)
    assert waiting() == []


# ---------------------------------------------------------------- pages
def test_a_report_is_saved_signed_and_taken_to_excel(lived: Company, supervisor: Person, clock: Clock) -> None:
    clock.now = at(9, day=NEXT_MONDAY)
    path = f"K1/routines/reports/week/{TODAY}/"
    assert post(supervisor, path, comment="Half-way").status_code == 302
    assert "Half-way" in page(supervisor, path).content.decode()
    assert post(supervisor, path, comment="", sign="1").status_code == 422
    assert post(supervisor, path, comment="Done", sign="1").status_code == 302
    text = page(supervisor, path).content.decode()
    assert "Signed by Wu Fang" in text and "<textarea" not in text
    assert page(supervisor, path, export="xlsx").content.startswith(b"PK")
    assert "Signed" in page(supervisor, "K1/routines/reports/").content.decode()


@pytest.mark.parametrize(
    "path", ["week/2026-11-24", "week/2027-11-01", "year/2026-01-01", "week/x", "month/2026-13-01"]
)
def test_no_such_report(lived: Company, supervisor: Person, clock: Clock, path: str) -> None:
    assert page(supervisor, f"K1/routines/reports/{path}/").status_code == 404


def test_reports_are_for_those_who_lead(lived: Company, teller: Person, clock: Clock) -> None:
    assert page(teller, f"K1/routines/reports/week/{TODAY}/").status_code == 403


def test_a_report_asks_as_much_of_one_counter_as_of_many(lived: Company, manager: Person) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries_made:
            figures(manager, lived.s111, at(23))
        return len(queries_made)

    one = asked()
    make_hours(lived.k2)
    services.make_duties(unit=lived.k2, day=TODAY, now=at(7))
    assert asked() == one
