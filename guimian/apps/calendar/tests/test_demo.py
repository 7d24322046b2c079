"""The demo company's calendar: whole at any time of any day, made once, going on the next day."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from pytest_django import Settings

from guimian.apps.calendar import queries
from guimian.apps.calendar.management import demo
from guimian.apps.calendar.models import BusinessDay, CalendarDay, CalendarYear, Hours
from guimian.apps.organisation.management import demo as organisation
from guimian.apps.organisation.models import Unit
from guimian.base import journal, policy

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 11, 23, 10, tzinfo=ZONE)
LATE = {demo.NOT_OPENED, demo.LEFT_OPEN}


@pytest.fixture
def people(db: None, settings: Settings) -> None:
    """The demo company without its calendar."""
    settings.DEMO = True
    organisation.load(MONDAY)


def counter(code: str) -> Unit:
    return Unit.objects.get(code=code)


def states(now: datetime) -> dict[str, str]:
    return {unit.code: demo_state(unit, now) for unit in Unit.objects.filter(level="COUNTER")}


def demo_state(unit: Unit, now: datetime) -> str:
    found = queries.today_at(unit, now)
    assert found is not None
    return "earlier" if found.earlier else found.state


#: dark nights, the last minute and the first, a weekend, a holiday, a make-up workday
TIMES = (
    (2026, 11, 23, 10, 0), (2026, 11, 23, 0, 0), (2026, 11, 23, 0, 3), (2026, 11, 23, 5, 30), (2026, 11, 23, 23, 59),
    (2026, 11, 22, 12, 0), (2026, 10, 1, 12, 0), (2026, 10, 10, 12, 0), (2028, 2, 29, 9, 0),
)  # fmt: skip


def test_it_is_whole_at_any_time_of_any_day(people: None) -> None:
    for moment in TIMES:
        with transaction.atomic():
            is_whole_at(datetime(*moment, tzinfo=ZONE))
            transaction.set_rollback(True)


def is_whole_at(now: datetime) -> None:
    demo.load(now)
    found = states(now)
    assert (found[demo.NOT_OPENED], found[demo.CLOSING], found[demo.LEFT_OPEN]) == ("", "CLOSING", "earlier"), now
    by_hours = {unit.code for unit in Unit.objects.filter(level="COUNTER") if opens(unit, now)}
    assert {code for code, state in found.items() if state == "OPEN"} == by_hours - LATE - {demo.CLOSING}, now
    times = BusinessDay.objects.values_list("opened_at", "closing_at", "closed_at")
    assert all(at is None or at <= now for row in times for at in row), now
    assert journal.verify() == []


def opens(unit: Unit, now: datetime) -> bool:
    row = queries.hours_on(unit, unit.local_day(now))
    return row is not None and row.is_open


def test_a_second_start_makes_nothing(people: None) -> None:
    made = demo.load(MONDAY)
    assert all(made.values())
    before = [model.objects.count() for model in (BusinessDay, CalendarDay, CalendarYear, Hours)]
    for later in (0, 1, 300):
        assert set(demo.load(MONDAY + timedelta(minutes=later)).values()) == {0}
    assert [model.objects.count() for model in (BusinessDay, CalendarDay, CalendarYear, Hours)] == before


def test_the_days_go_on(people: None) -> None:
    """Started again on a later day, the counters have closed in between and are open again; one still forgot."""
    demo.load(MONDAY)
    for days in (1, 2, 9):
        now = MONDAY + timedelta(days=days)
        demo.load(now)
        found = states(now)
        assert found[demo.LEFT_OPEN] == "earlier" and found[demo.CLOSING] == "CLOSING"
        assert BusinessDay.objects.exclude(state="CLOSED").filter(day__lt=now.date()).count() == 1
    row = BusinessDay.objects.get(unit__code="K32010101", day=MONDAY.date())
    assert row.closing_at is not None and row.closing_at.astimezone(ZONE).time().isoformat() == "16:30:00"
    assert journal.verify() == []


def test_no_hours_of_it_break_the_rules_and_they_differ(people: None) -> None:
    demo.load(MONDAY)
    seen = set()
    for unit in Unit.objects.filter(level="COUNTER"):
        page = queries.hours_page(unit, MONDAY.date(), policy.on(MONDAY.date(), unit))
        assert not [kind for kind in page.kinds if kind.state == "BROKEN"], unit
        seen.add(tuple(kind.step.times for kind in page.kinds if kind.step))
        assert len(page.kinds) == 4 and all(kind.step for kind in page.kinds)
    assert len(seen) >= 6
    changing = counter(demo.CHANGES_SOON)
    history = queries.hours_page(changing, MONDAY.date(), policy.on(MONDAY.date(), changing)).history
    assert [step.is_planned for step in history].count(True) == 1


def test_the_next_year_is_not_confirmed_before_it_is_known(people: None) -> None:
    demo.load(MONDAY)
    assert dict(CalendarYear.objects.values_list("year", "is_confirmed")) == {2025: True, 2026: True, 2027: False}
    assert queries.unconfirmed_years(MONDAY.date()) == (2027,)
