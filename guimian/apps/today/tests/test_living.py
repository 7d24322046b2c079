"""Promises of days that are lived by a program: a log's day to the second, and a drawn day to its close."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from django.db import connection

from guimian.apps.calendar.models import BusinessDay, Hours
from guimian.apps.daily_close.models import CounterClose
from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company
from guimian.apps.reception.models import BusinessRecord, Ticket
from guimian.apps.reception.tests.rows import make_service, make_skilled, make_window
from guimian.apps.today.management import history
from guimian.apps.today.management.commands.live_day import WHY, lived, told
from guimian.apps.today.management.history import make_history
from guimian.apps.today.management.living import Hall
from guimian.apps.today.management.log_day import hours_of
from guimian.base import journal
from guimian.engines.queueing.logs import REASONS, read_log

DAY = date(2026, 3, 2)
LOG = """arrived,called,started,ended,window,priority
9:00:00,9:00:00,9:00:00,9:10:00,ANNA,
9:01:00,9:10:00,9:10:30,9:20:00,ANNA,
9:02:00,9:23:01,9:23:01,9:23:01,BEN,OLDER
9:03:00,,,9:15:00,,
9:20:00,9:20:00,9:20:00,9:25:00,ANNA,VIP
9:21:00,9:22:00,9:22:00,9:30:00,ANNA,
"""


@pytest.fixture
def log(tmp_path: Path) -> Path:
    file = tmp_path / "log.csv"
    file.write_text(LOG, encoding="utf-8")
    return file


@pytest.mark.django_db
def test_a_logs_day_is_lived_to_the_second(log: Path) -> None:
    report = lived(read_log(log, "csv", DAY), DAY)
    assert (report["tickets"], report["served"], report["gave_up"]) == (6, 5, 1)
    waits = Ticket.objects.order_by("issued_at").values_list("issued_at", "called_at", "ended_at")
    ends = [(came, called or ended) for came, called, ended in waits]
    assert [int((end - came).total_seconds()) for came, end in ends if end] == [0, 540, 1261, 720, 0, 60]
    assert report["waits"]["called"] == {"n": 5, "mean": 372.2, "median": 60, "p90": 1261, "longest": 1261}
    assert report["waits"]["differ_from_log"] == 0
    assert (report["longest_line"], report["comfort"]["alerts"]) == (3, 1)
    assert report["windows"] == 3  # ANNA serves two at once: the second at a spare window
    assert report["duties"]["done"] > 5 and set(report["duties"].values()) == {0, report["duties"]["done"]}
    close = CounterClose.objects.get()
    assert (close.unit.code, BusinessDay.objects.get().state) == ("K1", "CLOSED")
    assert journal.first_break(close.unit) is None and report["close"]["journal_holds"]
    assert "1261" in told(report)


@pytest.mark.django_db
def test_a_wait_that_is_not_the_logs_is_counted(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The seeded fault: a call that comes a second late."""
    from guimian.apps.today.management import log_day

    real = log_day.call

    def late(hall: Hall, *args: object) -> None:
        hall.now = hall.moment(round((hall.now - hall.moment(0)).total_seconds()) + 1)
        real(hall, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(log_day, "call", late)
    assert lived(read_log(log, "csv", DAY), DAY)["waits"]["differ_from_log"] == 5


def test_every_reason_has_its_words() -> None:
    assert set(WHY) == set(REASONS)


def test_doors_suit_the_log(log: Path) -> None:
    assert hours_of(read_log(log, "csv", DAY)) == (time(9), time(9, 30))


NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def hours(company: Company) -> None:
    for kind, is_open in (("WORKDAY", True), ("SATURDAY", False), ("SUNDAY", False), ("HOLIDAY", False)):
        times = {"work_from": time(8, 30), "open_from": time(9), "open_to": time(16), "work_to": time(17)}
        Hours.objects.create(
            unit=company.k1, day_kind=kind, from_date=date(2026, 1, 1), is_open=is_open, set_at=NOW,
            **times if is_open else {},
        )  # fmt: skip


def test_drawn_days_end_closed(company: Company, supervisor: Person, teller: Person, cashier: Person) -> None:
    """A week before a Monday: five workdays, each closed, everybody served; a second call makes nothing."""
    hours(company)
    change, cash = make_service(), make_service("CASH", "F", "CASH")
    make_skilled(teller, change)
    make_skilled(cashier, cash)
    make_window(company.k1, 1, change)
    make_window(company.k1, 2, cash)
    assert make_history(company.k1, NOW, 7) == 5
    assert set(BusinessDay.objects.values_list("state", flat=True)) == {"CLOSED"}
    assert CounterClose.objects.count() == 5
    assert Ticket.objects.count() > 40 and BusinessRecord.objects.count() > 20
    assert not Ticket.objects.filter(state__in=["WAITING", "CALLED", "SERVING"]).exists()
    evenings = [close.closed_at.astimezone(company.k1.zone).time() for close in CounterClose.objects.all()]
    assert time(16) < min(evenings) and max(evenings) < time(19)  # soon after the last customer
    assert journal.first_break(company.k1) is None
    assert make_history(company.k1, NOW, 7) == 0


def test_a_counter_without_anybody_has_no_days(company: Company) -> None:
    hours(company)
    assert make_history(company.k1, NOW, 7) == 0


def test_who_waits_to_write_gets_a_turn_after_each_day(company: Company, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite has one writer at a time: days upon days without a rest would lock everybody out."""
    rests: list[tuple[float, int]] = []
    monkeypatch.setattr(history, "sleep", lambda seconds: rests.append((seconds, len(connection.savepoint_ids))))
    hours(company)
    make_history(company.k1, NOW, 7, pause=0.25)
    assert rests == [(0.25, 0)] * 7  # in no transaction but the test's own
