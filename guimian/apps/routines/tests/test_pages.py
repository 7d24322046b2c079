"""Promises of the pages of duties, rounds and catalogues."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guimian.apps.organisation.models import Person, Unit
from guimian.apps.organisation.tests.cast import Company, acting
from guimian.apps.routines import queries, services
from guimian.apps.routines.models import DayDuty, Duty, RoundAnswer
from guimian.apps.routines.services import UnableToSetEntry
from guimian.apps.routines.tests.rows import TODAY, at, duty_of, made_day, make_hours, picture, round_of
from guimian.base.models import Finding
from tests.access.routes import signed_in

DAY = f"?day={TODAY}"


class Clock:
    """What the doors read."""

    now = at(10)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    clock.now = at(10)
    monkeypatch.setattr(timezone, "now", lambda: clock.now)
    return clock


@pytest.fixture
def made(company: Company, clock: Clock) -> Company:
    made_day(company.k1, company.hq)
    return company


def page(person: Person, path: str, **given: Any) -> Any:
    return signed_in(person).get(f"/u/{path}", given)


def post(person: Person, path: str, **given: Any) -> Any:
    return signed_in(person).post(f"/u/{path}", given)


# ---------------------------------------------------------------- duties
def test_a_counter_sees_its_day_in_order(made: Company, supervisor: Person, clock: Clock) -> None:
    text = page(supervisor, "K1/routines/duties/").content.decode()
    places = [text.index(word) for word in ("Before opening", "Power and equipment", "During opening", "After closing")]
    assert places == sorted(places)
    assert "5 overdue" in text


def test_one_tap_does_a_duty(made: Company, supervisor: Person, clock: Clock) -> None:
    clock.now = at(8, 35)
    row = duty_of(made.k1, "power")
    answer = post(supervisor, f"K1/routines/duties/{row.pk}/do/")
    assert answer.status_code == 302
    assert duty_of(made.k1, "power").state == "DONE"


def test_a_refusal_stands_at_the_duty_with_its_clause(made: Company, supervisor: Person, clock: Clock) -> None:
    clock.now = at(8, 40)
    row = duty_of(made.k1, "briefing")
    answer = post(supervisor, f"K1/routines/duties/{row.pk}/do/")
    assert answer.status_code == 422 and "Say in a note what was done." in answer.content.decode()
    clock.now = at(17, 5)
    photo = SimpleUploadedFile("a.png", picture())
    locked = duty_of(made.k1, "locked")
    assert post(supervisor, f"K1/routines/duties/{locked.pk}/do/", photos=photo).status_code == 302
    shown = duty_of(made.k1, "locked").photos.get()
    assert page(supervisor, f"K1/routines/duties/photos/{shown.pk}/").headers["Content-Type"] == "image/png"


def test_anothers_duty_is_not_found(made: Company, outsider: Person) -> None:
    row = duty_of(made.k1, "power")
    assert post(outsider, f"K9/routines/duties/{row.pk}/do/").status_code == 404
    assert page(outsider, f"K9/routines/duties/{row.pk}/").status_code == 404


def test_a_teller_sees_but_does_not_do_what_is_not_theirs(made: Company, teller: Person, clock: Clock) -> None:
    row = duty_of(made.k1, "keeping")
    assert page(teller, "K1/routines/duties/").status_code == 200
    assert post(teller, f"K1/routines/duties/{row.pk}/do/").status_code == 422


def test_a_centre_sees_its_counters_the_worst_first(made: Company, manager: Person, supervisor: Person) -> None:
    services.do_duty(day_duty=duty_of(made.k1, "power"), by=supervisor, now=at(8, 35))
    services.miss_duties(now=at(10))
    rows = queries.counters_on(acting(manager), made.s111, TODAY, at(10))
    assert [(row.code, row.done, row.missed) for row in rows] == [("K1", 1, 3), ("K2", 0, 0)]
    assert rows[0].percent == 20.0 and rows[1].percent is None
    assert "People&#x27;s Road" in page(manager, "S111/routines/duties/", day=TODAY).content.decode()


def test_history_is_filtered_and_taken_to_excel(made: Company, manager: Person) -> None:
    services.miss_duties(now=at(10))
    text = page(manager, "S111/routines/duties/history/", state="MISSED", since=str(TODAY)).content.decode()
    assert "Power and equipment" in text and "Desks left" not in text
    assert page(manager, "S111/routines/duties/history/", export="xlsx").content.startswith(b"PK")


def many_counters(centre: Unit, count: int) -> None:
    """Counters with a duty each, past every service."""
    duty = Duty.objects.first()
    units = Unit.objects.bulk_create(
        Unit(
            code=f"M{number:04}", path=f"{centre.path}M{number:04}/", parent=centre, level="COUNTER", name="柜面",
            place="URBAN", size="LARGE",
        )
        for number in range(count)
    )  # fmt: skip
    DayDuty.objects.bulk_create(
        DayDuty(unit=unit, day=TODAY, duty=duty, code="power", part="BEFORE", from_at=at(8), due_at=at(9))
        for unit in units
    )


@pytest.mark.parametrize("path", ["duties/", "duties/history/", "rounds/"])
def test_300_counters_cost_no_more_questions_than_one(made: Company, manager: Person, path: str) -> None:
    client = signed_in(manager)
    client.get(f"/u/S111/routines/{path}{DAY}")
    with CaptureQueriesContext(connection) as few:
        assert client.get(f"/u/S111/routines/{path}{DAY}").status_code == 200
    many_counters(made.s111, 300)
    with CaptureQueriesContext(connection) as many:
        assert client.get(f"/u/S111/routines/{path}{DAY}").status_code == 200
    assert len(many) <= len(few)


# ---------------------------------------------------------------- rounds
def test_a_round_is_walked_and_signed_through_its_pages(made: Company, supervisor: Person, clock: Clock) -> None:
    row = round_of(made.k1, "MORNING")
    base = f"K1/routines/rounds/{row.pk}/"
    assert "Start" in page(supervisor, base).content.decode()
    assert post(supervisor, f"{base}start/").status_code == 302
    for item in queries.form_of(row):
        given = {"seen": "fine"}
        if item.code == "light":
            given = {"seen": "off", "what": "Lamp dark", "owner": str(supervisor.pk), "due_date": str(TODAY)}
        assert post(supervisor, f"{base}items/{item.code}/", **given).status_code == 302
    assert post(supervisor, f"{base}sign/").status_code == 302
    assert round_of(made.k1, "MORNING").state == "SIGNED" and Finding.objects.get().actions.count() == 1
    assert "Signed by" in page(supervisor, base).content.decode()


def test_a_refused_item_keeps_what_was_typed(made: Company, supervisor: Person, clock: Clock) -> None:
    row = round_of(made.k1, "MORNING")
    services.start_round(round=row, by=supervisor, now=clock.now)
    given = {"seen": "off", "what": "Lamp dark", "points": "50"}
    answer = post(supervisor, f"K1/routines/rounds/{row.pk}/items/light/", **given)
    text = answer.content.decode()
    assert answer.status_code == 422 and "Lamp dark" in text and "So many points are not the item" in text
    assert not RoundAnswer.objects.exists()
    assert post(supervisor, f"K1/routines/rounds/{row.pk}/items/nothing/", seen="fine").status_code == 404


def test_a_round_before_its_window_says_why(made: Company, supervisor: Person, clock: Clock) -> None:
    row = round_of(made.k1, "AFTERNOON")
    answer = signed_in(supervisor).post(f"/u/K1/routines/rounds/{row.pk}/start/", follow=True)
    assert "A round is walked around its peak" in answer.content.decode()


# ---------------------------------------------------------------- the catalogue
ENTRY = {
    "code": "windows", "title_zh": "擦窗", "title_en": "Windows cleaned", "clause": "R1.4", "part": "BEFORE", "points": "1",
    "position": "500", "rhythm": "DAILY", "number": "1", "anchor": "OPEN_FROM", "offset": "-5", "every": "0",
    "roles": ["SUPERVISOR"],
}  # fmt: skip
TOMORROW = TODAY + timedelta(1)


def test_headquarters_add_change_and_retire_from_a_day_on(made: Company, hq_officer: Person, clock: Clock) -> None:
    given = ENTRY | {"from_date": str(TOMORROW)}
    assert post(hq_officer, "HQ/routines/catalogue/duties/add/", **given).status_code == 302
    services.make_duties(unit=made.k1, day=TOMORROW, now=at(7, day=TOMORROW))
    assert duty_of(made.k1, "windows", day=TOMORROW).due_at == at(8, 55, TOMORROW)
    assert not DayDuty.objects.filter(code="windows", day=TODAY).exists()
    late = {"from_date": str(TODAY + timedelta(2))}
    assert post(hq_officer, "HQ/routines/catalogue/duties/windows/retire/", **late).status_code == 302
    assert "Take back" in page(hq_officer, "HQ/routines/catalogue/duties/windows/").content.decode()
    assert post(hq_officer, "HQ/routines/catalogue/duties/windows/withdraw/", **late).status_code == 302
    assert not Duty.objects.filter(is_retired=True).exists()


def test_the_past_is_not_rewritten(made: Company, hq_officer: Person, clock: Clock) -> None:
    answer = post(hq_officer, "HQ/routines/catalogue/duties/add/", **ENTRY, from_date=str(TODAY))
    assert answer.status_code == 422 and "what has passed stays as it was" in answer.content.decode()
    with pytest.raises(UnableToSetEntry):
        services.retire_entry(catalogue=Duty, unit=made.hq, code="power", from_date=TODAY, by=hq_officer, now=at(10))


def test_a_province_keeps_its_own_and_touches_nobody_elses(
    made: Company, province_officer: Person, clock: Clock
) -> None:
    make_hours(made.k9)
    off = {"from_date": str(TOMORROW)}
    assert post(province_officer, "P1/routines/catalogue/duties/power/retire/", **off).status_code == 302
    for unit in (made.k1, made.k9):
        services.make_duties(unit=unit, day=TOMORROW, now=at(7, day=TOMORROW))
    assert not DayDuty.objects.filter(unit=made.k1, day=TOMORROW, code="power").exists()
    assert DayDuty.objects.filter(unit=made.k9, day=TOMORROW, code="power").exists()
    assert post(province_officer, "HQ/routines/catalogue/duties/power/retire/", **off).status_code == 404
    with pytest.raises(UnableToSetEntry):
        services.retire_entry(
            catalogue=Duty, unit=made.c11, code="doors", from_date=TOMORROW, by=province_officer, now=at(10)
        )


def test_everybody_reads_the_catalogue_and_only_its_keepers_change_it(
    made: Company, teller: Person, manager: Person
) -> None:
    assert "Power and equipment" in page(teller, "K1/routines/catalogue/duties/").content.decode()
    assert "Toilets are clean" in page(teller, "K1/routines/catalogue/rounds/").content.decode()
    assert page(teller, "K1/routines/catalogue/nothing/").status_code == 404
    assert page(manager, "S111/routines/catalogue/duties/power/").status_code == 403
