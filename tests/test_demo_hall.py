"""Promises of the demo's hall: in full swing at any time of the day, nothing in the future, made once."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from pytest_django import Settings

from guimian.apps.organisation.models import Unit
from guimian.apps.reception import queries
from guimian.apps.reception.management import demo
from guimian.apps.reception.models import BusinessRecord, Device, Rating, Seat, Service, Ticket
from guimian.base import journal, policy
from guimian.base.models import JournalEntry
from guimian.config.demo import DAYS, PLANS, counters_in_order

SHANGHAI = ZoneInfo("Asia/Shanghai")


def loaded(now: datetime) -> None:
    for plan in PLANS:
        plan(now)
    for piece in DAYS:
        piece(now, counters_in_order())


@pytest.mark.django_db
def test_a_workday_morning_is_in_full_swing(settings: Settings) -> None:
    settings.DEMO = True
    now = datetime(2026, 11, 24, 10, 40, tzinfo=SHANGHAI)
    loaded(now)
    unit = Unit.objects.get(code="K32010101")
    figures = policy.on(now.date(), unit)
    page = queries.floor_page(unit, queries.hall_at(unit, now), now, figures)
    assert page.seated >= 3 and page.late >= 1
    assert page.figures.served >= 5 and page.figures.serving >= 3 and page.figures.waiting >= 4
    assert page.ratings >= 1 and BusinessRecord.objects.filter(unit=unit).count() >= 5
    assert {row.kind for row in Device.objects.filter(unit=unit)} == {"KIOSK", "BOARD", "PAD"}
    assert Service.objects.count() == len(demo.SERVICES)
    before = (Ticket.objects.count(), Device.objects.count(), JournalEntry.objects.count())
    assert demo.load(now) == {"services": 0, "screens": 0, "tickets": 0}
    assert before == (Ticket.objects.count(), Device.objects.count(), JournalEntry.objects.count())


@pytest.mark.django_db
@pytest.mark.parametrize("hour", [0, 9, 15, 23])
def test_nothing_lies_in_the_future_or_out_of_order(hour: int, settings: Settings) -> None:
    settings.DEMO = True
    now = datetime(2026, 11, 24, hour, 7, tzinfo=SHANGHAI)
    loaded(now)
    for rows, field in ((Ticket.objects, "issued_at"), (Seat.objects, "taken_at"), (Rating.objects, "at")):
        assert not rows.filter(**{f"{field}__gt": now}).exists(), field
    for unit in Unit.objects.filter(level="COUNTER"):
        tickets = list(Ticket.objects.filter(unit=unit).order_by("pk"))
        assert [row.issued_at for row in tickets] == sorted(row.issued_at for row in tickets)
        today = now.replace(hour=0, minute=0)
        told = JournalEntry.objects.filter(unit=unit, event__startswith="reception.", at__gte=today)
        told = told.exclude(event="reception.device.added")
        times = list(told.order_by("seq").values_list("at", flat=True))
        assert times == sorted(times) and all(at <= now for at in times)
    assert journal.verify() == []
