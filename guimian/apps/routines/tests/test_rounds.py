"""Promises of walk-rounds: walked around the peaks, each tap kept, signed with their points, sent up when missed."""

from __future__ import annotations

from datetime import time, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company, acting, make_cast, make_company
from guimian.apps.routines import queries, services
from guimian.apps.routines.models import Peaks, Point, Round, RoundAnswer
from guimian.apps.routines.services import Seen, UnableToAnswer, UnableToSetPeaks, UnableToSignRound, UnableToStartRound
from guimian.apps.routines.tests.rows import TODAY, at, made_day, picture, round_of
from guimian.base import journal
from guimian.base.errors import Unable
from guimian.base.models import Action, Evidence, Finding, JournalEntry
from guimian.base.tests.together import together

TOMORROW = TODAY + timedelta(1)


def walking(company: Company, by: Person, slot: str = "MORNING", hour: int = 10) -> Round:
    made_day(company.k1, company.hq)
    return services.start_round(round=round_of(company.k1, slot), by=by, now=at(hour))


def answered(row: Round, by: Person, hour: int = 10, **off: Seen) -> None:
    for item in queries.form_of(row):
        services.answer_item(round=row, item=item, by=by, now=at(hour, 5), seen=off.get(item.code))


# ---------------------------------------------------------------- started
def test_a_round_is_started_in_its_window_or_late(company: Company, supervisor: Person, manager: Person) -> None:
    made_day(company.k1, company.hq)
    with pytest.raises(UnableToStartRound) as early:
        services.start_round(round=round_of(company.k1, "MORNING"), by=supervisor, now=at(9, 14))
    assert early.value.clause == "R1.5" and "09:15" in str(early.value.wanted)
    in_time = services.start_round(round=round_of(company.k1, "MORNING"), by=supervisor, now=at(10, 45))
    late = services.start_round(round=round_of(company.k1, "AFTERNOON"), by=manager, now=at(15, 46))
    assert (in_time.state, in_time.is_late, late.is_late) == ("WALKING", False, True)


def test_rounds_are_walked_by_those_who_lead_here(company: Company, teller: Person, outsider: Person) -> None:
    made_day(company.k1, company.hq)
    for person in (teller, outsider):
        with pytest.raises(UnableToStartRound):
            services.start_round(round=round_of(company.k1, "MORNING"), by=person, now=at(10))
        with pytest.raises(UnableToStartRound):
            services.start_extra(unit=company.k1, by=person, now=at(10))


def test_one_walks_one_round_at_a_time_and_an_extra_one_at_any_time(company: Company, supervisor: Person) -> None:
    row = walking(company, supervisor)
    with pytest.raises(UnableToStartRound):
        services.start_extra(unit=company.k1, by=supervisor, now=at(10, 30))
    answered(row, supervisor)
    services.sign_round(round=row, remark="", by=supervisor, now=at(10, 20))
    extras = [services.start_extra(unit=company.k1, by=supervisor, now=at(12)).slot]
    assert extras == ["EXTRA"]


# ---------------------------------------------------------------- seen
def test_the_form_is_that_of_the_part_of_the_day(company: Company) -> None:
    made_day(company.k1, company.hq)
    before = {item.code for item in queries.form_of(round_of(company.k1, "BEFORE"))}
    during = {item.code for item in queries.form_of(round_of(company.k1, "MORNING"))}
    assert "comment_book" in before and "surveillance" in during and not before & during


def test_a_repeated_tap_changes_nothing(company: Company, supervisor: Person) -> None:
    row = walking(company, supervisor)
    item = queries.form_of(row)[0]
    first = services.answer_item(round=row, item=item, by=supervisor, now=at(10, 1))
    again = services.answer_item(round=row, item=item, by=supervisor, now=at(10, 9))
    assert (again.pk, again.at) == (first.pk, first.at) and RoundAnswer.objects.count() == 1
    off = Seen("A lamp is dark", Decimal(1))
    other = queries.form_of(row)[1]
    for minute in (2, 3):
        services.answer_item(round=row, item=other, by=supervisor, now=at(10, minute), seen=off)
    assert Finding.objects.count() == 1 and RoundAnswer.objects.get(item=other).at == at(10, 2)


