"""Promises of the demo company's closes: made by the services, told once, and one counter that forgot."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pytest_django import Settings

from guimian.apps.calendar.management.demo import LEFT_OPEN
from guimian.apps.calendar.models import BusinessDay
from guimian.apps.daily_close.management import demo as closes
from guimian.apps.daily_close.models import CounterClose
from guimian.apps.daily_close.tests.rows import make_cause
from guimian.base import journal
from guimian.base.models import Finding
from guimian.config import demo

NOW = datetime(2026, 11, 24, 15, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.django_db
def test_the_demo_closes_its_days_in_order(settings: Settings) -> None:
    settings.DEMO = True
    make_cause()  # what a migration puts in, tests with real transactions empty
    made = demo.load(NOW)
    assert made["counters closed"] == CounterClose.objects.count() > 20
    left = BusinessDay.objects.get(day__lt=NOW.date(), state__in=["OPEN", "CLOSING"])
    assert left.unit.code == LEFT_OPEN
    assert BusinessDay.objects.filter(state="CLOSED").count() == CounterClose.objects.count()
    late = [close.unit.code for close in CounterClose.objects.select_related("unit") if close.is_late]
    assert set(late) == {closes.LATE}
    assert set(Finding.objects.filter(code__startswith="daily_close").values_list("code", flat=True)) == {
        "daily_close.not_closed", "daily_close.late", "daily_close.difference",
    }  # fmt: skip
    assert journal.verify() == []
    assert demo.load(NOW)["counters closed"] == 0


@pytest.mark.django_db
def test_started_on_a_later_day_what_was_left_is_closed(settings: Settings) -> None:
    settings.DEMO = True
    demo.load(NOW)
    open_now = BusinessDay.objects.exclude(state="CLOSED").exclude(unit__code=LEFT_OPEN).count()
    made = demo.load(NOW + timedelta(days=1))
    assert made["counters closed"] == open_now > 10
    assert CounterClose.objects.filter(day=NOW.date()).count() == open_now
    assert not BusinessDay.objects.filter(day=NOW.date()).exclude(state="CLOSED").exists()
