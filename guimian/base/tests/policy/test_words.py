"""What a case was given is told in the language of the page."""

from __future__ import annotations

import re

import pytest
from django.utils import translation

from guimian.base.policy.cases import cases
from guimian.base.policy.words import given_of, said, titled

LATIN = re.compile("[A-Za-z]{2}")


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("place", "URBAN_INNER", ("类别", "城区内柜面")),
        ("giver_roles", ["HQ_OFFICER", "SUPERVISOR"], ("授予人的岗位", "总公司管理人员；柜面主管")),
        ("to_oneself", True, ("授予自己", "是")),
        ("windows", 15, ("窗口", "15")),
    ],
)
def test_facts_are_told_in_words(name: str, value: object, told: tuple[str, str]) -> None:
    with translation.override("zh-hans"):
        assert (titled("organisation", name), said("organisation", name, value)) == told


def test_what_nobody_names_is_told_as_it_is() -> None:
    assert titled("organisation", "no_such_fact") == "no such fact"
    assert said("organisation", "place", "NO_SUCH_PLACE") == "NO_SUCH_PLACE"


@pytest.mark.parametrize("app", sorted({case.app for case in cases()}))
def test_cases_leave_no_english_in_chinese(app: str) -> None:
    with translation.override("zh-hans"):
        told = [pair for case in cases() if case.app == app for pair in given_of(case)]
    assert told
    assert [pair for pair in told if LATIN.search("".join(pair))] == []