def test_points_off_make_a_finding_with_photo_owner_and_day_on_the_spot(
    company: Company, supervisor: Person, teller: Person
) -> None:
    row = walking(company, supervisor)
    item = queries.item_of(row, "light")
    assert item is not None
    seen = Seen("Lamp over window 2", photos=(("lamp.png", picture()),), owner=teller, due_date=TOMORROW)
    answer = services.answer_item(round=row, item=item, by=supervisor, now=at(10, 2), seen=seen)
    finding = answer.finding
    assert finding is not None and finding.clause == "R1.5" and "Lamp over window 2" in finding.what
    assert (answer.points, Evidence.objects.get().finding, Action.objects.get().owner) == (item.points, finding, teller)
    assert Action.objects.get().due_date == TOMORROW


def test_what_was_found_before_is_the_same_finding(company: Company, supervisor: Person) -> None:
    row = walking(company, supervisor)
    answered(row, supervisor, light=Seen("Lamp dark"))
    services.sign_round(round=row, remark="", by=supervisor, now=at(10, 20))
    later = services.start_round(round=round_of(company.k1, "AFTERNOON"), by=supervisor, now=at(15))
    answered(later, supervisor, 15, light=Seen("Lamp still dark"))
    assert Finding.objects.count() == 1 and RoundAnswer.objects.filter(is_fine=False).count() == 2


@pytest.mark.parametrize(
    "seen", [Seen("  "), Seen("x", Decimal(50)), Seen("x", Decimal(-1)), Seen("x", photos=(("a", b"no"),))]
)
def test_what_cannot_be_kept_is_refused_and_leaves_nothing(company: Company, supervisor: Person, seen: Seen) -> None:
    row = walking(company, supervisor)
    with pytest.raises(Unable):
        services.answer_item(round=row, item=queries.form_of(row)[0], by=supervisor, now=at(10, 2), seen=seen)
    assert not RoundAnswer.objects.exists() and not Finding.objects.exists()


def test_a_program_answers_the_rest_at_once_and_leaves_what_was_seen(company: Company, supervisor: Person) -> None:
    row = walking(company, supervisor)
    light = queries.item_of(row, "light")
    assert light is not None
    services.answer_item(round=row, item=light, by=supervisor, now=at(10, 2), seen=Seen("Lamp dark"))
    assert services.answer_rest(round=row, by=supervisor, now=at(10, 5)) == len(queries.form_of(row)) - 1
    assert services.answer_rest(round=row, by=supervisor, now=at(10, 6)) == 0
    assert services.sign_round(round=row, remark="", by=supervisor, now=at(10, 7)).points_off == light.points
    with pytest.raises(UnableToAnswer):
        services.answer_rest(round=row, by=supervisor, now=at(10, 8))


def test_points_off_are_not_taken_back_by_a_tap(company: Company, supervisor: Person) -> None:
    row = walking(company, supervisor)
    item = queries.form_of(row)[0]
    services.answer_item(round=row, item=item, by=supervisor, now=at(10, 2), seen=Seen("x"))
    with pytest.raises(UnableToAnswer):
        services.answer_item(round=row, item=item, by=supervisor, now=at(10, 3))


def test_a_round_that_is_not_walked_takes_no_answers(company: Company, supervisor: Person) -> None:
    made_day(company.k1, company.hq)
    row = round_of(company.k1, "MORNING")
    item = queries.form_of(row)[0]
    with pytest.raises(UnableToAnswer):
        services.answer_item(round=row, item=item, by=supervisor, now=at(10))
    services.start_round(round=row, by=supervisor, now=at(10))
    foreign = queries.form_of(round_of(company.k1, "BEFORE"))[0]
    with pytest.raises(UnableToAnswer):
        services.answer_item(round=row, item=foreign, by=supervisor, now=at(10, 1))


# ---------------------------------------------------------------- signed
def test_a_round_is_signed_once_all_is_seen_and_its_points_add_up(company: Company, supervisor: Person) -> None:
    row = walking(company, supervisor, hour=11)
    with pytest.raises(UnableToSignRound) as early:
        services.sign_round(round=row, remark="", by=supervisor, now=at(11, 10))
    assert (early.value.found, early.value.wanted) == (0, len(queries.form_of(row)))
    answered(row, supervisor, 11, light=Seen("Lamp dark"), surveillance=Seen("Clock slow", Decimal("1.5")))
    signed = services.sign_round(round=row, remark="Mostly well.", by=supervisor, now=at(11, 15))
    assert (signed.points_off, signed.state, signed.signed_by) == (Decimal("2.5"), "SIGNED", supervisor)
    points = {point.code: point.points for point in Point.objects.order_by("points")}
    assert points == {"routines.round.item": Decimal("1.5"), "routines.round.late": Decimal(1)}
    assert sum(point.points for point in Point.objects.filter(person=None)) == signed.points_off
    with pytest.raises(UnableToSignRound):
        services.sign_round(round=row, remark="", by=supervisor, now=at(11, 20))
    assert JournalEntry.objects.filter(event="routines.round.signed").count() == 1


