"""What templates say in one way: sums, days, states, clauses."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import translation

from guimian.base.templatetags import ui


@pytest.mark.parametrize(
    ("value", "said"),
    [(None, "–"), (Decimal("1234.5"), "¥1,234.50"), (0, "¥0.00"), ("-3", "−¥3.00"), (Decimal("1e7"), "¥10,000,000.00")],
)
def test_money(value: Any, said: str) -> None:
    assert ui.money(value) == said


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (20, "minute", "20 min"),
        (1, "day", "1 day"),
        (3, "day", "3 days"),
        (Decimal("98.50"), "percent", "98.5%"),
        (100, "percent", "100%"),
        (time(9), "", "09:00"),
        (True, "yes_no", "Yes"),
        (["A", "B"], "roles", "A, B"),
        (None, "minute", "–"),
        (Decimal("1.5"), "hour", "1.5 h"),
    ],
)
def test_quantity(value: Any, unit: str, said: str) -> None:
    with translation.override("en"):
        assert ui.quantity(value, unit) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(80, "1 h 20 min"), (30, "30 min"), (timedelta(hours=2), "2 h 0 min"), (-90, "-1 h 30 min"), ("", "–")],
)
def test_duration(value: Any, said: str) -> None:
    with translation.override("en"):
        assert ui.duration(value) == said


def test_moments_are_told_in_local_time() -> None:
    at = datetime(2026, 3, 1, 16, 30, tzinfo=UTC)
    assert "2026-03-02 00:30" in ui.moment(at)
    assert "2026-03-02" in ui.day(at)
    assert ui.clock(at) == "00:30"
    assert "2026-03-02" in ui.day(date(2026, 3, 2))


def drawn(line: str, **names: Any) -> str:
    return Template(line).render(Context(names))


def test_several_clauses_give_several_chips() -> None:
    with translation.override("en"):
        html = drawn('{% clause "R1.3, R2.2" %}')
    assert html.count('class="clause"') == 2
    assert "&lt;" not in html


def test_a_clause_that_is_markup_stays_text() -> None:
    html = drawn("{% clause code %}", code="<script>x</script>")
    assert "<script>" not in html


def test_the_tone_of_a_state_follows_from_its_code() -> None:
    assert "state-good" in drawn('{% state "OPEN" "Open" %}')
    assert "state-bad" in drawn('{% state "OVERDUE" "Late" %}')
    assert "state-neutral" in drawn('{% state "ANYTHING" "?" %}')
    assert "state-level-1" in drawn('{% state "LEVEL_1" "Red" %}')


def test_bilingual_titles_follow_the_language() -> None:
    title = {"zh": "营业时间", "en": "Opening hours"}
    with translation.override("en"):
        assert ui.title_of(title) == "Opening hours"
    with translation.override("zh-hans"):
        assert ui.title_of(title) == "营业时间"
