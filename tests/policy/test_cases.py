"""Every case of every `policy_cases.toml` is judged by the rule it names, under the figures of its day."""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest
from django.apps import apps

from guimian.base.policy.cases import case_files, cases
from guimian.base.policy.queries import book
from guimian.engines.policy import BrokenPolicy, Outcome, Verdict
from guimian.engines.policy.cases import Case, agrees, judge, read_cases

PACKAGE = Path(apps.get_app_config("base").path).parent


def rules_of(case: Case) -> ModuleType:
    return import_module(f"{apps.get_app_config(case.app).name}.rules")


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_case(case: Case) -> None:
    said = judge(case, rules_of(case), book())
    assert agrees(case, said), f"expected {case.expect}, the rule says {said}"
    assert case.clause in {verdict.clause for verdict in said} | {case.clause if not said else ""}


def test_no_case_file_is_overlooked() -> None:
    assert set(PACKAGE.rglob("policy_cases.toml")) == set(case_files().values())
    assert len({case.id for case in cases()}) == len(cases())


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_a_wrong_case_would_fail(case: Case) -> None:
    """The runner can fail: the same case with another expectation does not agree."""
    said = judge(case, rules_of(case), book())
    if isinstance(case.expect, Outcome):
        wrong = [outcome for outcome in Outcome if outcome is not case.expect]
        assert not any(agrees(replace(case, expect=outcome), said) for outcome in wrong)
    assert not agrees(replace(case, expect=frozenset({"no.such.code"})), said)


def verdict(outcome: Outcome) -> Verdict:
    return Verdict("a.code", "R1", outcome)


def test_codes_are_those_not_met() -> None:
    case = replace(cases()[0], expect=frozenset({"a.code"}))
    assert agrees(case, [verdict(Outcome.NOT_MET), Verdict("b.code", "R1", Outcome.MET)])
    assert not agrees(case, [verdict(Outcome.MET)])
    assert agrees(replace(case, expect=frozenset()), [verdict(Outcome.MET)])


def test_an_outcome_is_of_one_verdict() -> None:
    case = replace(cases()[0], expect=Outcome.MET)
    assert agrees(case, [verdict(Outcome.MET)])
    assert not agrees(case, [])
    assert not agrees(case, [verdict(Outcome.MET), verdict(Outcome.MET)])


WHOLE = """
[[case]]
title = { zh = "一", en = "One" }
clause = "F8.2"
rule = "judge_windows"
day = 2026-11-23
given = { size = "LARGE", windows = 15 }
expect = "met"
"""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('expect = "met"', 'expect = "mett"'),
        ('expect = "met"', ""),
        ("day = 2026-11-23", 'day = "2026-11-23"'),
        ('en = "One"', 'en = ""'),
        ('clause = "F8.2"', 'claus = "F8.2"'),
        ("given = {", "given = {{"),
        ("[[case]]", "[[cases]]"),
    ],
)
def test_a_broken_case_is_refused(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "policy_cases.toml"
    path.write_text(WHOLE, encoding="utf-8")
    assert len(read_cases({"organisation": path})) == 1
    path.write_text(WHOLE.replace(old, new), encoding="utf-8")
    with pytest.raises(BrokenPolicy, match="policy_cases"):
        read_cases({"organisation": path})


def test_a_changed_figure_judges_the_case(tmp_path: Path) -> None:
    path = tmp_path / "policy_cases.toml"
    path.write_text(
        WHOLE.replace('"met"', '"not_met"') + 'changed = { "organisation.windows_large" = 14 }\n', encoding="utf-8"
    )
    (case,) = read_cases({"organisation": path})
    assert agrees(case, judge(case, rules_of(case), book()))
