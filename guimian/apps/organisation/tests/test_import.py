"""The import: a plan that touches nothing, then exactly that plan, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from guimian.apps.organisation import services
from guimian.apps.organisation.models import Person, Skill, Unit
from guimian.apps.organisation.tests.books import PEOPLE, POSTS, UNITS, Sheets, book, whole
from guimian.apps.organisation.tests.cast import Company
from guimian.apps.organisation.tests.planning import NOW, counts, plan
from guimian.base.models import JournalEntry


@pytest.fixture(autouse=True)
def _claims(db: None) -> None:
    Skill.objects.create(code="CLAIM", name="理赔", name_en="Claims")


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
