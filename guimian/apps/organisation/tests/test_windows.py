"""The windows of a counter."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from guimian.apps.organisation import queries, services
from guimian.apps.organisation.models import Skill, Window
from guimian.apps.organisation.tests.cast import Company
from guimian.base.models import JournalEntry

NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = date(2026, 11, 23)


def test_as_many_windows_as_the_class_allows_and_not_one_more(company: Company) -> None:
    """F8.2: an inner counter has six at most."""
    for number in range(1, 7):
        services.add_window(unit=company.k2, number=number, by=None, now=NOW)
    with pytest.raises(services.UnableToAddWindow) as refused:
        services.add_window(unit=company.k2, number=7, by=None, now=NOW)
    assert (refused.value.clause, refused.value.found, refused.value.wanted) == ("F8.2", 7, 6)
    assert Window.objects.count() == JournalEntry.objects.count() == 6


def test_no_cashiers_window_at_an_inner_counter(company: Company) -> None:
    with pytest.raises(services.UnableToAddWindow) as refused:
        services.add_window(unit=company.k2, number=1, is_cashier=True, by=None, now=NOW)
    assert refused.value.clause == "F3.2"
    window = services.add_window(unit=company.k2, number=1, by=None, now=NOW)
    with pytest.raises(services.UnableToChangeWindow):
        services.change_window(window=window, name="", skills=[], is_cashier=True, is_priority=False, by=None, now=NOW)


def test_windows_stand_at_counters_under_a_free_number(company: Company) -> None:
    services.add_window(unit=company.k1, number=1, by=None, now=NOW)
    for unit, number in ((company.k1, 1), (company.s111, 2)):
        with pytest.raises(services.UnableToAddWindow):
            services.add_window(unit=unit, number=number, by=None, now=NOW)


def test_changing_and_closing_and_opening_again(company: Company) -> None:
    skill = Skill.objects.create(code="CLAIM", name="理赔", name_en="Claims")
    window = services.add_window(unit=company.k1, number=3, skills=[skill], by=None, now=NOW)
    given: dict[str, Any] = {"name": "理赔窗口", "skills": [skill], "is_cashier": False, "is_priority": True}
    services.change_window(window=window, by=None, now=NOW, **given)
    services.change_window(window=window, by=None, now=NOW, **given)
    services.close_window(window=window, reason="装修", by=None, now=NOW)
    assert queries.windows_of(company.k1, TODAY)[0].closed_on == TODAY
    with pytest.raises(services.UnableToCloseWindow):
        services.close_window(window=window, by=None, now=NOW)
    with pytest.raises(services.UnableToChangeWindow):
        services.change_window(window=window, by=None, now=NOW, **given)
    again = services.add_window(unit=company.k1, number=3, by=None, now=NOW)
    assert again.pk == window.pk
    assert queries.windows_of(company.k1, TODAY)[0].is_open
    events = list(JournalEntry.objects.order_by("seq").values_list("event", flat=True))
    assert [event.rpartition(".")[2] for event in events] == ["added", "changed", "closed", "added"]
