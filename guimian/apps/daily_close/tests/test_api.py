"""Promises of closes through the API: read, confirmed and closed once, by whom it concerns."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from guimian.apps.daily_close import api, queries
from guimian.apps.daily_close.models import CounterClose, TellerClose
from guimian.apps.daily_close.tests.rows import EVENING, confirm, make_cause, make_record, start_closing
from guimian.apps.daily_close.views import shared
from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company
from guimian.apps.reception.tests.rows import TODAY, make_day
from guimian.base.api import units
from guimian.base.api.tests.calling import Program, refused

CLOSE, LIST = "/units/K1/close", "/units/K1/close/list"


class Evening:
    @staticmethod
    def now() -> datetime:
        return EVENING


@pytest.fixture(autouse=True)
def day(company: Company, teller: Person, supervisor: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """A day in its closing with two records of the teller, one in cash; the API's clock stands at six."""
    monkeypatch.setattr(units, "timezone", Evening)
    make_day(company.k1, supervisor)
    make_record(company.k1, teller, "120.50")
    make_record(company.k1, teller, "80.00", way="CASH")
    start_closing(company.k1, supervisor)


def said(program: Program, **changes: Any) -> dict[str, Any]:
    shown = program.get(LIST).json()
    lines = [{"number": line["number"], "agrees": True} for line in shown["lines"]]
    return {"digest": shown["digest"], "lines": lines, "cash": {"counted": "80.00"}} | changes


def test_a_list_is_read_and_confirmed(company: Company, teller: Person) -> None:
    program = Program(teller)
    shown = program.get(LIST).json()
    assert (shown["state"], shown["cash_expected"]) == ("MISSING", "80.00")
    assert [line["agrees"] for line in shown["lines"]] == [None, None]
    done = program.post(LIST, said(program), "k-1").json()
    assert (done["state"], [line["agrees"] for line in done["lines"]]) == ("CONFIRMED", [True, True])
    assert TellerClose.objects.get().state == "CONFIRMED"


def test_what_is_missing_is_a_problem_with_its_clause(company: Company, teller: Person) -> None:
    program = Program(teller)
    problem = refused(program.post(LIST, said(program, lines=[], cash=None), "k-1"), 422)
    assert (problem["clause"], problem["found"]) == ("R5.2", "1, 2")
    wrong = [{"number": 1, "agrees": False, "cause": "NO_SUCH"}]
    assert refused(program.post(LIST, said(program, lines=wrong), "k-2"), 422)["found"] == "NO_SUCH"


def test_a_difference_keeps_its_cause(company: Company, teller: Person) -> None:
    program, cause = Program(teller), make_cause()
    lines = [{"number": 1, "agrees": True}, {"number": 2, "agrees": False, "cause": cause.code, "note": "缺件"}]
    program.post(LIST, said(program, lines=lines), "k-1")
    found = queries.list_of(company.k1, TODAY, teller)
    assert found.differences == 1 and found.is_confirmed


def test_a_counter_is_closed_once_however_often_it_is_asked(
    company: Company, teller: Person, closing_officer: Person
) -> None:
    program = Program(closing_officer)
    before = program.get(CLOSE).json()
    assert (before["state"], before["waits_for"]) == ("CLOSING", ["daily_close.counter.tellers"])
    refused(program.post(CLOSE, {}, "k-0"), 422)
    confirm(company.k1, teller)
    answers = [program.post(CLOSE, {"notes": "相符"}, "k-1") for _time in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    found = answers[0].json()
    assert (found["state"], found["number"], found["waits_for"], found["received"]) == ("CLOSED", 1, [], "200.50")
    assert len(found["seal"]) == len(found["digest"]) == 64
    assert CounterClose.objects.get().notes == "相符"
    assert program.get(CLOSE, day="2026-11-23").json() == found


def test_who_may_what(company: Company, teller: Person, guide: Person, archivist: Person, outsider: Person) -> None:
    refused(Program(teller).get(CLOSE), 403)
    refused(Program(teller).post(CLOSE, {}, "k-1"), 403)
    refused(Program(guide).get(LIST), 403)
    refused(Program(archivist).post(CLOSE, {}, "k-1"), 403)
    assert Program(archivist).get(CLOSE).status_code == 200
    refused(Program(outsider).get(CLOSE), 404)
    refused(Program(archivist).get(CLOSE, day="2026-11-20"), 404)


def test_pages_and_programs_let_in_the_same_people() -> None:
    names = ("SERVING", "CLOSERS", "READERS")
    assert [getattr(api, name) for name in names] == [getattr(shared, name) for name in names]
