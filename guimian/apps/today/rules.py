"""What waits for somebody at a unit, and in which order. Pure: facts in, tasks out; nothing is done here.

Roles, states and kinds are the codes of the spine (`SUPERVISOR`, `OPEN`); times are the unit's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, time

OFFICERS = frozenset({"HQ_OFFICER", "PROVINCE_OFFICER", "CITY_OFFICER"})
MANAGERS = frozenset({"CENTRE_MANAGER", "SUPERVISOR"})
LEADERS = OFFICERS | MANAGERS
APPROVERS = OFFICERS | {"CENTRE_MANAGER"}
CLOSERS = MANAGERS | {"CLOSING_OFFICER"}
SERVERS = frozenset({"TELLER", "CASHIER"})
COMFORTERS = MANAGERS | {"GUIDE", "FLOATING_ADVISER"}
HALL = frozenset({"comfort", "take_window", "call_next"})
#: How many days before a year begins its holidays must be confirmed.
YEAR_NOTICE = 45
#: The order of tasks that are due alike.
KINDS = (
    "close_earlier_day",
    "open_day",
    "comfort",
    "take_window",
    "call_next",
    "confirm_list",
    "close_day",
    "do_duties",
    "walk_round",
    "do_action",
    "verify_action",
    "decide_proposal",
    "assign_findings",
    "sign_report",
    "publish_appraisals",
    "visit_counters",
    "arrange_holiday",
    "confirm_year",
    "give_skills",
)


#: Those that the routines tell of.
ROUTINES = frozenset(
    {"do_duties", "walk_round", "sign_report", "publish_appraisals", "visit_counters", "arrange_holiday"}
)


@dataclass(frozen=True)
class DayFact:
    """A counter's day: its state ("" before it is opened), and its hours (None when it stays shut)."""

    day: date
    state: str
    opens: time | None
    closes: time | None
    earlier: date | None = None  # an earlier day that was never closed


@dataclass(frozen=True)
class ListFact:
    """One's own close list of the day that is to be closed, not confirmed yet: MISSING, DRAFT, STALE or RETURNED."""

    day: date
    state: str


@dataclass(frozen=True)
class ActionFact:
    """An action that is not finished."""

    pk: int
    what: str
    clause: str
    due: date
    state: str
    unit: str
    unit_label: str


@dataclass(frozen=True)
class ProposalFact:
    """A change of a figure that waits for its second person."""

    pk: int
    what: str
    clause: str
    from_date: date
    unit: str
    unit_label: str


@dataclass(frozen=True)
class HallFact:
    """The hall of an open day: who waits, who waits above the limit, whether one sits at a window and serves somebody."""

    waiting: int
    over: int
    seated: bool
    serving: bool


@dataclass(frozen=True)
class Due:
    """Something of the routines that is due: `kind` is one of KINDS, `by` and `at` are the unit's day and time."""

    kind: str
    clause: str
    by: date
    at: time | None = None
    key: str = ""
    what: str = ""
    count: int = 0
    late: int = 0
    unit: str = ""
    unit_label: str = ""


@dataclass(frozen=True)
class Situation:
    """What stands at a unit, seen by somebody: `mine` are their own actions, `to_verify` those of others that are done."""

    day: date
    now: time
    roles: frozenset[str]
    business_day: DayFact | None = None
    close_list: ListFact | None = None
    hall: HallFact | None = None
    mine: tuple[ActionFact, ...] = ()
    to_verify: tuple[ActionFact, ...] = ()
    proposals: tuple[ProposalFact, ...] = ()
    routines: tuple[Due, ...] = ()
    unassigned: int = 0
    unconfirmed: tuple[int, ...] = ()
    unskilled: int = 0


@dataclass(frozen=True)
class Task:
    """One thing to do. `kind` is one of KINDS; `key` names its row; `due` is a day, `at` a time of that day."""

    kind: str
    clause: str
    late: bool = False
    due: date | None = None
    at: time | None = None
    key: str = ""
    what: str = ""
    unit: str = ""
    unit_label: str = ""
    count: int = 0
    sent_back: bool = field(default=False)


def plan_tasks(situation: Situation) -> tuple[Task, ...]:
    """What this person has to do at this unit: late ones first, then by the day they are due, then as KINDS stand."""
    plans = (_of_the_day, _of_the_hall, _of_routines, _of_the_list, _of_actions, _of_decisions, _of_order)
    return tuple(sorted((task for plan in plans for task in plan(situation)), key=_order))


def _order(task: Task) -> tuple[bool, date, int, str]:
    return (not task.late, task.due or date.max, KINDS.index(task.kind), task.key)


