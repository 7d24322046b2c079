"""The demo company shows the policy at work."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pytest_django import Settings

from guimian.base import journal, policy
from guimian.base.access import unit_model
from guimian.base.models import PolicyOverride
from guimian.config import demo

NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.django_db
def test_the_demo_company_has_a_change_in_force_soon_and_one_that_waits(settings: Settings) -> None:
    settings.DEMO = True
    made = demo.load(NOW)
    assert made["changes of figures"] == 2
    assert sorted(PolicyOverride.objects.values_list("state", flat=True)) == ["APPROVED", "PROPOSED"]
    unit = unit_model().objects.get(code="K32010201")
    today = unit.local_day(NOW)
    figures = [policy.on(day, unit)["organisation.windows_medium"] for day in (today, today + timedelta(days=7))]
    assert figures == [12, 10]
    assert journal.verify() == []
    assert demo.load(NOW)["changes of figures"] == 0
    assert PolicyOverride.objects.count() == 2
