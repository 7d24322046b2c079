"""Changing figures: two people, a day to come, bounds; the past keeps its figures."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from guimian.apps.organisation.models import Person, Unit
from guimian.apps.organisation.tests.cast import Company, make_cast, make_company, make_person
from guimian.base import policy
from guimian.base.access import Role
from guimian.base.models import JournalEntry, PolicyOverride
from guimian.base.policy import queries, services
from guimian.base.tests.together import together
from guimian.engines.policy import Book, Figure
from guimian.engines.policy.book import Dated

NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY = date(2026, 11, 23)
TOMORROW = TODAY + timedelta(days=1)
KEY = "organisation.windows_large"


def proposed(unit: Unit, by: Person, **given: Any) -> PolicyOverride:
    fields: dict[str, Any] = {"key": KEY, "value": 14, "from_date": TOMORROW, "reason": "先行试点"} | given
    return services.propose_override(unit=unit, by=by, now=NOW, **fields)


def approved(unit: Unit, by: Person, second: Person, **given: Any) -> PolicyOverride:
    return services.approve_override(override=proposed(unit, by, **given), by=second, now=NOW)


def figure(unit: Unit, day: date, key: str = KEY) -> Any:
    return policy.on(day, unit)[key]


def test_a_proposal_changes_nothing_until_another_person_approves(
    company: Company, province_officer: Person, hq_officer: Person
) -> None:
    row = proposed(company.p1, province_officer)
    assert figure(company.k1, TOMORROW) == 15
    services.approve_override(override=row, by=hq_officer, now=NOW)
    assert figure(company.k1, TOMORROW) == 14
    assert figure(company.k9, TOMORROW) == 15
    events = list(JournalEntry.objects.order_by("seq").values_list("event", "unit__code", "by__staff_number"))
    assert events == [
        ("policy.override.proposed", "P1", province_officer.staff_number),
        ("policy.override.approved", "P1", hq_officer.staff_number),
    ]
    entry = JournalEntry.objects.get(event="policy.override.approved")
    assert entry.before == {"value": 15}
    assert entry.after is not None
    assert entry.after["value"] == 14


def test_yesterday_is_judged_by_yesterdays_figure(
    company: Company, province_officer: Person, hq_officer: Person
) -> None:
    approved(company.p1, province_officer, hq_officer)
    assert [figure(company.k1, TODAY + timedelta(days=n)) for n in (-1, 0, 1, 400)] == [15, 15, 14, 14]


def test_the_nearest_unit_wins_and_gives_back(
    company: Company, hq_officer: Person, province_officer: Person, city_officer: Person
) -> None:
    second = make_person("10000099", "何平", Role.HQ_OFFICER, company.hq)
    approved(company.hq, hq_officer, second, value=20)
    approved(company.p1, province_officer, hq_officer, value=12)
    later = TOMORROW + timedelta(days=7)
    approved(company.p1, province_officer, hq_officer, value=None, from_date=later)
    assert figure(company.k1, TOMORROW) == 12
    assert figure(company.k9, TOMORROW) == 20
    assert figure(company.k1, later) == 20
    assert policy.on(TOMORROW, company.k1).origin(KEY).path == company.p1.path


def test_a_change_ends_by_itself_and_an_earlier_one_holds_again(
    company: Company, province_officer: Person, hq_officer: Person
) -> None:
    start, end = TOMORROW + timedelta(days=10), TOMORROW + timedelta(days=20)
    approved(company.p1, province_officer, hq_officer, value=13)
    approved(company.p1, province_officer, hq_officer, value=11, from_date=start, until=end)
    days = [TOMORROW, start, end - timedelta(days=1), end]
    assert [figure(company.k1, day) for day in days] == [13, 11, 11, 13]


def test_nobody_decides_on_his_own_proposal(company: Company, province_officer: Person) -> None:
    row = proposed(company.p1, province_officer)
    for act in (services.approve_override, services.reject_override):
        with pytest.raises(services.UnableToDecideOverride) as refused:
            act(override=row, note="好", by=province_officer, now=NOW)
        assert refused.value.clause == "R10.11"
    with pytest.raises(IntegrityError), transaction.atomic():
        PolicyOverride.objects.filter(pk=row.pk).update(state="APPROVED", decided_by=province_officer, decided_at=NOW)


@pytest.mark.parametrize("who", ["manager", "supervisor", "teller", "city_officer", "outsider"])
def test_only_those_at_or_above_the_unit_decide(
    company: Company, cast: dict[str, Person], province_officer: Person, who: str
) -> None:
    row = proposed(company.p1, province_officer)
    with pytest.raises(services.UnableToDecideOverride):
        services.approve_override(override=row, by=cast[who], now=NOW)
    row.refresh_from_db()
    assert row.state == PolicyOverride.State.PROPOSED


@pytest.mark.parametrize(
    ("unit", "who"), [("p1", "city_officer"), ("c11", "manager"), ("hq", "province_officer"), ("p1", "outsider")]
)
def test_only_officers_at_or_above_the_unit_propose(
    company: Company, cast: dict[str, Person], unit: str, who: str
) -> None:
    with pytest.raises(services.UnableToProposeOverride) as refused:
        proposed(company[unit], cast[who])
    assert refused.value.clause == "R10.11"


@pytest.mark.parametrize("unit", ["s111", "k1"])
def test_a_counter_lives_by_the_figures_of_its_city(company: Company, hq_officer: Person, unit: str) -> None:
    with pytest.raises(services.UnableToProposeOverride) as refused:
        proposed(company[unit], hq_officer)
    assert refused.value.clause == "F8.2"


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"from_date": TODAY}, TODAY),
        ({"from_date": TODAY - timedelta(days=1)}, TODAY - timedelta(days=1)),
        ({"until": TOMORROW}, TOMORROW),
        ({"value": 100}, 100),
        ({"value": -1}, -1),
        ({"value": True}, True),
        ({"value": "14"}, "14"),
        ({"value": Decimal("1.5")}, Decimal("1.5")),
        ({"reason": "  "}, None),
        ({"key": "organisation.no_such"}, "organisation.no_such"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    company: Company, province_officer: Person, given: dict[str, Any], found: object
) -> None:
    with pytest.raises(services.UnableToProposeOverride) as refused:
        proposed(company.p1, province_officer, **given)
    assert refused.value.found == found
    assert not PolicyOverride.objects.exists()
    assert not JournalEntry.objects.exists()


def test_the_day_is_the_units_own(company: Company, province_officer: Person) -> None:
    """At 01:00 in Shanghai it is still the day before in New York: the unit's tomorrow is what counts."""
    company.p1.timezone = "America/New_York"
    company.p1.save(update_fields=["timezone"])
    early = datetime(2026, 11, 23, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
    row = services.propose_override(
        unit=company.p1, key=KEY, value=14, from_date=TODAY, reason="试点", by=province_officer, now=early
    )
    assert row.from_date == TODAY


def test_a_proposal_whose_day_has_come_is_not_approved(
    company: Company, province_officer: Person, hq_officer: Person
) -> None:
    row = proposed(company.p1, province_officer)
    with pytest.raises(services.UnableToDecideOverride) as refused:
        services.approve_override(override=row, by=hq_officer, now=NOW + timedelta(days=1))
    assert refused.value.wanted == TOMORROW + timedelta(days=1)


def test_one_proposal_a_figure_and_one_change_a_day(
    company: Company, province_officer: Person, hq_officer: Person
) -> None:
    row = proposed(company.p1, province_officer)
    with pytest.raises(services.UnableToProposeOverride):
        proposed(company.p1, province_officer, value=13)
    services.approve_override(override=row, by=hq_officer, now=NOW)
    again = proposed(company.p1, province_officer, value=13)
    with pytest.raises(services.UnableToDecideOverride):
        services.approve_override(override=again, by=hq_officer, now=NOW)


def test_turning_down_wants_a_word_and_is_final(company: Company, province_officer: Person, hq_officer: Person) -> None:
    row = proposed(company.p1, province_officer)
    with pytest.raises(services.UnableToDecideOverride):
        services.reject_override(override=row, note=" ", by=hq_officer, now=NOW)
    services.reject_override(override=row, note="依据不足", by=hq_officer, now=NOW)
    with pytest.raises(services.UnableToDecideOverride):
        services.approve_override(override=row, by=hq_officer, now=NOW)
    with pytest.raises(services.UnableToWithdrawOverride):
        services.withdraw_override(override=row, by=province_officer, now=NOW)
    assert figure(company.k1, TOMORROW) == 15


def test_only_the_proposer_withdraws(company: Company, province_officer: Person, hq_officer: Person) -> None:
    row = proposed(company.p1, province_officer)
    with pytest.raises(services.UnableToWithdrawOverride):
        services.withdraw_override(override=row, by=hq_officer, now=NOW)
    assert services.withdraw_override(override=row, by=province_officer, now=NOW).state == "WITHDRAWN"
    assert proposed(company.p1, province_officer).pk != row.pk


def test_a_locked_figure_is_the_same_everywhere(
    company: Company, hq_officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked = Figure("a.b", "R5.3", "count", {"zh": "甲", "en": "A"}, (Dated(date(2021, 1, 1), 1),), locked=True)
    monkeypatch.setattr(queries, "book", lambda: Book({"a.b": locked}))
    with pytest.raises(services.UnableToProposeOverride) as refused:
        proposed(company.hq, hq_officer, key="a.b", value=2)
    assert refused.value.clause == "R5.3"


@pytest.mark.parametrize(
    ("unit", "value"),
    [
        ("time_of_day", time(8, 30)),
        ("yes_no", False),
        ("percent", Decimal("12.50")),
        ("count", 7),
        ("roles", ("TELLER", "GUIDE")),
        ("list", ("甲", "乙")),
        ("text", "12"),
    ],
)
def test_values_come_back_from_the_database_as_they_went_in(unit: str, value: Any) -> None:
    kind = Figure("a.b", "R1", unit, {"zh": "甲", "en": "A"}, (Dated(date(2021, 1, 1), value),))
    back = queries.decoded(kind, queries.as_stored(value))
    assert back == value
    assert type(back) is type(value)
    assert queries.decoded(kind, queries.as_stored(None)) is None


def test_bounds_of_today_do_not_unmake_what_held(
    company: Company, province_officer: Person, hq_officer: Person
) -> None:
    row = approved(company.p1, province_officer, hq_officer)
    PolicyOverride.objects.filter(pk=row.pk).update(value=500)
    assert figure(company.k1, TOMORROW) == 500


@pytest.mark.django_db(transaction=True)
def test_of_many_deciders_at_once_one_decides() -> None:
    company = make_company()
    cast = make_cast(company)
    row = proposed(company.p1, cast["province_officer"])

    def decide(number: int) -> str:
        act = services.reject_override if number % 2 else services.approve_override
        try:
            return act(override=row, note="好", by=cast["hq_officer"], now=NOW).state
        except services.UnableToDecideOverride:
            return ""

    said = [state for state in together(decide, 10) if state]
    row.refresh_from_db()
    assert said == [row.state]
    assert JournalEntry.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_of_many_proposers_at_once_one_proposes() -> None:
    company = make_company()
    cast = make_cast(company)

    def propose(number: int) -> bool:
        try:
            proposed(company.p1, cast["province_officer"], value=number + 1)
        except services.UnableToProposeOverride:
            return False
        return True

    assert sum(together(propose, 10)) == 1
    assert PolicyOverride.objects.count() == 1


def test_everywhere_is_the_same_as_unit_by_unit(
    company: Company, province_officer: Person, hq_officer: Person, django_assert_num_queries: Any
) -> None:
    approved(company.p1, province_officer, hq_officer)
    approved(company.c21, hq_officer, make_person("10000099", "赵二", Role.HQ_OFFICER, company.hq), value=11)
    for day in (TODAY, TOMORROW):
        with django_assert_num_queries(1):
            figures = policy.everywhere(day)
            found = {unit.code: figures(unit)[KEY] for unit in (company.hq, company.k1, company.k2, company.k9)}
        assert found == {code: figure(company[code], day) for code in found}
    assert found == {"HQ": 15, "K1": 14, "K2": 14, "K9": 11}
