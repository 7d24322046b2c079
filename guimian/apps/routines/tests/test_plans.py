"""Promises of the quarter's round and of the arrangements for long holidays."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company, acting, make_person, make_unit
from guimian.apps.routines import queries, rules, services
from guimian.apps.routines.models import HolidayPlan, Visit
from guimian.apps.routines.services import UnableToArrange, UnableToRecordVisit
from guimian.apps.routines.tests.rows import TODAY, at, make_holiday, make_hours
from guimian.apps.routines.tests.test_pages import Clock, clock, page, post
from guimian.base.access import Role
from guimian.base.models import Finding

__all__ = ["clock"]
QUARTER = date(2026, 10, 1)
NEXT = at(1, day=date(2027, 1, 1))
FIRST = TODAY + timedelta(days=10)  # a Thursday
LAST = FIRST + timedelta(days=3)


@given(st.integers(1, 60), st.integers(0, 5))
def test_a_quarters_visits_are_spread_and_shared(counters: int, officers: int) -> None:
    first, last = rules.quarter_of(TODAY)
    planned = rules.plan_visits(counters, officers, first, last)
    assert [one.counter for one in planned] == list(range(counters))
    assert all(first < one.due <= last for one in planned) and planned[-1].due == last
    shares = [sum(one.officer == number for one in planned) for number in range(officers)]
    assert not shares or max(shares) - min(shares) <= 1


def planned(company: Company) -> Visit:
    services.plan_quarter(city=company.c11, day=TODAY, now=at(1))
    return Visit.objects.select_related("unit").get(unit=company.k1)


def test_every_counter_of_the_city_is_planned_once(company: Company, city_officer: Person) -> None:
    assert planned(company).officer == city_officer
    assert services.plan_quarter(city=company.c11, day=TODAY, now=at(1)) == 0
    make_unit("K7", company.s111, "新柜面", place="URBAN", size="LARGE")
    assert services.plan_quarter(city=company.c11, day=TODAY, now=at(1)) == 1
    assert Visit.objects.filter(quarter=QUARTER).count() == 3 and not Visit.objects.filter(unit=company.k9).exists()


def test_a_visit_is_an_officers_with_what_was_seen_and_once(
    company: Company, city_officer: Person, manager: Person
) -> None:
    row = planned(company)
    for by, note in ((manager, "Seen"), (city_officer, "  ")):
        with pytest.raises(UnableToRecordVisit):
            services.record_visit(visit=row, note=note, by=by, now=at(10))
    services.record_visit(visit=row, note="All well.", by=city_officer, now=at(10))
    with pytest.raises(UnableToRecordVisit):
        services.record_visit(visit=row, note="Again", by=city_officer, now=at(11))
    found = queries.progress(acting(city_officer), company.c11, TODAY)
    assert (found.counters, found.visited) == (2, 1)


def test_who_was_not_visited_goes_up_after_the_quarter(company: Company, city_officer: Person) -> None:
    services.record_visit(visit=planned(company), note="Well.", by=city_officer, now=at(10))
    assert services.miss_visits(now=at(23)) == 0
    assert services.miss_visits(now=NEXT) == 1
    assert services.miss_visits(now=NEXT) == 0
    assert Finding.objects.get().unit == company.k2 and Finding.objects.get().clause == "R1.2"
    missed = Visit.objects.select_related("unit").get(unit=company.k2)
    assert queries.visit_stand(missed, NEXT.date()).code == "MISSED"


def test_a_visit_past_its_day_is_overdue(company: Company, city_officer: Person) -> None:
    row = planned(company)
    assert queries.visit_stand(row, row.due_on).code == "DUE"
    assert queries.visit_stand(row, row.due_on + timedelta(1)).code == "OVERDUE"


def test_the_visits_pages(
    company: Company, city_officer: Person, manager: Person, outsider: Person, clock: Clock
) -> None:
    row = planned(company)
    assert "People&#x27;s Road" in page(city_officer, "C11/routines/visits/").content.decode()
    assert "I was there today" not in page(manager, f"S111/routines/visits/{row.pk}/").content.decode()
    assert page(outsider, f"K9/routines/visits/{row.pk}/").status_code == 404
    assert post(city_officer, f"C11/routines/visits/{row.pk}/", note="").status_code == 422
    assert post(city_officer, f"C11/routines/visits/{row.pk}/", note="All well.").status_code == 302
    assert Visit.objects.get(pk=row.pk).visited_by == city_officer


# ---------------------------------------------------------------- holidays
@pytest.fixture
def near(company: Company) -> HolidayPlan:
    """A holiday of four days is near; K1 is open on holidays from ten to three, K2 has no hours."""
    make_holiday(FIRST, FIRST + timedelta(1))
    make_hours(company.k1, ("HOLIDAY",), open_from=time(10), open_to=time(15))
    assert services.make_plans(city=company.c11, now=at(1)) == 1
    return HolidayPlan.objects.select_related("unit").get()


def test_a_plan_is_begun_once_when_a_long_holiday_is_near(company: Company, near: HolidayPlan) -> None:
    assert (near.first, near.last, near.name) == (FIRST, LAST, "休息")
    assert services.make_plans(city=company.c11, now=at(1)) == 0
    assert services.make_plans(city=company.c21, now=at(1, day=TODAY - timedelta(30))) == 0


def test_a_short_holiday_needs_no_plan(company: Company) -> None:
    make_holiday(TODAY + timedelta(days=2))
    assert services.make_plans(city=company.c11, now=at(1)) == 0


def test_the_plan_follows_the_hours_until_it_is_reported(
    company: Company, near: HolidayPlan, city_officer: Person
) -> None:
    def opens() -> list[time | None]:
        plan = HolidayPlan.objects.select_related("unit").get(pk=near.pk)
        return [day.open_from for day in queries.lines_of_plan(acting(city_officer), plan)[0].days]

    assert opens() == [time(10), time(10), None, None]
    services.report_plan(plan=near, remark="", by=city_officer, now=at(9))
    make_hours(company.k1, ("HOLIDAY",), from_date=TODAY + timedelta(1), open_from=time(11), open_to=time(15))
    assert opens() == [time(10), time(10), None, None]


def test_the_three_steps_have_their_order_and_their_people(
    near: HolidayPlan, city_officer: Person, province_officer: Person, manager: Person
) -> None:
    with pytest.raises(UnableToArrange):
        services.publish_plan(plan=near, by=city_officer, now=at(9))
    with pytest.raises(UnableToArrange):
        services.report_plan(plan=near, remark="", by=manager, now=at(9))
    services.report_plan(plan=near, remark="One counter open", by=city_officer, now=at(9))
    with pytest.raises(UnableToArrange):
        services.tell_hotline(plan=near, by=city_officer, now=at(9))
    told = services.tell_hotline(plan=near, by=province_officer, now=at(10))
    assert (told.told_by, told.told_at) == (province_officer, at(10))
    with pytest.raises(UnableToArrange):
        services.tell_hotline(plan=near, by=province_officer, now=at(11))
    services.publish_plan(plan=near, by=city_officer, now=at(12))
    done = HolidayPlan.objects.get(pk=near.pk)
    assert queries.plan_stand(done, TODAY, 7).code == "DONE"


def test_a_plan_not_reported_in_time_is_overdue(near: HolidayPlan) -> None:
    assert queries.plan_stand(near, FIRST - timedelta(7), 7).code == "DUE"
    assert queries.plan_stand(near, FIRST - timedelta(6), 7).code == "OVERDUE"


def test_the_door_shows_its_own_hours_once_published_and_nobody_elses(
    company: Company, near: HolidayPlan, city_officer: Person, teller: Person, clock: Clock
) -> None:
    path = f"routines/holidays/notice/{FIRST}/"
    services.report_plan(plan=near, remark="", by=city_officer, now=at(9))
    assert page(teller, f"K1/{path}").status_code == 404
    services.publish_plan(plan=near, by=city_officer, now=at(9))
    text = page(teller, f"K1/{path}").content.decode()
    assert "10:00–15:00" in text and "Liberation Road" not in text
    assert str(FIRST) in page(teller, "K1/routines/holidays/").content.decode()
    other = make_person("90000001", "远", Role.TELLER, company.k9)
    assert page(other, f"K9/{path}").status_code == 404


def test_the_plans_pages(
    near: HolidayPlan, city_officer: Person, province_officer: Person, outsider: Person, clock: Clock
) -> None:
    path = f"routines/holidays/{near.pk}/"
    assert "To be reported" in page(province_officer, "P1/routines/holidays/").content.decode()
    assert "10:00–15:00" in page(city_officer, f"C11/{path}").content.decode()
    assert post(city_officer, f"C11/{path}report/", remark="x").status_code == 302
    assert post(city_officer, f"C11/{path}tell/").status_code == 403
    assert post(province_officer, f"P1/{path}tell/").status_code == 302
    assert post(city_officer, f"C11/{path}publish/").status_code == 302
    row = HolidayPlan.objects.get()
    assert row.told_by == province_officer and row.published_by == city_officer
    assert page(outsider, f"K9/{path}").status_code == 404


def test_the_daily_look_ahead_is_repeatable(company: Company, cast: dict[str, Person]) -> None:
    make_holiday(FIRST, FIRST + timedelta(1))
    first = services.look_ahead(now=at(1))
    assert (first["visits"], first["holidays"]) == (3, 2)
    assert set(services.look_ahead(now=at(1)).values()) == {0}
