"""A finding is found once, given to somebody who can see it, and closed only when another person has verified it."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company, make_cast, make_company
from guimian.base.findings import services
from guimian.base.findings.services import (
    UnableToAssign,
    UnableToRecordFinding,
    UnableToReportDone,
    UnableToVerify,
)
from guimian.base.models import Action, Finding, JournalEntry

NOW = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
DUE = date(2026, 3, 9)


def found(company: Company, by: Person | None = None, key: str = "", what: str = "The display is dark.") -> Finding:
    return services.record_finding(unit=company.k1, code="a.b", clause="R7.1", what=what, by=by, now=NOW, key=key)


def given(company: Company, cast: Mapping[str, Person], owner: str = "supervisor") -> Action:
    return services.assign_action(
        finding=found(company), what="", owner=cast[owner], due_date=DUE, by=cast["manager"], now=NOW
    )


def events() -> list[str]:
    return [entry.event.removeprefix("findings.") for entry in JournalEntry.objects.order_by("seq")]


def test_the_whole_way(company: Company, cast: Mapping[str, Person]) -> None:
    action = given(company, cast)
    services.report_done(action=action, note="Changed.", by=cast["supervisor"], now=NOW)
    action.refresh_from_db()
    services.reject_action(action=action, note="Still dark.", by=cast["manager"], now=NOW)
    services.report_done(action=action, note="Changed again.", by=cast["supervisor"], now=NOW)
    action.refresh_from_db()
    services.verify_action(action=action, note="", by=cast["manager"], now=NOW + timedelta(hours=1))
    finding = Finding.objects.get()
    assert (finding.state, finding.closed_at) == ("CLOSED", NOW + timedelta(hours=1))
    assert events() == [
        "finding.recorded", "action.assigned", "action.done", "action.rejected", "action.done", "action.verified",
    ]  # fmt: skip


def test_the_same_finding_is_found_once_and_opened_again_after_it_was_closed(company: Company) -> None:
    first = found(company, key="k")
    assert found(company, key="k") == first
    Finding.objects.filter(pk=first.pk).update(state="CLOSED", closed_at=NOW)
    assert found(company, key="k").state == "OPEN"
    assert Finding.objects.count() == 1
    assert events() == ["finding.recorded", "finding.reopened"]
    assert found(company) != found(company)


def test_nothing_said_is_no_finding(company: Company) -> None:
    with pytest.raises(UnableToRecordFinding):
        found(company, what="  ")


@pytest.mark.parametrize("owner", ["outsider"])
def test_nobody_gets_what_they_cannot_see(company: Company, cast: Mapping[str, Person], owner: str) -> None:
    with pytest.raises(UnableToAssign, match="reaches"):
        given(company, cast, owner)


def test_a_day_gone_by_is_no_due_day(company: Company, cast: Mapping[str, Person]) -> None:
    with pytest.raises(UnableToAssign) as refusal:
        services.assign_action(
            finding=found(company),
            what="",
            owner=cast["supervisor"],
            due_date=date(2026, 3, 1),
            by=cast["manager"],
            now=NOW,
        )
    assert (refusal.value.clause, refusal.value.found) == ("R7.1", date(2026, 3, 1))


def test_a_finding_is_in_one_pair_of_hands(company: Company, cast: Mapping[str, Person]) -> None:
    action = given(company, cast)
    with pytest.raises(UnableToAssign, match="has it"):
        services.assign_action(
            finding=action.finding, what="", owner=cast["guide"], due_date=DUE, by=cast["manager"], now=NOW
        )


def test_only_the_owner_reports_it_done_and_says_how(company: Company, cast: Mapping[str, Person]) -> None:
    action = given(company, cast)
    with pytest.raises(UnableToReportDone, match="owner"):
        services.report_done(action=action, note="x", by=cast["manager"], now=NOW)
    with pytest.raises(UnableToReportDone, match="what was done"):
        services.report_done(action=action, note=" ", by=cast["supervisor"], now=NOW)
    services.report_done(action=action, note="x", by=cast["supervisor"], now=NOW)
    with pytest.raises(UnableToReportDone, match="already"):
        services.report_done(action=action, note="x", by=cast["supervisor"], now=NOW)


def test_nobody_verifies_their_own_work(company: Company, cast: Mapping[str, Person]) -> None:
    action = given(company, cast)
    with pytest.raises(UnableToVerify, match="not reported done"):
        services.verify_action(action=action, note="", by=cast["manager"], now=NOW)
    services.report_done(action=action, note="x", by=cast["supervisor"], now=NOW)
    action.refresh_from_db()
    for verb in (services.verify_action, services.reject_action):
        with pytest.raises(UnableToVerify, match="another person"):
            verb(action=action, note="x", by=cast["supervisor"], now=NOW)
    with pytest.raises(UnableToVerify, match="missing"):
        services.reject_action(action=action, note="", by=cast["manager"], now=NOW)
    assert Finding.objects.get().state == "OPEN"


def test_the_database_itself_refuses_ones_own_verification(
    company: Company, cast: Mapping[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were the service to forget it, the constraint would not."""
    action = given(company, cast)
    services.report_done(action=action, note="x", by=cast["supervisor"], now=NOW)
    action.refresh_from_db()
    monkeypatch.setattr(services, "may_verify", lambda action, person: True)
    with pytest.raises(IntegrityError), transaction.atomic():
        services.verify_action(action=action, note="", by=cast["supervisor"], now=NOW)


def together(count: int, deed: Any) -> list[str]:
    """What became of a deed that so many do in the same moment."""
    start, said = threading.Barrier(count), []

    def one() -> None:
        start.wait()
        try:
            deed()
            said.append("done")
        except Exception as refusal:
            said.append(type(refusal).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _one in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(said)


@pytest.mark.django_db(transaction=True)
def test_two_verdicts_at_once_are_one() -> None:
    company = make_company()
    cast = make_cast(company)
    action = given(company, cast)
    services.report_done(action=action, note="x", by=cast["supervisor"], now=NOW)
    action.refresh_from_db()
    said = together(4, lambda: services.verify_action(action=action, note="", by=cast["manager"], now=NOW))
    assert said == ["UnableToVerify"] * 3 + ["done"]
    assert JournalEntry.objects.filter(event="findings.action.verified").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_rule_that_runs_twice_at_once_finds_once() -> None:
    company = make_company()
    assert together(4, lambda: found(company, key="same")) == ["done"] * 4
    assert Finding.objects.count() == 1
