"""The form of a change: what was typed becomes the figure's own kind of value, and the value in force is shown first."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest

from guimian.base.policy.forms import ProposalForm, as_typed
from guimian.engines.policy import Figure
from guimian.engines.policy.book import UNITS, Dated

KINDS: list[tuple[str, Any, Any]] = [
    ("count", "7", 7),
    ("minute", "020", 20),
    ("percent", "12.5", Decimal("12.5")),
    ("cny", "1000", 1000),
    ("time_of_day", "08:30", time(8, 30)),
    ("yes_no", "no", False),
    ("yes_no", "yes", True),
    ("text", " 甲 ", "甲"),
    ("list", "甲\r\n\r\n 乙 ", ("甲", "乙")),
    ("roles", ["TELLER", "GUIDE"], ("TELLER", "GUIDE")),
]


def form(unit: str, value: Any, typed: dict[str, Any], initial: Any = None) -> ProposalForm:
    figure = Figure("a.b", "R1", unit, {"zh": "甲", "en": "A"}, (Dated(date(2021, 1, 1), value),))
    fields = {"from_date": "2027-01-01", "reason": "试点"} | typed
    return ProposalForm(fields, figure=figure, initial={"value": as_typed(initial if initial is not None else value)})


@pytest.mark.parametrize(("unit", "typed", "value"), KINDS)
def test_what_is_typed_becomes_a_value(unit: str, typed: Any, value: Any) -> None:
    filled = form(unit, value, {"value": typed})
    assert filled.is_valid(), filled.errors
    assert filled.value() == value
    assert type(filled.value()) is type(value)
    assert filled.figure.accepts(filled.value())


@pytest.mark.parametrize(("unit", "typed", "value"), KINDS)
def test_the_value_in_force_typed_again_is_the_same(unit: str, typed: Any, value: Any) -> None:
    shown = form(unit, value, {}).fields["value"].prepare_value(as_typed(value))
    again = form(unit, value, {"value": shown})
    assert again.is_valid(), again.errors
    assert again.value() == value


def test_every_unit_has_a_field() -> None:
    assert set(UNITS) >= {unit for unit, _typed, _value in KINDS}
    for unit, kinds in UNITS.items():
        assert "value" in form(unit, kinds[0](), {}, initial=kinds[0]() if kinds[0] is not bool else False).fields


@pytest.mark.parametrize("unit", ["count", "yes_no", "text", "list", "roles", "time_of_day"])
def test_a_figure_is_given_back_without_a_value(unit: str) -> None:
    filled = form(unit, None, {"give_back": "on"}, initial="")
    assert filled.is_valid(), filled.errors
    assert filled.value() is None
    assert not form(unit, None, {}, initial="").is_valid()


@pytest.mark.parametrize(
    ("unit", "typed"),
    [("count", "1.5"), ("count", "a"), ("count", "-1"), ("time_of_day", "25:00"), ("roles", ["KING"]), ("yes_no", "1")],
)
def test_what_is_no_value_is_marked(unit: str, typed: Any) -> None:
    assert "value" in form(unit, None, {"value": typed}, initial="").errors
