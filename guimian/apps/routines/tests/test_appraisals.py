"""Promises of the month's appraisal: every point counts once and is explained, and only those it is about see it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company, acting, make_cast, make_company
from guimian.apps.routines import queries, rules, services
from guimian.apps.routines.models import Appraisal, Mark, Point
from guimian.apps.routines.rules import PointFact
from guimian.apps.routines.services import UnableToObject, UnableToPublish
from guimian.apps.routines.tests.rows import TODAY, at, duty_of, made_day
from guimian.apps.routines.tests.test_pages import Clock, clock, page, post
from guimian.base.access import Role
from guimian.base.findings.services import assign_action, record_finding
from guimian.base.models import JournalEntry
from guimian.base.policy.queries import book
from guimian.base.tests.together import together

__all__ = ["clock"]
NOVEMBER, AFTER = date(2026, 11, 1), at(9, day=date(2026, 12, 1))
PATH = f"K1/routines/appraisals/{NOVEMBER}/"


def point(company: Company, source: str, points: str = "2", person: Person | None = None, day: date = TODAY) -> Point:
    return services.record_point(
        unit=company.k1, person=person, day=day, code="test.point", clause="R1.4", points=Decimal(points), why=f"why {source}",
        source=source, now=at(12),
    )  # fmt: skip


def published(company: Company, by: Person) -> Appraisal:
    return services.publish_appraisal(unit=company.k1, month=NOVEMBER, note="", by=by, now=AFTER)


def seen(person: Person, company: Company) -> set[str] | None:
    """Whose marks somebody sees; None when nothing."""
    with translation.override("zh-hans"):
        found = queries.appraisal_page(acting(person), company.k1, NOVEMBER, AFTER)
    return None if found is None else {mark.person for mark in found.marks}


# ---------------------------------------------------------------- points
def test_a_source_counts_once(company: Company) -> None:
    first, again = point(company, "a", "2"), point(company, "a", "5")
    assert first.pk == again.pk and Point.objects.get().points == 2


@given(st.lists(st.tuples(st.decimals(-9, 9, places=1), st.integers(1, 3) | st.none())))
def test_the_counters_score_holds_all_points_and_a_persons_their_own(rows: list[tuple[Decimal, int | None]]) -> None:
    figures, facts = book().policy(TODAY), [PointFact(points, person) for points, person in rows]
    counter = rules.add_up(figures, facts)
    people = [rules.add_up(figures, facts, person) for person in (1, 2, 3)]
    nobodys = sum((points for points, person in rows if person is None), Decimal(0))
    assert counter.points == nobodys + sum((one.points for one in people), Decimal(0))
    assert counter.score + counter.points == counter.base == 100


def test_an_overdue_action_costs_once(company: Company, manager: Person, supervisor: Person) -> None:
    finding = record_finding(unit=company.k1, code="x.y", clause="R7.1", what="Dark", by=manager, now=at(9))
    assign_action(finding=finding, what="", owner=supervisor, due_date=TODAY, by=manager, now=at(9))
    assert services.charge_overdue(now=at(23)) == 0
    tomorrow = at(1, day=TODAY + timedelta(1))
    assert (services.charge_overdue(now=tomorrow), services.charge_overdue(now=tomorrow)) == (1, 0)
    cost = Point.objects.get()
    assert (cost.person, cost.clause, cost.key) == (supervisor, "R7.1", str(finding.pk)) and cost.points == 2


# ---------------------------------------------------------------- published
def test_a_month_is_published_once_after_its_end_by_city_or_centre(
    company: Company, manager: Person, supervisor: Person, outsider: Person
) -> None:
    for person in (supervisor, outsider):
        with pytest.raises(UnableToPublish):
            published(company, person)
    with pytest.raises(UnableToPublish):
        services.publish_appraisal(unit=company.k1, month=NOVEMBER, note="", by=manager, now=at(9))
    with pytest.raises(UnableToPublish):
        services.publish_appraisal(unit=company.s111, month=NOVEMBER, note="", by=manager, now=AFTER)
    published(company, manager)
    with pytest.raises(UnableToPublish):
        published(company, manager)
    assert JournalEntry.objects.filter(event="routines.appraisal.published").count() == 1


def test_what_is_published_does_not_change(company: Company, manager: Person, teller: Person) -> None:
    point(company, "a", "2", teller)
    point(company, "b", "3")
    point(company, "c", "3", day=date(2026, 10, 31))
    published(company, manager)
    point(company, "d", "9")
    marks = {mark.person: mark for mark in Mark.objects.all()}
    assert marks[None].score == 95 and marks[teller].score == 98
    assert sum(Decimal(line["points"]) for line in marks[None].lines) == marks[None].points


def test_every_point_leads_to_its_source(company: Company, manager: Person, supervisor: Person) -> None:
    made_day(company.k1, company.hq)
    services.do_duty(day_duty=duty_of(company.k1, "doors"), by=supervisor, now=at(9, 5))
    services.tend(now=at(23))
    published(company, manager)
    found = queries.appraisal_page(acting(supervisor), company.k1, NOVEMBER, AFTER)
    assert found is not None and all(line.url for mark in found.marks for line in mark.lines)
    doors = f"/u/K1/routines/duties/{duty_of(company.k1, 'doors').pk}/"
    assert doors in {line.url for line in found.marks[0].lines}


def test_only_those_it_is_about_see_it(company: Company, cast: dict[str, Person]) -> None:
    point(company, "a", "2", cast["teller"])
    assert seen(cast["manager"], company) is not None
    assert seen(cast["supervisor"], company) is seen(cast["teller"], company) is None
    published(company, cast["manager"])
    everybody = seen(cast["supervisor"], company)
    assert everybody and {"", "郑洁", "王静"} <= everybody
    assert seen(cast["teller"], company) == {"", "郑洁"}
    assert seen(cast["cashier"], company) == {"", "王静"}
    assert seen(cast["archivist"], company) is None and seen(cast["outsider"], company) is None
    assert seen(cast["city_officer"], company) == everybody


def test_a_leak_of_marks_would_be_seen(
    company: Company, cast: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The seeded fault: everybody is taken for a leader."""
    published(company, cast["manager"])
    monkeypatch.setattr("guimian.apps.routines.queries.appraisals.LEADERS", frozenset(Role))
    with pytest.raises(AssertionError):
        assert seen(cast["teller"], company) == {"", "郑洁"}


