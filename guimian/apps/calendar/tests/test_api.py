"""Promises of hours and days through the API."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from guimian.apps.calendar.models import BusinessDay, CalendarDay, Hours
from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company
from guimian.base.api.tests.calling import Program, refused

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def test_hours_are_those_in_force_on_the_day(company: Company, teller: Person) -> None:
    for month, opens in ((1, time(9)), (12, time(8, 30))):
        Hours.objects.create(
            unit=company.k1, day_kind="WORKDAY", from_date=date(2026, month, 1), set_at=NOW,
            work_from=time(8), open_from=opens, open_to=time(17), work_to=time(17, 30),
        )  # fmt: skip
    Hours.objects.create(unit=company.k1, day_kind="SUNDAY", from_date=date(2026, 1, 1), is_open=False, set_at=NOW)
    program = Program(teller)
    before, after = (program.get("/units/K1/hours", day=day).json()["items"] for day in ("2026-11-30", "2026-12-01"))
    assert [(one["day_kind"], one["is_open"], one["open_from"]) for one in before] == [
        ("WORKDAY", True, "09:00:00"),
        ("SUNDAY", False, None),
    ]
    assert after[0]["open_from"] == "08:30:00" and after[0]["from_date"] == "2026-12-01"


def test_a_counter_without_hours_has_an_empty_list(company: Company, teller: Person) -> None:
    assert Program(teller).get("/units/K1/hours").json() == {"items": [], "total": 0}


def test_a_business_day_from_none_to_open(company: Company, teller: Person) -> None:
    program = Program(teller)
    nothing = program.get("/units/K1/day", day="2026-11-23").json()
    assert (nothing["state"], nothing["kind"], nothing["opened_at"]) == ("NONE", "WORKDAY", None)
    BusinessDay.objects.create(unit=company.k1, day=date(2026, 11, 23), opened_at=NOW, opened_by=teller)
    found = program.get("/units/K1/day", day="2026-11-23").json()
    assert (found["state"], found["opened_at"]) == ("OPEN", "2026-11-23T01:00:00Z")


def test_a_holiday_is_one(company: Company, teller: Person) -> None:
    CalendarDay.objects.create(day=date(2026, 11, 23), kind="HOLIDAY", name="休息")
    assert Program(teller).get("/units/K1/day", day="2026-11-23").json()["kind"] == "HOLIDAY"


def test_only_counters_have_days_and_only_within_reach(company: Company, manager: Person, outsider: Person) -> None:
    refused(Program(manager).get("/units/S111/day"), 404)
    program = Program(outsider)
    refused(program.get("/units/K1/day"), 404)
    refused(program.get("/units/K1/hours"), 404)
