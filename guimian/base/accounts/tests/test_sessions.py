"""Sessions end: when idle, and after a day's work at the latest; what pages fetch by themselves keeps nobody signed in."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings as configured
from django.core.cache import cache
from django.test import Client

from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company
from guimian.base.access import actor_of
from guimian.base.accounts.reveal import EVENT, reveal
from guimian.base.models import JournalEntry

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
BACKEND = "django.contrib.auth.backends.ModelBackend"


def at(client: Client, minutes: float, **headers: str) -> int:
    """The answer to a click so long after the start."""
    with time_machine.travel(START + timedelta(minutes=minutes), tick=False):
        return client.get("/u/K1/", headers=headers).status_code


@pytest.fixture
def client_of(teller: Person) -> Client:
    client = Client()
    with time_machine.travel(START, tick=False):
        client.force_login(teller, backend=BACKEND)
        client.get("/u/K1/")
    return client


def test_a_session_lives_while_somebody_clicks(client_of: Client) -> None:
    assert [at(client_of, minutes) for minutes in (29, 58, 87)] == [200, 200, 200]


def test_an_idle_session_ends(client_of: Client) -> None:
    assert at(client_of, 29.9) == 200
    assert at(client_of, 29.9 + 30) == 302
    assert at(client_of, 29.9 + 31) == 302


def test_a_session_ends_after_twelve_hours_whatever_happens(client_of: Client) -> None:
    answers = [at(client_of, minutes) for minutes in range(20, 12 * 60, 20)]
    assert set(answers) == {200}
    assert at(client_of, 12 * 60) == 302


def test_what_a_page_fetches_by_itself_keeps_nobody_signed_in(client_of: Client) -> None:
    for minutes in range(5, 30, 5):
        assert at(client_of, minutes, **{"X-Unattended": "1"}) == 200
    assert at(client_of, 30) == 302


def test_without_the_middleware_it_would_live_on(client_of: Client, settings: Any) -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.endswith("accounts.middleware.sessions")]
    bare = Client()
    bare.cookies = client_of.cookies
    assert at(bare, 60) == 200


def test_a_clock_set_back_ends_no_session(client_of: Client) -> None:
    assert at(client_of, -120) == 200


def test_pages_of_the_signed_in_are_kept_by_nobody(client_of: Client) -> None:
    with time_machine.travel(START, tick=False):
        answer = client_of.get("/u/K1/")
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.django_db
def test_every_answer_carries_the_headers() -> None:
    answer = Client().get("/accounts/login/")
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    assert {name: answer.headers.get(name) for name in wanted} == wanted
    assert "geolocation=()" in answer["Permissions-Policy"]
    policy = answer["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy


def test_cookies_are_kept_from_scripts_and_strangers(client_of: Client) -> None:
    cookie = client_of.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert configured.SESSION_COOKIE_SECURE is configured.HTTPS


TEMPLATES = sorted((Path(configured.PACKAGE)).rglob("templates/**/*.html"))
INLINE = re.compile(
    r"<script(?![^>]*\b(?:src|type=\"application/json\"))[^>]*>|<style|\sstyle=|\son[a-z]+=\"|javascript:", re.I
)


def test_no_template_has_inline_script_or_style() -> None:
    assert len(TEMPLATES) > 40
    found = {str(path): INLINE.findall(path.read_text(encoding="utf-8")) for path in TEMPLATES}
    assert {name: what for name, what in found.items() if what} == {}


@pytest.mark.parametrize(
    "bad", ['<a onclick="x()">', "<script>x</script>", '<p style="a">', '<a href="javascript:x">', "<style>"]
)
def test_inline_code_would_be_seen(bad: str) -> None:
    assert INLINE.search(bad)


def asked(rf: Any, teller: Person, company: Company, reason: str) -> Any:
    request = rf.post("/", {"reason": reason})
    request.user, request.actor = teller, actor_of(teller, START.date())
    return reveal(request, company.k1, subject="person/1", field="phone", value="13800001111")


def test_personal_data_is_shown_for_a_reason_and_journalled_without_it(
    rf: Any, teller: Person, company: Company
) -> None:
    cache.clear()
    answer = asked(rf, teller, company, "called back at 13800001111 about a claim")
    entry = JournalEntry.objects.get(event=EVENT)
    assert "13800001111" in answer.content.decode()
    assert (entry.unit, entry.by, entry.subject, entry.after) == (company.k1, teller, "person/1", {"field": "phone"})
    assert "13800001111" not in entry.reason


@pytest.mark.parametrize("reason", ["", "  ", "abc"])
def test_without_a_reason_nothing_is_shown(rf: Any, teller: Person, company: Company, reason: str) -> None:
    answer = asked(rf, teller, company, reason)
    assert answer.status_code == 422
    assert "13800001111" not in answer.content.decode()
    assert not JournalEntry.objects.filter(event=EVENT).exists()


def test_an_hour_allows_so_many_looks(rf: Any, teller: Person, company: Company) -> None:
    cache.clear()
    answers = [asked(rf, teller, company, "checking").status_code for _look in range(31)]
    assert answers == [200] * 30 + [422]
