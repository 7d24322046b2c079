"""Signing in: by staff number, with a second factor where asked for, locked after failures, one click in the demo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.test.utils import override_settings

from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import PASSWORD
from guimian.base.models import PolicyOverride

LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def _no_counts(settings: Any) -> None:
    """Each test counts its own failures."""
    from django.core.cache import cache

    cache.clear()
    settings.LANGUAGE_CODE = "en"


def signing_in(number: str, password: str = PASSWORD, client: Client | None = None, **more: str) -> Any:
    client = client or Client(headers={"accept-language": "en"})
    return client.post(LOGIN, {"login": number, "password": password} | more)


def test_a_staff_number_and_a_password_sign_in(teller: Person) -> None:
    client = Client()
    answer = signing_in(teller.staff_number, client=client)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/", follow=True).request["PATH_INFO"] == "/u/K1/"


def test_one_goes_where_one_wanted_to(teller: Person) -> None:
    assert signing_in(teller.staff_number, next="/u/K1/journal/")["Location"] == "/u/K1/journal/"
    assert signing_in(teller.staff_number, next="https://evil.example/")["Location"] == "/"


@pytest.mark.parametrize(("number", "password"), [("10000006", "wrong"), ("nobody", PASSWORD), ("", "")])
def test_what_is_wrong_is_not_said(teller: Person, number: str, password: str) -> None:
    answer = signing_in(number, password)
    assert answer.status_code == 200
    assert "sessionid" not in answer.cookies or not answer.wsgi_request.user.is_authenticated


def test_who_has_left_cannot_sign_in(teller: Person) -> None:
    Person.objects.filter(pk=teller.pk).update(is_active=False)
    assert not signing_in(teller.staff_number).wsgi_request.user.is_authenticated


def test_guessing_locks_the_account_for_that_address(teller: Person, guide: Person) -> None:
    for _try in range(5):
        answer = signing_in(teller.staff_number, "guess")
    assert answer.status_code == 429
    assert signing_in(teller.staff_number).status_code == 429
    assert signing_in(guide.staff_number).status_code == 302


def test_another_case_is_the_same_account(teller: Person) -> None:
    Person.objects.filter(pk=teller.pk).update(staff_number="AB12")
    for number in ("ab12", "AB12", "Ab12", "aB12", " ab12"):
        answer = signing_in(number, "guess")
    assert answer.status_code == 429
    assert signing_in("AB12").status_code == 429


def test_without_the_lock_guessing_would_go_on(teller: Person, settings: Any) -> None:
    settings.AXES_ENABLED = False
    settings.ACCOUNT_RATE_LIMITS = False
    for _try in range(8):
        answer = signing_in(teller.staff_number, "guess")
    assert answer.status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/accounts/signup/", "/accounts/password/reset/", "/accounts/social/signup/"])
def test_nobody_signs_up(path: str) -> None:
    answer = Client().post(path, {"username": "10009999", "password1": PASSWORD, "email": "a@example.org"}, follow=True)
    assert not Person.objects.filter(staff_number="10009999").exists()
    assert answer.status_code in {200, 403, 404}


def code_now(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))


def test_an_authenticator_app_is_asked_for_at_the_sign_in(manager: Person) -> None:
    secret = generate_totp_secret()
    TOTP.activate(manager, secret)
    client = Client()
    answer = signing_in(manager.staff_number, client=client)
    assert answer["Location"].startswith("/accounts/2fa/authenticate/")
    assert client.get("/u/S111/").status_code == 302
    assert client.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert client.post("/accounts/2fa/authenticate/", {"code": code_now(secret)}).status_code == 302
    assert client.get("/u/S111/").status_code == 200


def test_the_secret_of_an_authenticator_app_is_kept_encrypted(manager: Person) -> None:
    secret = generate_totp_secret()
    TOTP.activate(manager, secret)
    kept = str(Authenticator.objects.get(user=manager).data)
    assert secret not in kept


@override_settings(SECOND_FACTOR=True)
def test_who_approves_must_have_a_second_factor(manager: Person, teller: Person) -> None:
    client = Client()
    signing_in(manager.staff_number, client=client)
    assert client.get("/u/S111/")["Location"] == "/accounts/me/second-factor/"
    page = client.get("/accounts/me/second-factor/")
    assert page.status_code == 200
    TOTP.activate(manager, generate_totp_secret())
    assert client.get("/u/S111/").status_code == 200
    other = Client()
    signing_in(teller.staff_number, client=other)
    assert other.get("/u/K1/").status_code == 200


@override_settings(SECOND_FACTOR=True)
def test_the_company_may_do_without(manager: Person, hq_officer: Person, company: Any) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from guimian.base.accounts import limits

    now = timezone.now()
    PolicyOverride.objects.create(
        unit=company.hq, key="base.second_factor_required", value=False, from_date=now.date() - timedelta(1), reason="trial",
        proposed_by=manager, proposed_at=now, state="APPROVED", decided_by=hq_officer, decided_at=now,
    )  # fmt: skip
    limits._kept.cache_clear()
    client = Client()
    signing_in(manager.staff_number, client=client)
    assert client.get("/u/S111/").status_code == 200
    limits._kept.cache_clear()


def test_the_demo_signs_in_with_one_click_and_only_in_the_demo(cast: Mapping[str, Person]) -> None:
    guide = cast["guide"]
    assert Client().post("/accounts/demo/", {"person": guide.pk}).status_code == 404
    with override_settings(DEMO=True):
        client = Client(headers={"accept-language": "en"})
        page = client.get(LOGIN).content.decode()
        assert page.count("data-demo-role=") == 12
        found = client.get(LOGIN + "?q=Feng").content.decode()
        assert found.count("data-demo-role=") == 1
        assert client.post("/accounts/demo/", {"person": guide.pk, "next": "/u/K1/"})["Location"] == "/u/K1/"
        assert client.get("/u/K1/").status_code == 200
        for wrong in ("", "x", "999999"):
            assert Client().post("/accounts/demo/", {"person": wrong}).status_code == 404
    assert "data-demo-role" not in Client().get(LOGIN).content.decode()


@pytest.mark.parametrize(
    "path", ["/accounts/me/", "/accounts/2fa/", "/accounts/sessions/", "/accounts/password/change/"]
)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_ones_own_pages_are_ones_own(teller: Person, path: str, language: str) -> None:
    assert Client().get(path).status_code == 302
    client = Client()
    client.cookies["language"] = language
    signing_in(teller.staff_number, client=client)
    assert client.get(path).status_code == 200


def test_a_new_password_signs_out_everywhere_else(teller: Person) -> None:
    here, there = Client(), Client()
    for client in (here, there):
        signing_in(teller.staff_number, client=client)
    new = "another-Guimian-2026"
    here.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert here.get("/u/K1/").status_code == 200
    assert there.get("/u/K1/").status_code == 302
