"""Cases that a manager can read: what was so, on which day, and what the rule says to it. Each one is a test.

    [[case]]
    title = { zh = "大型店设十五个窗口", en = "A large counter with fifteen windows" }
    clause = "F8.2"
    rule = "judge_windows"
    day = 2026-11-23
    given = { size = "LARGE", windows = 15 }
    expect = "met"

`rule` is a function of `rules.py` beside the file, called `rule(policy, **given)`; where its arguments are not plain
values, `rules.py` offers `case_judge_windows(given, policy)`, which builds them. `expect` is the outcome of the one
verdict, or the list of codes that are not met. `changed` holds figures that differ from the regulation's.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from inspect import signature
from pathlib import Path
from typing import Any

from guimian.engines.policy.book import Book, BrokenPolicy, Change, Policy
from guimian.engines.policy.verdict import Outcome, Verdict

REQUIRED = {"title", "clause", "rule", "day", "given", "expect"}
OPTIONAL = {"changed"}
Expectation = Outcome | frozenset[str]


@dataclass(frozen=True)
class Case:
    """One case of one app. `expect`: an outcome, or the codes that are not met (none: all holds)."""

    app: str
    title: Mapping[str, str]
    clause: str
    rule: str
    day: date
    given: Mapping[str, Any]
    expect: Expectation
    changed: Mapping[str, Any] = field(default_factory=dict)

    @property
    def id(self) -> str:
        return f"{self.app}.{self.rule}: {self.title['en']}"


def read_cases(files: Mapping[str, Path]) -> tuple[Case, ...]:
    """The cases of each app's file, in the order written. Raises BrokenPolicy naming file, case and fault."""
    return tuple(case for app, path in files.items() for case in _cases(app, path))


def _cases(app: str, path: Path) -> Iterable[Case]:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise BrokenPolicy(f"{path}: {error}") from error
    if set(raw) - {"case"} or not isinstance(raw.get("case", []), list):
        raise BrokenPolicy(f"{path}: only [[case]] stands here")
    for number, item in enumerate(raw.get("case", []), start=1):
        yield _case(app, item, f"{path}: case {number}")


def _case(app: str, item: Mapping[str, Any], where: str) -> Case:
    unknown, missing = set(item) - REQUIRED - OPTIONAL, REQUIRED - set(item)
    if unknown or missing:
        raise BrokenPolicy(f"{where}: unknown {sorted(unknown)}, missing {sorted(missing)}")
    title = item["title"]
    if not isinstance(title, dict) or set(title) != {"zh", "en"} or not all(title.values()):
        raise BrokenPolicy(f"{where}: the title is given in zh and en")
    if type(item["day"]) is not date or not isinstance(item["given"], dict):
        raise BrokenPolicy(f"{where}: the day is a day and given is a table")
    return Case(
        app=app,
        title=title,
        clause=item["clause"],
        rule=item["rule"],
        day=item["day"],
        given=item["given"],
        expect=_expectation(item["expect"], where),
        changed=item.get("changed", {}),
    )


def _expectation(raw: Any, where: str) -> Expectation:
    if isinstance(raw, list):
        return frozenset(map(str, raw))
    if raw not in set(Outcome):
        raise BrokenPolicy(f"{where}: expect is one of {', '.join(Outcome)}, or a list of codes")
    return Outcome(raw)


def judge(case: Case, rules: Any, book: Book) -> tuple[Verdict, ...]:
    """What the rule of the module `rules` says to the case, under the figures of the case's day."""
    changes = [Change("", key, date.min, value) for key, value in case.changed.items()]
    policy = book.policy(case.day, changes=changes)
    built = getattr(rules, f"case_{case.rule}", None)
    said = built(case.given, policy) if built else _called(getattr(rules, case.rule), policy, case.given)
    return (said,) if isinstance(said, Verdict) else tuple(said)


def _called(rule: Callable[..., Any], policy: Policy, given: Mapping[str, Any]) -> Any:
    """Call the rule; an argument that the case leaves out and the rule does not default is not known (None)."""
    wanted = [one for one in signature(rule).parameters.values() if one.kind is one.KEYWORD_ONLY]
    unknown = {one.name: None for one in wanted if one.default is one.empty}
    return rule(policy, **(unknown | dict(given)))


def agrees(case: Case, said: Iterable[Verdict]) -> bool:
    """Whether the rule said what the case expects."""
    verdicts = tuple(said)
    if isinstance(case.expect, Outcome):
        return len(verdicts) == 1 and verdicts[0].outcome is case.expect
    return {verdict.code for verdict in verdicts if verdict.outcome is Outcome.NOT_MET} == case.expect
