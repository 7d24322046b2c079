"""Promises of what the home page reads: through the actor, of the unit and below, and never more queries for more units."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from guimian.apps.calendar.models import CalendarYear
from guimian.apps.organisation.models import Person, PersonSkill, Skill
from guimian.apps.organisation.tests.cast import Company, acting, make_unit
from guimian.apps.today.queries import HomePage, home_page
from guimian.apps.today.queries.facts import MOST_OF_A_KIND
from guimian.apps.today.tests.rows import (
    NOW,
    TODAY,
    done,
    make_action,
    make_day,
    make_finding,
    make_hours,
    make_proposal,
)
from guimian.base import journal
from guimian.base.models import Action

YESTERDAY = TODAY - timedelta(days=1)


def home(person: Person, company: Company, code: str) -> HomePage:
    with translation.override("en"):
        return home_page(acting(person, TODAY), company[code], NOW)


def titles(person: Person, company: Company, code: str) -> list[str]:
    return [str(card.title) for card in home(person, company, code).cards]


def skilled(person: Person) -> None:
    claims, _made = Skill.objects.get_or_create(code="CLAIM", defaults={"name": "理赔", "name_en": "Claims"})
    PersonSkill.objects.create(person=person, skill=claims, since=TODAY)


# ---------------------------------------------------------------- what to do
def test_ones_own_actions_stand_there_the_late_first(company: Company, teller: Person, supervisor: Person) -> None:
    make_action(company.k1, teller, supervisor, "Mend the lamp")
    make_action(company.k1, teller, supervisor, "Clean the door", due=YESTERDAY)
    page = home(teller, company, "K1")
    assert [(card.title, card.overdue) for card in page.cards] == [("Clean the door", True), ("Mend the lamp", False)]
    assert (page.cards[0].clause, page.cards[0].due, page.cards[0].primary) == ("R1.5", YESTERDAY, True)
    assert (page.late, page.findings, page.overdue) == (1, 2, 1)


def test_the_actions_of_others_are_not_mine(company: Company, teller: Person, cashier: Person) -> None:
    make_action(company.k1, cashier, teller)
    assert titles(teller, company, "K1") == []


def test_what_is_done_waits_for_another_leader(company: Company, manager: Person, supervisor: Person) -> None:
    make_action(company.k1, supervisor, manager, **done(supervisor))
    assert "Done, to be verified: Mend the lamp" in titles(manager, company, "S111")
    assert not any("verified" in title for title in titles(supervisor, company, "K1"))


def test_a_finding_without_action_waits_for_leaders(company: Company, manager: Person, teller: Person) -> None:
    make_finding(company.k1)
    make_finding(company.k2)
    assert "2 findings have no action." in titles(manager, company, "S111")
    assert "1 finding has no action." in titles(manager, company, "K2")
    assert titles(teller, company, "K1") == []


def test_a_change_waits_for_those_who_approve_but_not_for_its_author(
    company: Company, province_officer: Person, city_officer: Person, supervisor: Person
) -> None:
    make_proposal(company.c11, city_officer)
    waits = "A change waits for a second person"
    assert any(waits in title for title in titles(province_officer, company, "P1"))
    assert not any(waits in title for title in titles(city_officer, company, "C11"))
    assert not any(waits in title for title in titles(supervisor, company, "K1"))


def test_nothing_from_another_line_is_seen(company: Company, manager: Person, outsider: Person, teller: Person) -> None:
    make_action(company.k9, teller, outsider, due=YESTERDAY)
    make_proposal(company.k9, outsider)
    skilled(teller)
    page = home(manager, company, "S111")
    assert (page.findings, page.overdue, page.cards) == (0, 0, ())
    assert home(outsider, company, "K9").findings == 1


def test_tellers_without_skills_are_the_managers_task(
    company: Company, manager: Person, teller: Person, city_officer: Person
) -> None:
    assert titles(manager, company, "S111") == ["1 teller has no skill yet."]
    assert titles(manager, company, "K2") == titles(city_officer, company, "C11") == []
    skilled(teller)
    assert titles(manager, company, "S111") == []


def test_a_long_list_is_cut_and_says_so(company: Company, teller: Person, supervisor: Person) -> None:
    for _number in range(MOST_OF_A_KIND + 5):
        make_action(company.k1, teller, supervisor)
    page = home(teller, company, "K1")
    assert (len(page.cards), page.more) == (12, MOST_OF_A_KIND - 12)


# ---------------------------------------------------------------- the day
def at(person: Person, company: Company, code: str, hour: int) -> list[tuple[str, bool]]:
    """Titles and lateness of the cards at that hour of the unit's day."""
    now = NOW.astimezone(company[code].zone).replace(hour=hour, minute=0)
    with translation.override("en"):
        page = home_page(acting(person, TODAY), company[code], now)
    return [(str(card.title), card.overdue) for card in page.cards if "skill" not in str(card.title)]


def test_the_day_is_opened_and_closed_by_the_hours(company: Company, supervisor: Person, teller: Person) -> None:
    assert at(supervisor, company, "K1", 8) == []
    make_hours(company.k1)
    assert at(supervisor, company, "K1", 8) == [("Open the day", False)]
    assert at(supervisor, company, "K1", 9) == [("Open the day", True)]
    make_day(company.k1, supervisor)
    assert at(supervisor, company, "K1", 12) == []
    assert at(supervisor, company, "K1", 16) == [("Close the day", False)]
    assert at(teller, company, "K1", 18) == []


