"""Promises of the demo company's routines."""

from __future__ import annotations

from datetime import datetime, time
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from pytest_django import Settings

from guimian.apps.calendar.management import demo as calendar
from guimian.apps.organisation.management import demo as organisation
from guimian.apps.routines.management import demo
from guimian.apps.routines.models import DayDuty, Duty, Round, RoundAnswer, Visit
from guimian.base import journal
from guimian.base.models import Action

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.mark.django_db
def test_the_demo_shows_a_working_day_and_a_second_call_makes_nothing(settings: Settings) -> None:
    settings.DEMO = True
    now = datetime(2026, 11, 23, 14, 30, tzinfo=ZONE)
    organisation.load(now)
    calendar.load(now)
    began = perf_counter()
    made = demo.load(now)
    assert perf_counter() - began < 20  # two seconds on a quiet machine; tests share theirs
    assert made["catalogue entries"] == Duty.objects.count() + 17
    states = set(DayDuty.objects.values_list("state", flat=True))
    assert {"DUE", "DONE", "LATE"} <= states
    assert Round.objects.filter(state="SIGNED").count() >= 10 and RoundAnswer.objects.filter(is_fine=False).exists()
    assert Action.objects.filter(state="ASSIGNED").exists() and Visit.objects.exists()
    assert not DayDuty.objects.filter(done_at__gt=now).exists()
    assert journal.verify() == []
    assert set(demo.load(now).values()) == {0}


@pytest.mark.django_db
@pytest.mark.parametrize("at", [time(0, 5), time(8, 40), time(23, 50)])
def test_it_can_be_made_at_any_time_of_a_sunday_too(settings: Settings, at: time) -> None:
    settings.DEMO = True
    now = datetime.combine(datetime(2026, 11, 22, tzinfo=ZONE).date(), at, ZONE)
    organisation.load(now)
    calendar.load(now)
    demo.load(now)
    assert not DayDuty.objects.filter(done_at__gt=now).exists()
