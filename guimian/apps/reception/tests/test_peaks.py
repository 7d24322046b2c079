"""The peaks of a counter's own traffic reach the rounds (R1.5)."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company
from guimian.apps.reception import rules, services
from guimian.apps.reception.models import Ticket
from guimian.apps.reception.tests.rows import NINE, TODAY, make_service
from guimian.apps.routines.queries import peaks_of
from guimian.base.models import JournalEntry


def test_the_busiest_half_hours_on_either_side_of_noon() -> None:
    came = [time(9, 10), time(10, 31), time(10, 59), time(12, 5), time(15, 0), time(15, 29), time(16, 40)]
    assert rules.peaks_of(came) == (time(10, 45), time(15, 15))
    assert rules.peaks_of([time(9), time(11)]) is None
    assert rules.peaks_of([time(9), time(10), time(13), time(14)]) == (
        time(9, 15),
        time(13, 15),
    )  # the earlier of equals


def traffic(company: Company, hours: tuple[int, ...], back: int = 3) -> None:
    service = make_service()
    for number in range(30 * len(hours)):
        day = TODAY - timedelta(days=back + number % 5)
        came = datetime.combine(day, time(hours[number % len(hours)], 40), ZoneInfo("Asia/Shanghai"))
        Ticket.objects.create(
            unit=company.k1, day=day, letter="A", number=number + 1, service=service, state="LEFT", issued_at=came,
            ended_at=came, key=f"{hours}{number}",
        )  # fmt: skip


def peaks(company: Company) -> tuple[time, time] | None:
    row = peaks_of(company.k1, "WORKDAY", TODAY + timedelta(days=1))
    return (row.morning, row.afternoon) if row else None


def test_the_traffic_of_the_last_weeks_is_told(company: Company, teller: Person) -> None:
    traffic(company, (11, 16))
    assert services.learn_peaks(unit=company.k1, now=NINE)
    assert peaks(company) == (time(11, 45), time(16, 45))
    told = JournalEntry.objects.filter(event="routines.peaks.set").count()
    assert services.learn_peaks(unit=company.k1, now=NINE)
    assert JournalEntry.objects.filter(event="routines.peaks.set").count() == told == 1


def test_too_little_or_too_old_traffic_tells_nothing(company: Company, teller: Person) -> None:
    traffic(company, (11,))
    assert not services.learn_peaks(unit=company.k1, now=NINE)  # nobody came in the afternoon
    Ticket.objects.all().delete()
    traffic(company, (11, 16), back=60)
    assert not services.learn_peaks(unit=company.k1, now=NINE)
    assert peaks(company) is None
