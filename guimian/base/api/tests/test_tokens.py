"""Promises of tokens: kept as digests, ended by time or by their owner, counted by the minute."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from guimian.apps.organisation.models import Person
from guimian.base.api.tests.calling import Program, refused
from guimian.base.api.tokens import (
    MOST_TOKENS,
    TooManyCalls,
    UnableToCreateToken,
    UnableToRevokeToken,
    create_token,
    revoke_token,
    used_token,
)
from guimian.base.models import ApiToken, JournalEntry

NOW = timezone.now()


def new_token(person: Person, days: int = 30) -> tuple[ApiToken, str]:
    return create_token(person=person, name="Roster import", days=days, may_write=False, now=NOW)


def test_only_the_digest_is_kept_and_the_journal_tells(teller: Person) -> None:
    token, text = new_token(teller)
    kept = ApiToken.objects.values().get(pk=token.pk)
    assert text not in str(kept)
    entry = JournalEntry.objects.get()
    assert (entry.event, entry.unit.code, entry.by) == ("base.token.created", "K1", teller)
    assert text not in str(entry.after) and token.digest not in str(entry.after)


@pytest.mark.parametrize("days", [0, -1, 367])
def test_a_token_lives_a_day_to_a_year(teller: Person, days: int) -> None:
    with pytest.raises(UnableToCreateToken):
        new_token(teller, days)


def test_nobody_hoards_tokens(teller: Person) -> None:
    for _number in range(MOST_TOKENS):
        new_token(teller)
    with pytest.raises(UnableToCreateToken):
        new_token(teller)


def test_without_a_post_there_is_no_token(company: object) -> None:
    with pytest.raises(UnableToCreateToken):
        new_token(Person.objects.create_user("20000001", name="新人"))


def test_a_token_ends_by_itself(teller: Person) -> None:
    token, text = new_token(teller, 1)
    assert used_token(text, token.expires_at - timedelta(seconds=1)) is not None
    assert used_token(text, token.expires_at) is None


def test_a_revoked_token_is_dead_at_once(teller: Person) -> None:
    token, text = new_token(teller)
    revoke_token(person=teller, pk=token.pk, now=NOW)
    assert used_token(text, NOW) is None
    with pytest.raises(UnableToRevokeToken):
        revoke_token(person=teller, pk=token.pk, now=NOW)


def test_nobody_revokes_anothers_token(teller: Person, cashier: Person) -> None:
    token, text = new_token(teller)
    with pytest.raises(UnableToRevokeToken):
        revoke_token(person=cashier, pk=token.pk, now=NOW)
    assert used_token(text, NOW) is not None


def test_a_locked_out_person_has_no_tokens(teller: Person) -> None:
    _token, text = new_token(teller)
    Person.objects.filter(pk=teller.pk).update(is_active=False)
    assert used_token(text, NOW) is None


def test_calls_are_counted_by_the_minute(teller: Person, settings: Settings) -> None:
    settings.API_CALLS_A_MINUTE = 3
    token, text = new_token(teller)
    for second in range(3):
        used_token(text, NOW + timedelta(seconds=second))
    with pytest.raises(TooManyCalls) as refusal:
        used_token(text, NOW + timedelta(seconds=20))
    assert refusal.value.wait == 40
    assert used_token(text, NOW + timedelta(seconds=60)) is not None
    token.refresh_from_db()
    assert (token.window_calls, token.last_used_at) == (1, NOW + timedelta(seconds=60))


def test_too_many_calls_are_told_to_wait(teller: Person, settings: Settings) -> None:
    settings.API_CALLS_A_MINUTE = 2
    program = Program(teller)
    assert [program.get("/units").status_code for _number in range(2)] == [200, 200]
    answer = program.get("/units")
    assert refused(answer, 429)["code"] == "TooManyCalls"
    assert 1 <= int(answer["Retry-After"]) <= 60


# ---------------------------------------------------------------- the page
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_shows_a_new_token_once(teller: Person, client: Client, language: str) -> None:
    client.force_login(teller)
    form = {"name": "Roster import", "days": "30", "may_write": "on"}
    made = client.post("/tokens/", form, headers={"accept-language": language})
    token = ApiToken.objects.get()
    assert made.status_code == 200 and b"gm_" in made.content and token.may_write
    again = client.get("/tokens/")
    assert b"gm_" not in again.content and b"Roster import" in again.content
    assert client.post(f"/tokens/{token.pk}/revoke/").status_code == 302
    token.refresh_from_db()
    assert token.revoked_at is not None


def test_anothers_token_is_not_listed_and_not_revoked(teller: Person, cashier: Person, client: Client) -> None:
    token, _text = new_token(teller)
    client.force_login(cashier)
    assert b"Roster import" not in client.get("/tokens/").content
    client.post(f"/tokens/{token.pk}/revoke/")
    client.post(f"/tokens/{2**70}/revoke/")
    token.refresh_from_db()
    assert token.revoked_at is None


@pytest.mark.parametrize("form", [{}, {"name": "x", "days": "9999"}, {"name": "x" * 61, "days": "30"}])
def test_a_wrong_form_makes_no_token(teller: Person, client: Client, form: dict[str, str]) -> None:
    client.force_login(teller)
    assert client.post("/tokens/", form).status_code == 200
    assert not ApiToken.objects.exists()


def test_a_token_is_not_made_before_the_second_factor(manager: Person, client: Client, settings: Settings) -> None:
    settings.SECOND_FACTOR = True
    client.force_login(manager, backend="django.contrib.auth.backends.ModelBackend")
    client.post("/tokens/", {"name": "Roster import", "days": "30"})
    assert not ApiToken.objects.exists()
