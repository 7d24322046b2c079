"""docs/tour.md is true: what it names stands where it says, and the click goes the way it tells."""

from __future__ import annotations

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from guimian.apps.calendar.models import BusinessDay
from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company
from guimian.base.models import JournalEntry, LiveEvent
from tests.access.routes import signed_in
from tests.docs.test_docs import ROOT

TOUR = (ROOT / "docs/tour.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`((?:guimian|tests)/[\w./-]+\.\w+)`\s+\(((?:`[^`]+`(?:, )?)+)\)")
PAIRS = [(path, name) for path, names in NAMED.findall(TOUR) for name in re.findall(r"`([^`]+)`", names)]


def stands(path: str, name: str) -> bool:
    """Whether the file holds the name as a word of its own."""
    text = (ROOT / path).read_text(encoding="utf-8")
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text) is not None


@pytest.mark.parametrize(("path", "name"), PAIRS, ids=lambda part: part.rsplit("/")[-1])
def test_what_is_named_stands_there(path: str, name: str) -> None:
    assert stands(path, name)


def test_every_file_is_named_with_what_to_look_at() -> None:
    files = set(re.findall(r"`((?:guimian|tests)/[\w./-]+\.\w+)`", TOUR))
    assert files == {path for path, _name in PAIRS} and len(files) > 20


def test_a_name_that_is_gone_would_be_seen() -> None:
    assert not stands("guimian/apps/calendar/services/days.py", "open_the_day")
    assert not stands("guimian/apps/calendar/services/days.py", "open_da")


def test_the_code_that_is_shown_is_the_code() -> None:
    shown = re.findall(r"```python\n(.*?)```", TOUR, re.S)
    views = (ROOT / "guimian/apps/calendar/views/days.py").read_text(encoding="utf-8")
    assert shown and all(piece in views for piece in shown)


def test_the_click_goes_the_way_of_the_tour(
    company: Company, supervisor: Person, teller: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Button, guard, row, journal, announcement, redirect; then the refusal that the tour tells of."""
    morning = datetime(2026, 11, 23, 8, 40, tzinfo=ZoneInfo("Asia/Shanghai"))
    monkeypatch.setattr("django.utils.timezone.now", lambda: morning)
    desk, address = signed_in(supervisor), "/u/K1/day/open/"
    assert f'action="{address}"' in desk.get("/u/K1/day/").content.decode()
    assert [signed_in(teller).post(address).status_code, desk.post("/u/K9/day/open/").status_code] == [403, 404]
    answer = desk.post(address)
    assert (answer.status_code, answer["Location"]) == (302, "/u/K1/day/")
    day = BusinessDay.objects.get()
    assert (day.unit, day.state, day.opened_by, day.opened_at) == (company.k1, "OPEN", supervisor, morning)
    entry = JournalEntry.objects.get(event="calendar.day.opened")
    assert (entry.unit, entry.by, entry.subject) == (company.k1, supervisor, f"calendar.businessday:{day.pk}")
    told = list(LiveEvent.objects.values_list("topic", "path"))
    assert told in ([("calendar.day", company.k1.path)], [])  # on PostgreSQL it is no row
    assert "The day is open." in desk.get("/u/K1/day/").content.decode()
    again = desk.post(address)
    assert again.status_code == 422 and "The day was opened already." in again.content.decode()
