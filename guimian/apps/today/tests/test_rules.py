"""Promises of the plan: what waits for whom, when it is late, and in which order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from guimian.apps.today.rules import (
    KINDS,
    ROUTINES,
    ActionFact,
    DayFact,
    Due,
    HallFact,
    ListFact,
    ProposalFact,
    Situation,
    plan_tasks,
)
from guimian.base import access

DAY = date(2026, 11, 23)
HOURS = DayFact(DAY, "", time(9), time(17))
ACTION = ActionFact(7, "Mend the lamp", "R1.5", date(2026, 11, 25), "ASSIGNED", "K1", "People's Road")
PROPOSAL = ProposalFact(3, "Windows", "F8.2", date(2026, 12, 1), "K1", "People's Road")


def situation(*roles: str, now: time = time(8), day: DayFact | None = HOURS, hall: HallFact | None = None) -> Situation:
    return Situation(DAY, now, frozenset(roles), day, hall=hall)


def kinds(one: Situation) -> list[str]:
    return [task.kind for task in plan_tasks(one)]


def test_the_roles_are_those_of_the_spine() -> None:
    from guimian.apps.today import rules

    assert {str(role) for role in access.LEADERS} == rules.LEADERS
    assert {str(role) for role in access.APPROVERS} == rules.APPROVERS
    assert {str(role) for role in access.MANAGERS} == rules.MANAGERS


# ---------------------------------------------------------------- the day
@pytest.mark.parametrize(("now", "late"), [(time(8), False), (time(8, 59), False), (time(9), True), (time(20), True)])
def test_the_day_is_to_be_opened_before_the_doors_open(now: time, late: bool) -> None:
    (task,) = plan_tasks(situation("SUPERVISOR", now=now))
    assert (task.kind, task.late, task.at, task.clause) == ("open_day", late, time(9), "R1.3")


@pytest.mark.parametrize("role", ["TELLER", "GUIDE", "CLOSING_OFFICER", "CITY_OFFICER"])
def test_others_do_not_open_the_day(role: str) -> None:
    assert kinds(situation(role)) == []


def test_a_day_off_needs_no_opening() -> None:
    assert kinds(situation("SUPERVISOR", day=DayFact(DAY, "", None, None))) == []


def test_other_units_have_no_day() -> None:
    assert kinds(situation("SUPERVISOR", day=None)) == []


@pytest.mark.parametrize(
    ("state", "now", "found"),
    [
        ("OPEN", time(12), []),
        ("OPEN", time(15, 59), []),
        ("OPEN", time(16), [("close_day", False)]),
        ("OPEN", time(17), [("close_day", True)]),
        ("CLOSING", time(12), [("close_day", False)]),
        ("CLOSED", time(18), []),
    ],
)
def test_the_day_is_to_be_closed_towards_its_end(state: str, now: time, found: list[tuple[str, bool]]) -> None:
    fact = replace(HOURS, state=state)
    for role in ("SUPERVISOR", "CLOSING_OFFICER"):
        tasks = plan_tasks(situation(role, now=now, day=fact))
        assert [(task.kind, task.late) for task in tasks] == found
    assert kinds(situation("TELLER", now=now, day=fact)) == []


def test_a_day_opened_on_a_day_off_can_be_closed() -> None:
    assert kinds(situation("SUPERVISOR", day=DayFact(DAY, "OPEN", None, None))) == ["close_day"]


@pytest.mark.parametrize(
    ("state", "now", "kept", "found"),
    [
        ("OPEN", time(16, 59), "MISSING", []),
        ("OPEN", time(17), "MISSING", [False]),
        ("OPEN", time(12), "STALE", []),
        ("OPEN", time(12), "RETURNED", [True]),
        ("CLOSING", time(12), "DRAFT", [True]),
    ],
)
def test_ones_list_is_confirmed_from_closing_time_on(state: str, now: time, kept: str, found: list[bool]) -> None:
    fact = replace(HOURS, state=state)
    one = replace(situation("TELLER", now=now, day=fact), close_list=ListFact(DAY, kept))
    tasks = [task for task in plan_tasks(one) if task.kind == "confirm_list"]
    assert [task.late for task in tasks] == found
    assert all((task.clause, task.what) == ("R5.2", kept) for task in tasks)


def test_an_earlier_days_list_waits_in_the_morning() -> None:
    earlier = date(2026, 11, 20)
    fact = replace(HOURS, earlier=earlier)
    one = replace(situation("TELLER", day=fact), close_list=ListFact(earlier, "MISSING"))
    assert [(task.kind, task.late, task.due) for task in plan_tasks(one)] == [("confirm_list", True, earlier)]


def test_an_earlier_day_is_closed_before_the_next_is_opened() -> None:
    fact = replace(HOURS, earlier=date(2026, 11, 20))
    (task,) = plan_tasks(situation("CLOSING_OFFICER", "SUPERVISOR", day=fact))
    assert (task.kind, task.late, task.due) == ("close_earlier_day", True, date(2026, 11, 20))


# ---------------------------------------------------------------- actions, decisions, order
@pytest.mark.parametrize(("due", "late"), [(date(2026, 11, 22), True), (DAY, False), (date(2026, 11, 24), False)])
def test_ones_own_action_is_late_the_day_after_it_was_due(due: date, late: bool) -> None:
    (task,) = plan_tasks(replace(situation("TELLER", day=None), mine=(replace(ACTION, due=due),)))
    assert (task.kind, task.late, task.clause, task.key) == ("do_action", late, "R1.5", "7")


def test_what_was_sent_back_says_so() -> None:
    one = replace(situation("TELLER", day=None), mine=(replace(ACTION, state="REJECTED"),))
    assert plan_tasks(one)[0].sent_back


def test_leaders_verify_and_assign() -> None:
    one = replace(situation("CITY_OFFICER", day=None), to_verify=(ACTION,), unassigned=4)
    assert kinds(one) == ["verify_action", "assign_findings"]
    assert kinds(replace(one, roles=frozenset({"TELLER"}))) == []


@pytest.mark.parametrize(("roles", "found"), [("CENTRE_MANAGER", ["decide_proposal"]), ("SUPERVISOR", [])])
def test_a_proposal_waits_for_those_who_approve(roles: str, found: list[str]) -> None:
    assert kinds(replace(situation(roles, day=None), proposals=(PROPOSAL,))) == found


def test_a_proposal_is_late_when_its_day_has_come() -> None:
    one = replace(situation("HQ_OFFICER", day=None), proposals=(replace(PROPOSAL, from_date=DAY),))
    assert plan_tasks(one)[0].late


@pytest.mark.parametrize(
    ("day", "found"),
    [
        (date(2026, 11, 16), []),
        (date(2026, 11, 17), [False]),
        (date(2026, 12, 31), [False]),
        (date(2027, 1, 1), [True]),
    ],
)
def test_a_year_is_confirmed_before_it_begins(day: date, found: list[bool]) -> None:
    one = Situation(day, time(8), frozenset({"HQ_OFFICER"}), unconfirmed=(2027,))
    assert [task.late for task in plan_tasks(one)] == found
    assert kinds(replace(one, roles=frozenset({"CITY_OFFICER"}))) == []


def test_people_without_skills_are_the_managers_business() -> None:
    assert [task.count for task in plan_tasks(replace(situation("SUPERVISOR", day=None), unskilled=3))] == [3]
    assert kinds(replace(situation("CITY_OFFICER", day=None), unskilled=3)) == []


# ---------------------------------------------------------------- order
def test_late_first_then_by_day_then_by_kind() -> None:
    late, soon, later = (
        replace(ACTION, pk=pk, due=due) for pk, due in ((1, date(2026, 11, 1)), (2, DAY), (3, date.max))
    )
    one = replace(
        situation("CENTRE_MANAGER"),
        mine=(later, soon, late),
        to_verify=(replace(ACTION, pk=4, due=DAY),),
        proposals=(PROPOSAL,),
        unassigned=2,
        unskilled=1,
    )
    found = [(task.kind, task.key) for task in plan_tasks(one)]
    assert found == [
        ("do_action", "1"),
        ("open_day", ""),
        ("do_action", "2"),
        ("verify_action", "4"),
        ("decide_proposal", "3"),
        ("do_action", "3"),
        ("assign_findings", ""),
        ("give_skills", ""),
    ]


def test_every_kind_has_its_place() -> None:
    one = Situation(
        day=date(2027, 1, 1),
        now=time(18),
        roles=frozenset({"HQ_OFFICER", "SUPERVISOR"}),
        business_day=replace(HOURS, state="OPEN", earlier=DAY),
        close_list=ListFact(DAY, "MISSING"),
        mine=(ACTION,),
        to_verify=(ACTION,),
        proposals=(PROPOSAL,),
        routines=tuple(Due(kind, "R1.2", DAY) for kind in ROUTINES),
        unassigned=1,
        unconfirmed=(2027,),
        unskilled=1,
    )
    hall = HallFact(waiting=2, over=1, seated=True, serving=False)
    away = replace(hall, seated=False)
    others = situation("SUPERVISOR"), situation("TELLER", hall=hall), situation("TELLER", "GUIDE", hall=away)
    assert {*kinds(one), *(kind for other in others for kind in kinds(other))} == set(KINDS)


def test_the_line_is_comforted_by_those_who_can() -> None:
    """R6.3: guides and leaders are told, tellers call; nobody is told while nobody waits too long."""
    late = HallFact(waiting=5, over=2, seated=False, serving=False)
    assert ("comfort", True) in [(task.kind, task.late) for task in plan_tasks(situation("GUIDE", hall=late))]
    assert "comfort" in kinds(situation("CENTRE_MANAGER", hall=late))
    assert "comfort" not in kinds(situation("TELLER", hall=late))
    assert "comfort" not in kinds(situation("GUIDE", hall=replace(late, over=0)))


def test_a_teller_takes_a_window_and_calls() -> None:
    busy = HallFact(waiting=3, over=0, seated=True, serving=True)
    assert kinds(situation("TELLER", hall=busy)) == []
    assert kinds(situation("TELLER", hall=replace(busy, serving=False))) == ["call_next"]
    assert kinds(situation("TELLER", hall=replace(busy, serving=False, waiting=0))) == []
    assert kinds(situation("CASHIER", hall=replace(busy, seated=False))) == ["take_window"]
    shut = replace(
        situation("TELLER", hall=replace(busy, seated=False)), now=time(23), business_day=replace(HOURS, state="OPEN")
    )
    assert "take_window" not in kinds(shut)
