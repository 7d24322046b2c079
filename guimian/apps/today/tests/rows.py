"""Rows for the tests of today: findings with actions, changes of figures, hours and days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from guimian.apps.calendar.models import BusinessDay, Hours
from guimian.apps.organisation.models import Person, Unit
from guimian.base.models import Action, Finding, PolicyOverride
from guimian.base.policy.queries import book

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)  # half past nine in Shanghai, on a Monday
TODAY = date(2026, 11, 23)


def make_finding(unit: Unit, what: str = "The lamp is broken") -> Finding:
    number = Finding.objects.count() + 1
    return Finding.objects.create(
        unit=unit, code="routines.round.lamp", clause="R1.5", key=f"lamp-{number}", what=what, found_at=NOW
    )


def make_action(
    unit: Unit, owner: Person, by: Person, what: str = "Mend the lamp", due: date = TODAY, **fields: Any
) -> Action:
    """A finding with its action; give `state` and `done_by` for one that is done."""
    return Action.objects.create(
        finding=make_finding(unit), what=what, owner=owner, assigned_by=by, assigned_at=NOW, due_date=due, **fields
    )


def done(person: Person) -> dict[str, Any]:
    return {"state": Action.State.DONE, "done_by": person, "done_at": NOW}


def make_proposal(unit: Unit, by: Person, from_date: date = TODAY + timedelta(days=8)) -> PolicyOverride:
    figure = next(one for one in book().figures.values() if one.unit == "count" and not one.locked)
    return PolicyOverride.objects.create(
        unit=unit, key=figure.key, value=3, from_date=from_date, reason="x", proposed_by=by, proposed_at=NOW
    )


def make_hours(unit: Unit, day_kind: str = "WORKDAY", is_open: bool = True) -> Hours:
    """Work from half past eight to half past five, doors from nine to five; or shut."""
    times = {"work_from": time(8, 30), "open_from": time(9), "open_to": time(17), "work_to": time(17, 30)}
    return Hours.objects.create(
        unit=unit,
        day_kind=day_kind,
        from_date=date(2026, 1, 1),
        is_open=is_open,
        set_at=NOW,
        **times if is_open else {},
    )


def make_day(unit: Unit, by: Person, state: str = "OPEN", day: date = TODAY) -> BusinessDay:
    times: dict[str, Any] = {}
    if state != "OPEN":
        times |= {"closing_at": NOW, "closing_by": by}
    if state == "CLOSED":
        times |= {"closed_at": NOW, "closed_by": by}
    return BusinessDay.objects.create(unit=unit, day=day, state=state, opened_at=NOW, opened_by=by, **times)
