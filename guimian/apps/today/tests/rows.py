"""Rows for the tests of today: findings with actions, changes of figures."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

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