def test_who_is_appraised_objects_once(company: Company, manager: Person, teller: Person, cashier: Person) -> None:
    published(company, manager)
    mine = Mark.objects.get(person=teller)
    with pytest.raises(UnableToObject):
        services.object_to(mark=mine, text="x", by=cashier, now=AFTER)
    with pytest.raises(UnableToObject):
        services.object_to(mark=mine, text=" ", by=teller, now=AFTER)
    services.object_to(mark=mine, text="I was on leave.", by=teller, now=AFTER)
    with pytest.raises(UnableToObject):
        services.object_to(mark=mine, text="Again", by=teller, now=AFTER)
    assert Mark.objects.get(pk=mine.pk).objection == "I was on leave."


# ---------------------------------------------------------------- pages
def test_it_is_reviewed_published_and_read(
    company: Company, manager: Person, teller: Person, cashier: Person, clock: Clock
) -> None:
    clock.now = AFTER
    point(company, "a", "2", teller)
    assert page(teller, PATH).status_code == 404
    assert "why a" in page(manager, PATH).content.decode()
    assert post(manager, f"{PATH}publish/", note="Seen").status_code == 302
    text = page(teller, PATH).content.decode()
    assert "why a" in text and "Zheng Jie" in text and "Wang Jing" not in text
    mark = Mark.objects.get(person=teller)
    assert post(cashier, f"K1/routines/appraisals/marks/{mark.pk}/object/", text="x").status_code == 404
    assert post(teller, f"K1/routines/appraisals/marks/{mark.pk}/object/", text="On leave").status_code == 302
    assert "On leave" in page(manager, PATH).content.decode()


def test_the_lists_tell_no_score_to_those_it_is_none_of(
    company: Company, manager: Person, archivist: Person, teller: Person, clock: Clock
) -> None:
    clock.now = AFTER
    point(company, "a", "2.5")
    published(company, manager)
    assert "97.5" in page(manager, "S111/routines/appraisals/").content.decode()
    assert "97.5" not in page(archivist, "S111/routines/appraisals/").content.decode()
    assert "97.5" in page(teller, "K1/routines/appraisals/").content.decode()
    assert "97.5" not in page(archivist, "K1/routines/appraisals/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_publishes_and_a_source_counts_once() -> None:
    company = make_company()
    manager = make_cast(company)["manager"]
    together(lambda _number: point(company, "same"), 6)
    assert Point.objects.count() == 1

    def publish(_number: int) -> bool:
        try:
            published(company, manager)
        except UnableToPublish:
            return False
        return True

    assert sum(together(publish, 6)) == 1
    assert Mark.objects.filter(person=None).count() == 1
