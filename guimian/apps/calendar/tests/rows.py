"""What the tests of the calendar have in common: a Monday in November, usual hours, a person at a browser."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from django.test import Client

from guimian.apps.calendar import services
from guimian.apps.calendar.models import BusinessDay, Hours
from guimian.apps.calendar.rules import Times
from guimian.apps.organisation.models import Person, Unit

NOW = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)  # half past nine in Shanghai, on a Monday
TODAY = date(2026, 11, 23)
USUAL = Times(True, time(8, 30), time(17, 30), time(9), time(16, 30), time(17))
SHUT = Times(is_open=False)


def hours(
    unit: Unit, day_kind: str = "WORKDAY", from_date: date = date(2026, 1, 5), now: datetime = NOW, **changed: Any
) -> Hours:
    """Hours that were set in time: usual ones, but for what is changed."""
    return services.set_hours(
        unit=unit, day_kind=day_kind, from_date=from_date, times=replace(USUAL, **changed), by=None, now=now
    )


def shut(unit: Unit, day_kind: str = "WORKDAY", from_date: date = date(2026, 1, 5)) -> Hours:
    return services.set_hours(unit=unit, day_kind=day_kind, from_date=from_date, times=SHUT, by=None, now=NOW)


def opened(unit: Unit, by: Person, day: date = TODAY, state: str = "OPEN", at: datetime = NOW) -> BusinessDay:
    """A row as it stands, past the services."""
    closing = {} if state == "OPEN" else {"closing_at": at, "closing_by": by}
    closed = {"closed_at": at, "closed_by": by} if state == "CLOSED" else {}
    return BusinessDay.objects.create(unit=unit, day=day, state=state, opened_at=at, opened_by=by, **closing, **closed)


def browser(person: Person, language: str = "en") -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["language"] = language
    return client
