"""Telephone and identity number are seen for a reason, a few times an hour, and never without a row in the journal (R10.7)."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company
from guimian.apps.organisation.tests.visiting import as_, page
from guimian.base.models import JournalEntry

PHONE, REASON = "12000000001", "Called about the roster"
URL = "/u/K1/organisation/people/10000006/reveal/phone/"


@pytest.fixture(autouse=True)
def _a_telephone(teller: Person) -> None:
    teller.phone = PHONE
    teller.save()
    cache.clear()


def test_the_page_masks_and_offers_to_show(supervisor: Person, guide: Person) -> None:
    assert "120******01" in page(as_(supervisor), URL.removesuffix("reveal/phone/"))
    words = page(as_(guide), URL.removesuffix("reveal/phone/"))
    assert "120******01" in words and "reveal" not in words and PHONE not in words


def test_a_reason_shows_it_once_and_is_kept(supervisor: Person) -> None:
    client = as_(supervisor)
    answer = client.post(URL, {"reason": f"{REASON} of 13800000021"})
    assert answer.status_code == 200 and PHONE in answer.content.decode()
    entry = JournalEntry.objects.get()
    assert (entry.event, entry.by, entry.after) == ("personal.revealed", supervisor, {"field": "phone"})
    assert entry.reason == f"{REASON} of 138******21", "what somebody types into a reason is masked as well"
    assert PHONE not in page(client, URL.removesuffix("reveal/phone/"))


@pytest.mark.parametrize("reason", ["", "   ", "x", "a b"])
def test_without_a_reason_nothing_is_shown(supervisor: Person, reason: str) -> None:
    answer = as_(supervisor).post(URL, {"reason": reason})
    assert answer.status_code == 422 and PHONE not in answer.content.decode() and "R10.7" in answer.content.decode()
    assert not JournalEntry.objects.exists()


def test_an_hour_has_its_measure(supervisor: Person) -> None:
    client = as_(supervisor)
    answers = [client.post(URL, {"reason": REASON}) for _look in range(31)]
    assert [answer.status_code for answer in answers] == [200] * 30 + [422]
    assert PHONE not in answers[-1].content.decode() and JournalEntry.objects.count() == 30


@pytest.mark.parametrize("field", ["name", "password", "phone_index", "email"])
def test_other_fields_are_not_shown(supervisor: Person, field: str) -> None:
    assert as_(supervisor).post(URL.replace("phone", field), {"reason": REASON}).status_code == 404


def test_only_asked_for_and_only_by_those_who_lead(company: Company, supervisor: Person, guide: Person) -> None:
    assert as_(supervisor).get(URL).status_code == 405
    assert as_(guide).post(URL, {"reason": REASON}).status_code == 403