def test_a_day_that_was_never_closed_comes_first(company: Company, closing_officer: Person, supervisor: Person) -> None:
    make_hours(company.k1)
    make_day(company.k1, supervisor, day=YESTERDAY)
    assert at(closing_officer, company, "K1", 8) == [("The day of 2026-11-22 was never closed.", True)]


def test_a_shut_counter_needs_no_opening(company: Company, supervisor: Person) -> None:
    make_hours(company.k1, is_open=False)
    assert at(supervisor, company, "K1", 10) == []


def test_the_days_below_are_added_up(company: Company, manager: Person, hq_officer: Person) -> None:
    make_day(company.k1, manager)
    make_day(company.k2, manager, "CLOSED")
    centre, top = home(manager, company, "S111").below, home(hq_officer, company, "HQ").below
    assert centre is not None and top is not None
    assert {row.code: row.state for row in centre.rows} == {"K1": "OPEN", "K2": "CLOSED"}
    assert (top.counters, top.open, top.closing, top.closed, top.not_opened) == (3, 1, 0, 1, 1)


def test_headquarters_confirms_the_years(company: Company, hq_officer: Person, manager: Person) -> None:
    CalendarYear.objects.create(year=2026, is_confirmed=True)
    waits = "The holidays of 2027 are not confirmed."
    assert waits in titles(hq_officer, company, "HQ") and waits not in titles(manager, company, "S111")
    CalendarYear.objects.create(year=2027, is_confirmed=True)
    assert waits not in titles(hq_officer, company, "HQ")


# ---------------------------------------------------------------- what happened
def tell(company: Company, by: Person | None, event: str, code: str = "K1") -> None:
    with transaction.atomic():
        journal.record(unit=company[code], by=by, event=event, subject="x:1", now=NOW)


def test_leaders_see_what_happened_others_what_is_theirs(company: Company, manager: Person, teller: Person) -> None:
    tell(company, manager, "organisation.post.given")
    tell(company, teller, "findings.finding.recorded")
    tell(company, manager, "calendar.day.opened")
    assert len(home(manager, company, "S111").entries) == 3
    entries = home(teller, company, "K1").entries
    assert len(entries) == 2 and all(not entry.url for entry in entries)


def test_only_todays_events_and_only_from_below(company: Company, manager: Person, outsider: Person) -> None:
    with transaction.atomic():
        journal.record(unit=company.k1, by=manager, event="a.b", subject="x:1", now=NOW - timedelta(hours=10))
    tell(company, outsider, "a.b", "K9")
    assert home(manager, company, "S111").entries == ()


# ---------------------------------------------------------------- the units below
def test_the_units_below_stand_the_worst_first(company: Company, manager: Person, teller: Person) -> None:
    make_finding(company.k1)
    make_action(company.k2, teller, manager, due=YESTERDAY)
    below = home(manager, company, "S111").below
    assert below is not None and below.chart is not None
    assert [(row.code, row.findings, row.late) for row in below.rows] == [("K2", 1, 1), ("K1", 1, 0)]
    assert below.chart.rows == [["Liberation Road", 0, 1], ["People's Road", 1, 0]]


def test_figures_are_added_up_along_the_tree(company: Company, hq_officer: Person, teller: Person) -> None:
    make_action(company.k1, teller, hq_officer, due=YESTERDAY)
    make_finding(company.k2)
    below = home(hq_officer, company, "HQ").below
    assert below is not None
    assert [(row.code, row.counters, row.findings, row.late) for row in below.rows] == [
        ("P1", 2, 2, 1),
        ("P2", 1, 0, 0),
    ]


def test_verified_actions_are_late_no_more(company: Company, manager: Person, teller: Person) -> None:
    make_action(
        company.k1, teller, manager, due=YESTERDAY, verified_by=manager, verified_at=NOW,
        **done(teller) | {"state": Action.State.VERIFIED},
    )  # fmt: skip
    assert home(manager, company, "S111").overdue == 0


def test_a_counter_has_nothing_below(company: Company, teller: Person) -> None:
    assert home(teller, company, "K1").below is None


def test_a_unit_that_has_closed_is_not_counted(company: Company, manager: Person) -> None:
    company.k2.closed_on = TODAY
    company.k2.save()
    below = home(manager, company, "S111").below
    assert below is not None and [row.code for row in below.rows] == ["K1"]


@pytest.mark.parametrize("code", ["S111", "HQ"])
def test_more_counters_need_no_more_queries(company: Company, hq_officer: Person, teller: Person, code: str) -> None:
    counts = []
    for total in (3, 300):
        for number in range(0 if total == 3 else 3, total):
            unit = make_unit(f"K5{number:03}", company.s111, "柜面", "", "URBAN", "LARGE")
            make_action(unit, teller, hq_officer, due=date(2026, 11, 1 + number % 28))
        with CaptureQueriesContext(connection) as queries:
            home(hq_officer, company, code)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 18
