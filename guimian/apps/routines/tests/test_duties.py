"""Promises of the duties of a day: made by the calendar, done by those who may, sent up when nobody did."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company, make_cast, make_company, make_unit
from guimian.apps.routines import services
from guimian.apps.routines.models import DayDuty, Duty, Point, Round
from guimian.apps.routines.services import UnableToDoDuty
from guimian.apps.routines.services import duties as module
from guimian.apps.routines.tests.rows import TODAY, at, duty_of, made_day, make_holiday, make_hours, picture
from guimian.base import journal
from guimian.base.models import Finding, JournalEntry
from guimian.base.tests.together import together

TOMORROW = TODAY + timedelta(1)


def made(company: Company, day: date = TODAY) -> set[str]:
    return set(DayDuty.objects.filter(unit=company.k1, day=day).values_list("code", flat=True))


# ---------------------------------------------------------------- made
def test_a_day_has_the_duties_of_the_regulation_at_its_own_hours(company: Company) -> None:
    made_day(company.k1, company.hq)
    assert {"power", "appearance", "doors", "service", "daily_close", "locked", "week_records"} <= made(company)
    assert duty_of(company.k1, "appearance").due_at == at(8, 45)
    assert [duty_of(company.k1, "service", number).due_at for number in (1, 2, 3, 4)] == [
        at(hour) for hour in (11, 13, 15, 17)
    ]
    assert Round.objects.filter(unit=company.k1, day=TODAY).count() == 3


def test_making_it_again_changes_nothing(company: Company) -> None:
    made_day(company.k1, company.hq)
    rows, entries = DayDuty.objects.count(), JournalEntry.objects.count()
    assert services.make_duties(unit=company.k1, day=TODAY, now=at(8)) == 0
    assert (DayDuty.objects.count(), JournalEntry.objects.count()) == (rows, entries)


def test_a_shut_day_and_a_unit_that_is_no_counter_have_none(company: Company) -> None:
    services.seed_catalogues(unit=company.hq, by=None, now=at(6))
    make_hours(company.k1)
    make_holiday(TOMORROW)
    assert services.make_duties(unit=company.k1, day=TOMORROW, now=at(7)) == 0
    assert services.make_duties(unit=company.s111, day=TODAY, now=at(7)) == 0


def test_new_hours_move_the_duties_from_their_day_on(company: Company) -> None:
    made_day(company.k1, company.hq)
    make_hours(company.k1, from_date=TOMORROW, open_from=time(10), work_from=time(9))
    services.make_duties(unit=company.k1, day=TOMORROW, now=at(7, day=TOMORROW))
    assert duty_of(company.k1, "doors").due_at == at(9)
    assert duty_of(company.k1, "doors", day=TOMORROW).due_at == at(10, day=TOMORROW)


def test_the_last_day_before_a_long_holiday_has_its_check(company: Company) -> None:
    make_holiday(TOMORROW, TODAY + timedelta(2), TODAY + timedelta(3))
    made_day(company.k1, company.hq)
    assert "before_holiday" in made(company)
    assert "after_holiday" not in made(company)


def test_every_counter_gets_its_day_once_and_missed_ones_go_up(company: Company) -> None:
    services.seed_catalogues(unit=company.hq, by=None, now=at(6))
    for unit in (company.k1, company.k9):
        make_hours(unit)
    first = services.tend(now=at(7))
    assert first["made"] > 30 and first["missed"] == 0
    assert services.tend(now=at(7, 5)) == {"made": 0, "missed": 0}
    assert services.tend(now=at(9, 41))["missed"] == 4  # power and surroundings, due at 8:40, at both counters
    assert services.tend(now=at(9, 41))["missed"] == 0
    assert journal.verify() == []


# ---------------------------------------------------------------- done
def test_a_duty_is_done_in_time_or_late(company: Company, supervisor: Person) -> None:
    made_day(company.k1, company.hq)
    power = services.do_duty(day_duty=duty_of(company.k1, "power"), by=supervisor, now=at(8, 40))
    late = services.do_duty(
        day_duty=duty_of(company.k1, "doors"), by=supervisor, now=at(9, 0, TODAY) + timedelta(minutes=1)
    )
    assert (power.state, late.state, late.done_by) == ("DONE", "LATE", supervisor)
    cost = Point.objects.get()
    assert (cost.person, cost.points, cost.code, cost.route, cost.key) == (
        supervisor, Decimal("1.5"), "routines.duty.late", "routines:duty", str(late.pk),
    )  # fmt: skip
    entries = JournalEntry.objects.filter(event="routines.duty.done")
    assert [entry.after["duty"] for entry in entries.order_by("seq") if entry.after] == ["power", "doors"]


def refused(company: Company, by: Person, code: str, hour: int, minute: int = 0, **given: object) -> UnableToDoDuty:
    with pytest.raises(UnableToDoDuty) as caught:
        services.do_duty(day_duty=duty_of(company.k1, code), by=by, now=at(hour, minute), **given)  # type: ignore[arg-type]  # as given
    return caught.value


def test_a_duty_is_for_its_roles_within_reach(
    company: Company, teller: Person, outsider: Person, manager: Person
) -> None:
    made_day(company.k1, company.hq)
    said = refused(company, teller, "appearance", 8, 40)
    assert said.clause == "R1.4" and said.wanted
    refused(company, outsider, "appearance", 8, 40)
    assert services.do_duty(day_duty=duty_of(company.k1, "appearance"), by=manager, now=at(8, 40)).state == "DONE"


def test_not_before_its_time_and_not_without_what_shows_it(company: Company, supervisor: Person) -> None:
    made_day(company.k1, company.hq)
    assert "17:00" in str(refused(company, supervisor, "locked", 16).wanted)
    refused(company, supervisor, "locked", 17, 10)
    refused(company, supervisor, "locked", 17, 10, photos=[("x.txt", b"no photo")])
    refused(company, supervisor, "briefing", 8, 40, note="  ")
    assert not DayDuty.objects.exclude(state="DUE").exists()
    shown = services.do_duty(
        day_duty=duty_of(company.k1, "locked"), by=supervisor, now=at(17, 10), photos=[("a.png", picture())] * 2
    )
    assert (shown.state, shown.photos.count()) == ("DONE", 1)


def test_what_is_done_stays_done(company: Company, supervisor: Person, manager: Person) -> None:
    made_day(company.k1, company.hq)
    services.do_duty(day_duty=duty_of(company.k1, "power"), by=supervisor, now=at(8, 31))
    assert refused(company, manager, "power", 8, 32).found == supervisor.label
    assert duty_of(company.k1, "power").done_at == at(8, 31)


def test_what_is_done_only_as_needed_is_never_late_nor_missed(company: Company, supervisor: Person) -> None:
    made_day(company.k1, company.hq)
    services.miss_duties(now=at(23))
    assert duty_of(company.k1, "hard_business").state == "DUE"
    row = services.do_duty(day_duty=duty_of(company.k1, "hard_business"), by=supervisor, now=at(17, 20))
    assert row.state == "DONE"
    with pytest.raises(UnableToDoDuty):
        services.do_duty(
            day_duty=duty_of(company.k1, "evening_meeting"), by=supervisor, now=at(9, day=TOMORROW), note="x"
        )


# ---------------------------------------------------------------- missed
def test_a_missed_duty_goes_up_after_its_time_of_grace(company: Company, supervisor: Person) -> None:
    made_day(company.k1, company.hq)
    assert services.miss_duties(now=at(9, 40)) == 0
    assert services.miss_duties(now=at(9, 41)) == 2
    power = duty_of(company.k1, "power")
    finding = power.finding
    assert finding is not None
    assert (finding.code, finding.clause, finding.state, finding.found_by) == (
        "routines.duty.missed",
        "R1.4",
        "OPEN",
        None,
    )
    assert Point.objects.get(source=journal.subject_of(power)).points == 1
    assert refused(company, supervisor, "power", 9, 45).found == power.get_state_display()


def test_missed_again_it_is_the_same_finding_until_that_is_mended(company: Company) -> None:
    made_day(company.k1, company.hq)
    services.miss_duties(now=at(23))
    services.make_duties(unit=company.k1, day=TOMORROW, now=at(7, day=TOMORROW))
    services.miss_duties(now=at(23, day=TOMORROW))
    days = DayDuty.objects.filter(code="power", state="MISSED")
    assert len({row.finding_id for row in days}) == 1 and days.count() == 2
    assert Finding.objects.filter(key="routines.duty:power").count() == 1
    assert Point.objects.filter(code="routines.duty.missed", key__in=[row.pk for row in days]).count() == 2


def test_a_fault_in_the_middle_leaves_nothing(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    made_day(company.k1, company.hq)
    monkeypatch.setattr(module, "told", lambda *_args: 1 / 0)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.miss_duty(day_duty=duty_of(company.k1, "power"), now=at(23))
    assert duty_of(company.k1, "power").state == "DUE"
    assert not Finding.objects.exists() and not Point.objects.exists()


def test_the_database_refuses_a_duty_twice_and_times_that_cannot_be(company: Company) -> None:
    made_day(company.k1, company.hq)
    power = duty_of(company.k1, "power")
    copied = {"unit": power.unit, "day": power.day, "duty": power.duty, "code": power.code, "part": power.part}
    with pytest.raises(IntegrityError), transaction.atomic():
        DayDuty.objects.create(**copied, from_at=at(8), due_at=at(9))
    with pytest.raises(IntegrityError), transaction.atomic():
        DayDuty.objects.create(**copied, number=2, from_at=at(9), due_at=at(8))
    with pytest.raises(IntegrityError), transaction.atomic():
        DayDuty.objects.filter(pk=power.pk).update(state="DONE")


# ---------------------------------------------------------------- many at once, many counters
@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_does_the_duty_and_one_sends_it_up() -> None:
    company = make_company()
    supervisor = make_cast(company)["supervisor"]
    made_day(company.k1, company.hq)
    rows = [duty_of(company.k1, "power") for _number in range(8)]

    def do(number: int) -> bool:
        try:
            services.do_duty(day_duty=rows[number], by=supervisor, now=at(8, 35))
        except UnableToDoDuty:
            return False
        return True

    assert sum(together(do, 8)) == 1
    assert JournalEntry.objects.filter(event="routines.duty.done").count() == 1
    late = [duty_of(company.k1, "doors") for _number in range(8)]
    assert sum(together(lambda number: services.miss_duty(day_duty=late[number], now=at(12)), 8)) == 1
    assert Finding.objects.count() == Point.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_the_day_is_made_once() -> None:
    company = make_company()
    services.seed_catalogues(unit=company.hq, by=None, now=at(6))
    make_hours(company.k1)
    together(lambda _number: services.make_duties(unit=company.k1, day=TODAY, now=at(7)), 6)
    assert DayDuty.objects.filter(code="power").count() == 1
    assert Round.objects.count() == 3


def test_a_company_of_300_counters_is_made_in_few_queries_each(company: Company) -> None:
    services.seed_catalogues(unit=company.hq, by=None, now=at(6))
    make_hours(company.k1)
    with CaptureQueriesContext(
        connection,
    ) as one:
        services.tend(now=at(7))
    DayDuty.objects.all().delete()
    Round.objects.all().delete()
    for number in range(20):
        make_hours(make_unit(f"K5{number:02}", company.s111, "柜面", place="URBAN", size="LARGE"))
    with CaptureQueriesContext(connection) as many:
        services.tend(now=at(7))
    assert len(many) <= len(one) * 21


def test_the_catalogue_is_put_in_once(company: Company) -> None:
    assert services.seed_catalogues(unit=company.hq, by=None, now=at(6)) == 39
    assert services.seed_catalogues(unit=company.hq, by=None, now=at(6)) == 0
    assert not Duty.objects.filter(roles=[]).exists()
    call_command("check")
