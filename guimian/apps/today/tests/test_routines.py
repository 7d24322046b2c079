"""Promises of the tasks that the routines bring home: each for those whose task it is, late once its time has passed."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from django.utils import translation

from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company, acting
from guimian.apps.routines import services
from guimian.apps.routines.models import HolidayPlan
from guimian.apps.routines.tests.rows import TODAY, at, made_day, make_holiday
from guimian.apps.today.queries import home_page
from guimian.apps.today.rules import Due, Situation, plan_tasks
from guimian.base.ui.parts import Card

SOON = TODAY + timedelta(days=10)


@pytest.mark.parametrize(
    ("by", "at_", "late", "found"),
    [
        (TODAY, time(10), 0, False),
        (TODAY, time(9), 0, True),
        (TODAY, time(10), 2, True),
        (TODAY, None, 0, False),
        (TODAY - timedelta(1), None, 0, True),
        (TODAY + timedelta(1), time(8), 0, False),
    ],
)
def test_what_is_due_is_late_once_its_time_has_passed(by: date, at_: time | None, late: int, found: bool) -> None:
    due = Due("do_duties", "R1.4", by, at_, count=1, late=late)
    (task,) = plan_tasks(Situation(TODAY, time(9, 30), frozenset({"TELLER"}), routines=(due,)))
    assert task.late is found


def cards(person: Person, company: Company, code: str, now: object = at(10)) -> dict[str, Card]:
    with translation.override("en"):
        page = home_page(acting(person, TODAY), company[code], now)  # type: ignore[arg-type]  # a time
    return {str(card.title): card for card in page.cards}


def test_duties_and_rounds_wait_for_those_who_may(
    company: Company, supervisor: Person, guide: Person, archivist: Person
) -> None:
    made_day(company.k1, company.hq)
    found = cards(supervisor, company, "K1")
    duties = found["6 duties wait."]
    assert duties.overdue and duties.clause == "R1.4" and duties.action_url == "/u/K1/routines/duties/"
    assert found["Walk the round: Morning peak"].overdue is False
    assert found["Walk the round: Before opening"].overdue is True
    assert [title for title in cards(guide, company, "K1") if "dut" in title or "round" in title] == ["3 duties wait."]
    assert not any("dut" in title for title in cards(archivist, company, "K1"))


def test_reports_and_appraisals_wait_where_the_house_was_in_use(
    company: Company, supervisor: Person, manager: Person
) -> None:
    assert not any("report" in title for title in cards(supervisor, company, "K1"))
    made_day(company.k1, company.hq, date(2026, 10, 20))
    assert "Sign the report: Monthly report 2026-10" in cards(supervisor, company, "K1")
    assert "Last month's appraisal of 1 counter is not published." in cards(manager, company, "S111")
    assert not any("appraisal" in title for title in cards(supervisor, company, "K1"))
    services.publish_appraisal(unit=company.k1, month=date(2026, 10, 1), note="", by=manager, now=at(9))
    assert not any("appraisal" in title for title in cards(manager, company, "S111"))


def test_a_holiday_waits_for_the_city_then_for_the_province(
    company: Company, city_officer: Person, province_officer: Person
) -> None:
    make_holiday(SOON, SOON + timedelta(1))
    services.make_plans(city=company.c11, now=at(1))
    title = "Arrange the holiday: 休息"
    assert title in cards(city_officer, company, "C11") and title not in cards(province_officer, company, "P1")
    services.report_plan(plan=HolidayPlan.objects.get(), remark="", by=city_officer, now=at(9))
    assert title in cards(province_officer, company, "P1")


def test_visits_wait_for_their_officer(company: Company, city_officer: Person, province_officer: Person) -> None:
    services.plan_quarter(city=company.c11, day=TODAY, now=at(1))
    late = at(10, day=date(2026, 12, 28))
    assert "Visit 2 counters." in cards(city_officer, company, "C11", late)
    assert not any("Visit" in title for title in cards(province_officer, company, "P1", late))
