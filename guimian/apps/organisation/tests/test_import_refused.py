"""An import is whole or not at all, and exactly what was shown."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import translation

from guimian.apps.organisation import services
from guimian.apps.organisation.models import Person, Skill
from guimian.apps.organisation.tests.books import PEOPLE, book, whole
from guimian.apps.organisation.tests.cast import Company
from guimian.apps.organisation.tests.planning import NOW, counts, plan


@pytest.fixture(autouse=True)
def _claims(db: None) -> None:
    Skill.objects.create(code="CLAIM", name="理赔", name_en="Claims")


def test_another_file_than_the_one_shown_is_refused(company: Company, city_officer: Person) -> None:
    shown = plan(whole(), company.c11, city_officer)
    other = dict(whole()) | {"People": [PEOPLE, ("20000001", "别人", "", ""), ("20000002", "乙", "", "")]}
    with pytest.raises(services.UnableToImport):
        services.apply_import(book(other), digest=shown.digest, scope=company.c11, by=city_officer, now=NOW)
    assert not Person.objects.filter(staff_number="20000001").exists()


def test_another_company_than_the_one_shown_is_refused(company: Company, city_officer: Person, manager: Person) -> None:
    data = book(whole())
    shown = services.plan_import(data, scope=company.c11, by=city_officer, now=NOW)
    services.add_window(unit=company.k1, number=1, by=None, now=NOW)  # this does not touch what the file does
    services.add_person(
        staff_number="20000002",
        name="先到",
        unit=company.k1,
        role="TELLER",
        starts_on=date(2026, 1, 5),
        by=manager,
        now=NOW,
    )
    with pytest.raises(services.UnableToImport):
        services.apply_import(data, digest=shown.digest, scope=company.c11, by=city_officer, now=NOW)
    assert Person.objects.get(staff_number="20000002").name == "先到"


def test_a_change_elsewhere_does_not_stand_in_the_way(company: Company, city_officer: Person) -> None:
    data = book(whole())
    shown = services.plan_import(data, scope=company.c11, by=city_officer, now=NOW)
    services.rename_unit(unit=company.k9, name="滨海柜面", name_en="", by=None, now=NOW)
    services.apply_import(data, digest=shown.digest, scope=company.c11, by=city_officer, now=NOW)


def test_a_plan_of_one_scope_is_no_plan_of_another(company: Company, hq_officer: Person) -> None:
    data = book(whole())
    shown = services.plan_import(data, scope=company.c11, by=hq_officer, now=NOW)
    with pytest.raises(services.UnableToImport):
        services.apply_import(data, digest=shown.digest, scope=company.p1, by=hq_officer, now=NOW)


def test_a_dry_run_that_kept_something_would_be_seen(
    company: Company, city_officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The seeded fault: the transaction of the plan is not rolled back."""
    before = counts()
    with monkeypatch.context() as fault:
        fault.setattr("django.db.transaction.set_rollback", lambda *_args, **_more: None)
        plan(whole(), company.c11, city_officer)
    assert counts() != before


def test_a_failure_half_way_leaves_nothing(
    company: Company, city_officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = book(whole())
    shown = services.plan_import(data, scope=company.c11, by=city_officer, now=NOW)
    before = counts()

    def fails(**_given: Any) -> None:
        raise RuntimeError("the power is cut")

    monkeypatch.setattr("guimian.apps.organisation.services.importing.windows.add_window", fails)
    with pytest.raises(RuntimeError):
        services.apply_import(data, digest=shown.digest, scope=company.c11, by=city_officer, now=NOW)
    assert counts() == before


def test_rows_that_somebody_else_holds_are_told(
    company: Company, city_officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A deadlock on PostgreSQL, a lock that is waited for too long on SQLite."""

    def stopped(*_args: object) -> None:
        raise OperationalError("deadlock detected")

    monkeypatch.setattr("guimian.apps.organisation.services.importing.run.Run.plan", stopped)
    with translation.override("en"), pytest.raises(services.UnableToImport, match="Somebody else was changing"):
        services.plan_import(book(whole()), scope=company.c11, by=city_officer, now=NOW)