# ---------------------------------------------------------------- missed
def test_a_round_nobody_walked_or_signed_goes_up(company: Company, supervisor: Person) -> None:
    row = walking(company, supervisor)
    assert services.miss_rounds(now=at(10, 1)) == 1  # the one before opening, due at nine
    assert services.miss_rounds(now=at(11, 46)) == 1
    row.refresh_from_db()
    assert row.state == "MISSED"
    assert services.miss_rounds(now=at(11, 46)) == 0
    assert services.miss_rounds(now=at(16, 46)) == 1
    assert Finding.objects.filter(code="routines.round.missed", clause="R1.5").count() == 3
    assert Point.objects.filter(code="routines.round.missed").count() == 3
    assert services.start_extra(unit=company.k1, by=supervisor, now=at(17)).state == "WALKING"


# ---------------------------------------------------------------- peaks
def test_peaks_hold_from_tomorrow_on_and_the_rounds_follow(company: Company) -> None:
    made_day(company.k1, company.hq)
    for _time in (1, 2):
        services.set_peaks(unit=company.k1, morning=time(11), afternoon=time(16), now=at(12))
    assert Peaks.objects.count() == JournalEntry.objects.filter(event="routines.peaks.set").count() == 1
    services.make_duties(unit=company.k1, day=TOMORROW, now=at(7, day=TOMORROW))
    assert round_of(company.k1, "MORNING").due_at == at(10, 45)
    assert round_of(company.k1, "MORNING", TOMORROW).due_at == at(11, 45, TOMORROW)


def test_peaks_are_a_counters_and_in_order(company: Company) -> None:
    with pytest.raises(UnableToSetPeaks):
        services.set_peaks(unit=company.s111, morning=time(10), afternoon=time(15), now=at(12))
    with pytest.raises(UnableToSetPeaks):
        services.set_peaks(unit=company.k1, morning=time(15), afternoon=time(15), now=at(12))


# ---------------------------------------------------------------- the weeks
def test_the_trend_tells_of_signed_rounds_within_reach(company: Company, supervisor: Person, outsider: Person) -> None:
    row = walking(company, supervisor)
    answered(row, supervisor, light=Seen("Lamp dark"))
    assert queries.trend(acting(supervisor), company.k1, TODAY) is None
    services.sign_round(round=row, remark="", by=supervisor, now=at(10, 30))
    with translation.override("en"):
        chart = queries.trend(acting(supervisor), company.k1, TODAY)
    assert chart is not None and list(chart.heads) == ["", "Well lit, no lamp broken"] and chart.rows[-1][1] == 1.0
    assert queries.trend(acting(outsider), company.k1, TODAY) is None


# ---------------------------------------------------------------- many at once
@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_starts_and_each_item_is_kept_once() -> None:
    company = make_company()
    supervisor = make_cast(company)["supervisor"]
    made_day(company.k1, company.hq)
    rows = [round_of(company.k1, "MORNING") for _number in range(6)]

    def start(number: int) -> bool:
        try:
            services.start_round(round=rows[number], by=supervisor, now=at(10))
        except UnableToStartRound:
            return False
        return True

    assert sum(together(start, 6)) == 1
    item = queries.form_of(rows[0])[0]
    together(lambda number: services.answer_item(round=rows[number], item=item, by=supervisor, now=at(10, 1)), 6)
    assert RoundAnswer.objects.count() == 1
    assert journal.verify() == []


def test_the_database_refuses_a_slot_twice_and_an_answer_without_words(company: Company, supervisor: Person) -> None:
    row = walking(company, supervisor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.create(unit=row.unit, day=row.day, slot="MORNING", from_at=at(9), due_at=at(10))
    item = queries.form_of(row)[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        RoundAnswer.objects.create(round=row, item=item, is_fine=False, at=at(10), by=supervisor)
