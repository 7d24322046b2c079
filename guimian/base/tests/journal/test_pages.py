"""The pages of the journal; no personal data in clear anywhere in it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation
from openpyxl import load_workbook

from guimian.apps.organisation import services
from guimian.apps.organisation.models import Person, Unit
from guimian.apps.organisation.tests.cast import Company
from guimian.base import journal
from guimian.base.access import Role
from guimian.base.journal import pages
from guimian.base.models import JournalEntry
from guimian.base.personal import without_personal
from guimian.base.tests.journal import tampering

NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
PHONE = "13812345621"
IDENTITY = "11010519491231002X"


def signed_in(client: Client, person: Person, language: str = "en") -> Client:
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["language"] = language
    return client


def record(unit: Unit, by: Person | None = None, **given: Any) -> JournalEntry:
    fields: dict[str, Any] = {"event": "policy.override.proposed", "subject": unit, "now": NOW} | given
    with transaction.atomic():
        return journal.record(unit=unit, by=by, **fields)


def listed(client: Client, unit: str, **query: str) -> str:
    response = client.get(reverse("journal:list", args=[unit]), query)
    assert response.status_code == 200
    return str(response.content.decode())


def test_the_list_says_who_what_when_and_why(
    client: Client, company: Company, manager: Person, supervisor: Person
) -> None:
    entry = record(company.k1, supervisor, before={"name": "旧"}, after={"name": "新", "open": True}, reason="改名")
    html = listed(signed_in(client, manager), "S111")
    for words in ("Wu Fang", "Change of a figure proposed", "旧", "新", "改名", "People&#x27;s Road", "10:00"):
        assert words in html
    page = client.get(reverse("journal:entry", args=["S111", entry.pk])).content.decode()
    for words in (entry.digest, entry.previous, "改名", "Before"):
        assert words in page


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_list_stands_in_both_languages(client: Client, company: Company, manager: Person, language: str) -> None:
    record(company.k1, event="no.title.given", subject="a thing without a row")
    assert "no.title.given" in listed(signed_in(client, manager, language), "K1")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, {"甲", "乙"}),
        ({"since": "2026-11-23"}, {"乙"}),
        ({"until": "2026-11-22"}, {"甲"}),
        ({"since": "2026-11-22", "until": "2026-11-22"}, {"甲"}),
        ({"until": "9999-12-31"}, {"甲", "乙"}),
        ({"event": "policy.override.approved"}, {"甲"}),
        ({"person": "Wu"}, {"甲"}),
        ({"person": "10000005"}, {"甲"}),
        ({"q": "乙"}, {"乙"}),
        ({"q": "figure approved"}, {"甲"}),
        ({"since": "a", "event": "b", "page": "-1", "sort": "no"}, {"甲", "乙"}),
    ],
)
def test_the_list_is_filtered(
    client: Client, company: Company, manager: Person, supervisor: Person, query: dict[str, str], shown: set[str]
) -> None:
    night = NOW.replace(hour=23) - timedelta(days=1)
    record(company.k1, supervisor, event="policy.override.approved", now=night, reason="原因甲")
    record(company.k1, None, now=NOW.replace(hour=0), reason="原因乙")
    html = listed(signed_in(client, manager), "S111", **query)
    assert {mark for mark in ("甲", "乙") if f"原因{mark}" in html} == shown


def test_the_list_goes_to_excel_without_formulas(client: Client, company: Company, manager: Person) -> None:
    record(company.k1, reason="=1+1", after={"name": "新"})
    response = signed_in(client, manager).get(reverse("journal:list", args=["K1"]), {"export": "xlsx"})
    sheet = load_workbook(BytesIO(response.content)).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert "=1+1" in {cell.value for cell in cells}
    assert {cell.data_type for cell in cells} <= {"s", "d", "n"}


def test_others_see_nothing(client: Client, company: Company, outsider: Person, teller: Person) -> None:
    entry = record(company.k1, reason="内部原因")
    assert "内部原因" not in listed(signed_in(client, outsider), "K9")
    for name in ("list", "verify"):
        assert client.get(reverse(f"journal:{name}", args=["K1"])).status_code == 404
    assert client.get(reverse("journal:entry", args=["K9", entry.pk])).status_code == 404
    assert client.get(reverse("journal:entry", args=["K1", entry.pk])).status_code == 404
    signed_in(client, teller)
    assert client.get(reverse("journal:list", args=["K1"])).status_code == 403
    assert client.get(reverse("journal:entry", args=["K1", entry.pk])).status_code == 403


def test_the_verification_page_says_what_is_broken(client: Client, company: Company, manager: Person) -> None:
    for number in range(4):
        record(company.k1, subject=f"thing:{number}")
    with transaction.atomic():
        journal.seal(unit=company.k1, day=date(2026, 11, 23), by=manager, now=NOW)
    signed_in(client, manager)
    whole = client.get(reverse("journal:verify", args=["K1"])).content.decode()
    assert "Holds" in whole
    assert "2026-11-23" in whole
    assert (
        reverse("journal:verify", args=["K1"]) in client.get(reverse("journal:verify", args=["S111"])).content.decode()
    )
    with tampering.lifted_triggers():
        tampering.rewrite(company.k1, 3)
    assert "Broken at row 3." in client.get(reverse("journal:verify", args=["K1"])).content.decode()


def test_a_chain_too_long_for_a_page_is_the_commands(
    client: Client, company: Company, manager: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(company.k1)
    monkeypatch.setattr(pages, "MOST_AT_ONCE", 0)
    html = signed_in(client, manager).get(reverse("journal:verify", args=["K1"])).content.decode()
    assert "guimian journal verify --unit K1" in html


def test_the_list_asks_the_same_number_of_questions_for_many_rows(
    client: Client, company: Company, manager: Person, django_assert_max_num_queries: Any
) -> None:
    for number in range(40):
        record(company.k1, manager, subject=manager if number % 2 else company.k1)
    signed_in(client, manager)
    with django_assert_max_num_queries(16):
        listed(client, "S111")


# ---------------------------------------------------------------- personal data
def stored() -> str:
    rows = JournalEntry.objects.values_list("before", "after", "reason", "subject")
    return "\n".join(str(row) for row in rows)


def test_personal_data_never_stands_in_the_journal(company: Company, hq_officer: Person) -> None:
    person = services.add_person(
        staff_number="20000001",
        name="赵新",
        unit=company.k1,
        role=Role.TELLER,
        starts_on=date(2026, 11, 23),
        by=hq_officer,
        now=NOW,
        phone=PHONE,
        identity=IDENTITY,
        email="zhao@example.com",
    )
    record(
        company.k1, subject=person, before={"text": f"电话{PHONE}"}, after={"list": [{"id": IDENTITY}]}, reason=PHONE
    )
    kept = stored()
    for clear in (PHONE, IDENTITY, "zhao@example.com"):
        assert clear not in kept
    assert "138******21" in kept
    assert journal.verify() == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (f"致电{PHONE}，未接", "致电138******21，未接"),
        (f"证件 {IDENTITY}", "证件 1****************X"),
        ("保单 2026112300012345", "保单 2026112300012345"),
        ("工号 10000013", "工号 10000013"),
        ("合计 13812345.62 元", "合计 13812345.62 元"),
        ("a13812345621b", "a13812345621b"),
        ("", ""),
    ],
)
def test_numbers_of_people_are_masked_and_others_kept(text: str, kept: str) -> None:
    assert without_personal(text) == kept


def test_facts_are_told_in_words(company: Company, province_officer: Person) -> None:
    facts = {
        "key": "organisation.windows_large",
        "role": "TELLER",
        "state": "APPROVED",
        "is_open": True,
        "list": ["甲"],
    }
    entry = record(company.p1, subject="base.policyoverride:1", before={"state": "PROPOSED"}, after=facts)
    with translation.override("en"):
        told = {one.name: (one.before, one.after, one.kind) for one in pages.differences(entry)}
        line = pages.in_words(entry)
    assert told == {
        "State": ("Waiting for approval", "Approved", "changed"),
        "Figure": ("–", "Windows of a large standard counter, at most", "added"),
        "Role": ("–", "Teller", "added"),
        "is open": ("–", "Yes", "added"),
        "list": ("–", "甲", "added"),
    }
    assert "State: Waiting for approval → Approved" in line


def test_things_and_facts_are_called_by_their_names(company: Company, hq_officer: Person) -> None:
    person = services.add_person(
        staff_number="20000002", name="赵新", unit=company.k1, role=Role.TELLER, starts_on=date(2026, 11, 23),
        by=hq_officer, now=NOW, phone=PHONE,
    )  # fmt: skip
    entry = JournalEntry.objects.get(event="organisation.person.joined", subject=f"organisation.person:{person.pk}")
    with translation.override("zh-hans"):
        told = {one.name: one.after for one in pages.differences(entry)}
        assert str(pages.subject_of(entry)) == f"人员 {person.pk}"
    assert told["姓名"] == "赵新"
    assert told["电话"] == "已填写"
    assert told["首个岗位"] == f"岗位 柜员, 机构 {company.k1.code}, 开始日期 2026-11-23"
