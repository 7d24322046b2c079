"""Opening, changing and closing units."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from guimian.apps.organisation import services
from guimian.apps.organisation.models import Person, Unit
from guimian.apps.organisation.tests.cast import Company
from guimian.base.models import JournalEntry

NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = date(2026, 11, 23)


def opened(parent: Unit, by: Person | None, **given: Any) -> Unit:
    usual = {"code": "K7", "name": "新柜面", "place": "URBAN", "size": "SMALL", "opened_on": TODAY}
    fields: dict[str, Any] = usual | given
    return services.open_unit(parent=parent, by=by, now=NOW, **fields)


def test_opening_a_counter_writes_one_row_and_one_entry(company: Company, hq_officer: Person) -> None:
    unit = opened(company.s111, hq_officer)
    assert (unit.level, unit.path) == ("COUNTER", "HQ/P1/C11/S111/K7/")
    entry = JournalEntry.objects.get()
    assert (entry.event, entry.unit, entry.by) == ("organisation.unit.opened", unit, hq_officer)
    assert entry.after is not None
    assert entry.after["code"] == "K7"


def test_a_new_counter_is_opened_by_headquarters_except_an_inner_one(
    company: Company, province_officer: Person
) -> None:
    with pytest.raises(services.UnableToOpenUnit) as refused:
        opened(company.s111, province_officer)
    assert refused.value.clause == "F4.1"
    assert opened(company.s111, province_officer, place="URBAN_INNER", size="INNER").pk


@pytest.mark.parametrize(
    ("given", "clause"),
    [
        ({"code": "K1"}, ""),
        ({"code": "k-7"}, ""),
        ({"timezone": "Mars/Olympus"}, ""),
        ({"timezone": "../etc"}, ""),
        ({"place": "URBAN", "size": "INNER"}, "F2.1"),
        ({"place": "", "size": ""}, "F2.1"),
    ],
)
def test_what_cannot_be_opened_is_refused_and_leaves_nothing(
    company: Company, hq_officer: Person, given: dict[str, str], clause: str
) -> None:
    before = Unit.objects.count()
    with pytest.raises(services.UnableToOpenUnit) as refused:
        opened(company.s111, hq_officer, **given)
    assert refused.value.clause == clause
    assert Unit.objects.count() == before
    assert not JournalEntry.objects.exists()


def test_nothing_stands_below_a_counter_or_beside_headquarters(company: Company) -> None:
    with pytest.raises(services.UnableToOpenUnit):
        opened(company.k1, None)
    with pytest.raises(services.UnableToOpenUnit):
        services.open_unit(parent=None, code="HQ2", name="另一个总公司", opened_on=TODAY, by=None, now=NOW)
    with pytest.raises(services.UnableToOpenUnit) as refused:
        opened(company.c11, None)
    assert refused.value.clause == "F2.1"


def test_renaming_keeps_code_and_path(company: Company, city_officer: Person) -> None:
    unit = services.rename_unit(unit=company.k1, name="人民南路柜面", name_en="South Road", by=city_officer, now=NOW)
    assert (unit.code, unit.path, unit.name) == ("K1", company.k1.path, "人民南路柜面")
    entry = JournalEntry.objects.get()
    assert entry.before == {"name": "人民路柜面", "name_en": "People's Road"}
    services.rename_unit(unit=unit, name="人民南路柜面", name_en="South Road", by=city_officer, now=NOW)
    assert JournalEntry.objects.count() == 1


def test_a_unit_never_moves(company: Company) -> None:
    for field in ("code", "path", "parent", "level"):
        with pytest.raises(TypeError, match="never change"):
            services.change_unit(unit=company.k1, by=None, now=NOW, **{field: "X"})


def test_a_class_that_allows_fewer_windows_than_stand_is_refused(company: Company) -> None:
    for number in range(1, 12):
        services.add_window(unit=company.k1, number=number, by=None, now=NOW)
    with pytest.raises(services.UnableToChangeUnit) as refused:
        services.change_unit(unit=company.k1, size="SMALL", by=None, now=NOW)
    assert (refused.value.clause, refused.value.found, refused.value.wanted) == ("F8.2", 11, 10)
    assert services.change_unit(unit=company.k1, size="MEDIUM", by=None, now=NOW).size == "MEDIUM"


def test_closing_waits_for_posts_and_units_below(company: Company, teller: Person, hq_officer: Person) -> None:
    with pytest.raises(services.UnableToCloseUnit):
        services.close_unit(unit=company.s111, closed_on=TODAY, reason="合并", by=hq_officer, now=NOW)
    with pytest.raises(services.UnableToCloseUnit) as refused:
        services.close_unit(unit=company.k1, closed_on=TODAY, reason="合并", by=hq_officer, now=NOW)
    assert refused.value.clause == "F4.2"
    assert Unit.objects.get(code="K1").closed_on is None


def test_closing_closes_the_windows_too(company: Company, hq_officer: Person) -> None:
    services.add_window(unit=company.k2, number=1, by=None, now=NOW)
    unit = services.close_unit(unit=company.k2, closed_on=TODAY, reason="合并", by=hq_officer, now=NOW)
    assert unit.closed_on == TODAY
    assert unit.windows.get().closed_on == TODAY
    for verb in (
        lambda: services.close_unit(unit=unit, closed_on=TODAY, reason="", by=None, now=NOW),
        lambda: services.change_unit(unit=unit, name="又开", by=None, now=NOW),
        lambda: services.add_window(unit=unit, number=2, by=None, now=NOW),
    ):
        with pytest.raises((services.UnableToCloseUnit, services.UnableToChangeUnit, services.UnableToAddWindow)):
            verb()


def test_units_do_not_close_in_the_past_and_headquarters_never(company: Company) -> None:
    with pytest.raises(services.UnableToCloseUnit):
        services.close_unit(unit=company.k2, closed_on=TODAY - timedelta(1), reason="", by=None, now=NOW)
    with pytest.raises(services.UnableToCloseUnit):
        services.close_unit(unit=company.hq, closed_on=TODAY, reason="", by=None, now=NOW)
