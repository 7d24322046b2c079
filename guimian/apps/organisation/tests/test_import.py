"""The import: a plan that touches nothing, then exactly that plan, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from guimian.apps.organisation import services
from guimian.apps.organisation.models import Person, Post, Skill, Unit, Window
from guimian.apps.organisation.tests.books import PEOPLE, POSTS, UNITS, WINDOWS, Sheets, book, whole
from guimian.apps.organisation.tests.cast import Company
from guimian.base.models import JournalEntry

NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
MODELS = (Unit, Person, Post, Window, JournalEntry)


@pytest.fixture(autouse=True)
def _claims(db: None) -> None:
    Skill.objects.create(code="CLAIM", name="理赔", name_en="Claims")


def counts() -> list[int]:
    return [model._default_manager.count() for model in MODELS]


def plan(sheets: Sheets, scope: Unit | None, by: Person | None) -> services.ImportPlan:
    with translation.override("en"):
        return services.plan_import(book(sheets), scope=scope, by=by, now=NOW)


def done(data: bytes, scope: Unit | None, by: Person | None) -> services.ImportPlan:
    shown = services.plan_import(data, scope=scope, by=by, now=NOW)
    return services.apply_import(data, digest=shown.digest, scope=scope, by=by, now=NOW)


def test_the_plan_tells_all_and_writes_nothing(company: Company, city_officer: Person) -> None:
    before = counts()
    shown = plan(whole(), company.c11, city_officer)
    assert not shown.bad and shown.counts == {"new": 7, "changed": 0, "unchanged": 0}
    assert [(row.sheet, row.line, row.key) for row in shown.rows][:3] == [
        ("Units", 2, "K3"), ("People", 2, "20000001"), ("People", 3, "20000002"),
    ]  # fmt: skip
    assert counts() == before


def test_personal_data_is_named_and_not_shown(company: Company, city_officer: Person) -> None:
    assert "12000000001" not in repr(plan(whole(), company.c11, city_officer).rows)
    done(book(whole()), company.c11, city_officer)
    assert not any("12000000001" in f"{entry.after}" for entry in JournalEntry.objects.all())


def test_applying_does_what_was_shown(company: Company, city_officer: Person, teller: Person) -> None:
    data = book(whole())
    assert done(data, company.c11, city_officer).changes == 7
    unit = Unit.objects.get(code="K3")
    assert (unit.path, unit.place, unit.opened_on) == ("HQ/P1/C11/S111/K3/", "URBAN_INNER", date(2026, 1, 5))
    person = Person.objects.get(staff_number="20000001")
    assert (person.phone, person.posts.get().unit) == ("12000000001", unit)
    assert teller.posts.get(role="GUIDE").ends_on == date(2099, 1, 1)
    assert [skill.code for skill in unit.windows.get().skills.all()] == ["CLAIM"]
    last = JournalEntry.objects.latest("pk")
    assert (last.event, last.unit, last.by) == ("organisation.import.applied", company.c11, city_officer)
    assert last.after is not None and last.after["new"] == 7


def test_the_same_file_again_changes_nothing(company: Company, city_officer: Person) -> None:
    data = book(whole())
    done(data, company.c11, city_officer)
    before = counts()
    again = done(data, company.c11, city_officer)
    assert again.counts == {"new": 0, "changed": 0, "unchanged": 7}
    assert counts() == before


def test_what_changed_since_is_shown_and_then_changed(company: Company, city_officer: Person, teller: Person) -> None:
    done(book(whole()), company.c11, city_officer)
    sheets: Sheets = {
        "Units": [("Code", "Name"), ("K3", "新新柜面")],
        "People": [("Staff number", "Telephone"), ("20000001", "12000000009")],
        "Posts": [POSTS, ("10000006", "Guide", "K2", "2026-01-05", "2027-01-01")],
        "Windows": [("Unit code", "Window", "Priority"), ("K3", 1, "Yes")],
    }
    shown = done(book(sheets), company.c11, city_officer)
    assert {row.sheet: row.fields for row in shown.rows} == {
        "Units": (("name", "新柜面", "新新柜面"),),
        "People": (("phone", "given", "changed"),),
        "Posts": (("ends_on", "2099-01-01", "2027-01-01"),),
        "Windows": (("is_priority", "False", "True"),),
    }
    assert teller.posts.get(role="GUIDE").ends_on == date(2027, 1, 1)
    assert Unit.objects.get(code="K3").size == "INNER", "an empty or missing cell leaves what stands"


def test_units_may_stand_in_any_order(company: Company, hq_officer: Person) -> None:
    rows = [
        ("K4", "S112", "", "柜面", "Urban inner counter", "Inner counter", ""),
        ("S112", "C12", "", "中心", "", "", ""),
        ("C12", "P1", "", "市", "", "", ""),
    ]
    done(book({"Units": [UNITS, *rows]}), company.hq, hq_officer)
    assert Unit.objects.get(code="K4").path == "HQ/P1/C12/S112/K4/"


BAD: dict[str, tuple[str, tuple[Any, ...], str, str]] = {
    "a circle": ("Units", ("K7", "K7", "", "x", "", "", ""), "a line of parents", ""),
    "an unknown parent": ("Units", ("K7", "S999", "", "x", "", "", ""), "within your reach", ""),
    "no parent": ("Units", ("K7", "", "", "x", "", "", ""), "names the one above it", ""),
    "no name": ("Units", ("K7", "S111", "", "", "Urban inner counter", "Inner counter", ""), "has a name", ""),
    "a wrong level": ("Units", ("K7", "S111", "City", "x", "", "", ""), "(Counter)", ""),
    "kind and class": ("Units", ("K7", "S111", "", "x", "Urban inner counter", "Flagship", ""), "inner class", "F2.1"),
    "a counter of its own": ("Units", ("K7", "S111", "", "x", "Urban counter", "Flagship", ""), "HQ officer", "F4.1"),
    "a unit that moves": ("Units", ("K1", "C11", "", "", "", "", ""), "A unit never moves", ""),
    "a unit elsewhere": ("Units", ("K9", "", "", "x", "", "", ""), "outside your reach", ""),
    "a person without a post": ("People", ("20000009", "x", "", ""), "sheet of posts", ""),
    "a number elsewhere": ("People", ("10000013", "x", "", ""), "sheet of posts", ""),
    "a person elsewhere": ("Posts", ("10000013", "Teller", "K1", "2026-12-01", ""), "person within your reach", ""),
    "a place elsewhere": ("Posts", ("10000006", "Teller", "K9", "2026-12-01", ""), "unit within your reach", ""),
    "a role too high": ("Posts", ("10000006", "City officer", "C11", "2026-12-01", ""), "Centre manager", "R10.11"),
    "a role elsewhere": ("Posts", ("10000006", "Boss", "C11", "2026-12-01", ""), "one of: HQ officer", ""),
    "a wrong level of post": ("Posts", ("10000006", "Counter supervisor", "C11", "2026-12-01", ""), "(Counter)", "R10.11"),
    "an end before the start": ("Posts", ("10000006", "Guide", "K1", "2026-12-01", "2026-11-30"), "ends after", ""),
    "an unknown skill": ("Windows", ("K1", 1, "", "Magic", ""), "理赔", ""),
    "a cashier inside": ("Windows", ("K2", 1, "", "", "Yes"), "no cashier", "F3.2"),
    "a window of a city": ("Windows", ("C11", 1, "", "", ""), "open counter", ""),
}  # fmt: skip
HEADS = {"Units": UNITS, "People": PEOPLE, "Posts": POSTS, "Windows": WINDOWS}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_line_is_told_and_nothing_is_done(company: Company, city_officer: Person, kind: str) -> None:
    """The sound lines beside it wait as well: whole or not at all."""
    sheet, row, wanted, clause = BAD[kind]
    sheets = dict(whole())
    sheets[sheet] = [HEADS[sheet], *sheets[sheet][1:], row]
    shown = plan(sheets, company.c11, city_officer)
    (cell,) = shown.bad
    assert (cell.sheet, cell.line, cell.clause) == (sheet, len(sheets[sheet]), clause)
    assert wanted in cell.wanted and cell.found
    before = counts()
    with pytest.raises(services.UnableToImport):
        services.apply_import(book(sheets), digest=shown.digest, scope=company.c11, by=city_officer, now=NOW)
    assert counts() == before


def test_nobody_gives_himself_a_post_by_a_file(company: Company, hq_officer: Person) -> None:
    """R10.11."""
    sheets = {"Posts": [POSTS, ("10000001", "Teller", "K1", "2026-12-01", "")]}
    (cell,) = plan(sheets, company.hq, hq_officer).bad
    assert cell.clause == "R10.11" and "himself" in cell.wanted


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


def test_the_command_line_brings_in_a_company_from_nothing(db: None, tmp_path: Any, capsys: Any) -> None:
    from django.core.management import CommandError, call_command

    rows: Mapping[str, Any] = {
        "Units": [UNITS, ("HQ", "", "HQ", "总公司", "", "", "2020-01-01"), ("P1", "HQ", "", "省", "", "", "")],
        "People": [PEOPLE, ("10000001", "总", "", "")],
        "Posts": [POSTS, ("10000001", "HQ officer", "HQ", "2026-01-01", "")],
    }
    file = tmp_path / "company.xlsx"
    file.write_bytes(book(rows))
    call_command("import_organisation", str(file), "--dry-run")
    assert not Unit.objects.exists() and "4 new" in capsys.readouterr().out
    call_command("import_organisation", str(file))
    assert list(Unit.objects.values_list("path", flat=True).order_by("path")) == ["HQ/", "HQ/P1/"]
    file.write_bytes(book({"Units": [UNITS, ("P1", "", "", "", "Urban counter", "", "")]}))
    with pytest.raises(CommandError, match="1 bad"):
        call_command("import_organisation", str(file))