def _of_the_day(situation: Situation) -> Iterator[Task]:
    """Opening and closing the day (R1.3, R5.3)."""
    fact = situation.business_day
    if fact is None:
        return
    if fact.earlier is not None and situation.roles & CLOSERS:
        yield Task("close_earlier_day", "R5.3", late=True, due=fact.earlier)
    elif not fact.state and fact.opens is not None and situation.roles & MANAGERS:
        yield Task("open_day", "R1.3", late=situation.now >= fact.opens, due=fact.day, at=fact.opens)
    if _is_time_to_close(fact, situation.now) and situation.roles & CLOSERS:
        late = fact.closes is None or situation.now >= fact.closes
        yield Task("close_day", "R5.3", late=late, due=fact.day, at=fact.closes)


def _of_the_hall(situation: Situation) -> Iterator[Task]:
    """A word of comfort above the limit (R6.3); a window to take, a customer to call (R2.1, R6.3)."""
    hall = situation.hall
    if hall is None:
        return
    if hall.over and situation.roles & COMFORTERS:
        yield Task("comfort", "R6.3", late=True, due=situation.day, count=hall.over)
    if situation.roles & SERVERS and not hall.seated and not _doors_are_shut(situation):
        yield Task("take_window", "R2.1", due=situation.day, count=hall.waiting)
    elif situation.roles & SERVERS and hall.waiting and not hall.serving:
        yield Task("call_next", "R6.3", due=situation.day, count=hall.waiting)


def _doors_are_shut(situation: Situation) -> bool:
    """Whether the doors have closed for the day by its hours."""
    day = situation.business_day
    return day is not None and day.closes is not None and situation.now >= day.closes


def _is_time_to_close(fact: DayFact, now: time) -> bool:
    """Once the closing has begun, or the last hour of the day has."""
    if fact.state == "CLOSING":
        return True
    return fact.state == "OPEN" and (
        fact.closes is None or now >= time(max(fact.closes.hour - 1, 0), fact.closes.minute)
    )


def _of_the_list(situation: Situation) -> Iterator[Task]:
    """One's own list, from the time the doors close; what was sent back, and an earlier day's, at once (R5.2, R5.3)."""
    fact, day = situation.close_list, situation.business_day
    if fact is None or day is None:
        return
    is_over = day.state == "CLOSING" or (day.closes is not None and situation.now >= day.closes)
    is_earlier, is_back = fact.day < situation.day, fact.state == "RETURNED"
    if is_over or is_earlier or is_back:
        late = is_earlier or is_back or day.state == "CLOSING"
        yield Task("confirm_list", "R5.2", late=late, due=fact.day, what=fact.state)


def _of_routines(situation: Situation) -> Iterator[Task]:
    """Duties and rounds of the day, reports, appraisals, visits and holidays (R1.1 to R1.5, R2.3)."""
    for due in situation.routines:
        passed = due.by < situation.day or (due.by == situation.day and due.at is not None and due.at < situation.now)
        yield Task(
            due.kind,
            due.clause,
            late=bool(due.late) or passed,
            due=due.by,
            at=due.at,
            key=due.key,
            what=due.what,
            unit=due.unit,
            unit_label=due.unit_label,
            count=due.count,
        )


def _of_actions(situation: Situation) -> Iterator[Task]:
    """One's own actions, and those of others that wait for a second pair of eyes."""
    for action in situation.mine:
        yield _action_task("do_action", action, situation.day)
    if situation.roles & LEADERS:
        for action in situation.to_verify:
            yield _action_task("verify_action", action, situation.day)
        if situation.unassigned:
            yield Task("assign_findings", "R1.5", count=situation.unassigned)


def _action_task(kind: str, action: ActionFact, day: date) -> Task:
    return Task(
        kind,
        action.clause,
        late=action.due < day,
        due=action.due,
        key=str(action.pk),
        what=action.what,
        unit=action.unit,
        unit_label=action.unit_label,
        sent_back=action.state == "REJECTED",
    )


def _of_decisions(situation: Situation) -> Iterator[Task]:
    """Changes of figures that wait for a second person; late once the day they are to hold from has come."""
    if not situation.roles & APPROVERS:
        return
    for one in situation.proposals:
        yield Task(
            "decide_proposal",
            one.clause,
            late=one.from_date <= situation.day,
            due=one.from_date,
            key=str(one.pk),
            what=one.what,
            unit=one.unit,
            unit_label=one.unit_label,
        )


def _of_order(situation: Situation) -> Iterator[Task]:
    """What keeps the house in order: years without confirmed holidays (R2.3), people without skills (R2.6)."""
    if "HQ_OFFICER" in situation.roles:
        for year in situation.unconfirmed:
            first = date(year, 1, 1)
            if (first - situation.day).days <= YEAR_NOTICE:
                yield Task(
                    "confirm_year", "R2.3", late=first <= situation.day, due=first, key=str(year), what=str(year)
                )
    if situation.unskilled and situation.roles & MANAGERS:
        yield Task("give_skills", "R2.6", count=situation.unskilled)
