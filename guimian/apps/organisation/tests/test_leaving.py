"""Somebody leaves: locked out at once, by somebody who may."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from guimian.apps.organisation import services
from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company, acting, make_post
from guimian.base.access import Role
from guimian.base.models import JournalEntry

NOW = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Asia/Shanghai"))


TODAY = date(2026, 11, 23)


def test_a_leaver_is_locked_out_at_once(company: Company, teller: Person, manager: Person) -> None:
    """R10.11: posts end, the account is closed, the password opens nothing; a post to come is taken back."""
    make_post(teller, Role.GUIDE, company.k2, starts_on=TODAY + timedelta(5))
    person = services.let_go(person=teller, unit=company.k1, reason="离职", by=manager, now=NOW)
    assert not person.is_active
    assert not person.has_usable_password()
    assert person.left_on == TODAY
    assert [post.ends_on for post in person.posts.all()] == [TODAY]
    assert acting(person).grants == ()
    entry = JournalEntry.objects.get()
    assert (entry.event, entry.reason) == ("organisation.person.left", "离职")
    assert entry.before is not None
    assert len(entry.before["posts"]) == 2


def test_a_leavers_session_ends_at_once(client: object, company: Company, teller: Person, manager: Person) -> None:
    from django.contrib.auth import get_user
    from django.http import HttpRequest
    from django.test import Client

    assert isinstance(client, Client)
    client.force_login(teller, "django.contrib.auth.backends.ModelBackend")
    request = HttpRequest()
    request.session = client.session
    assert get_user(request) == teller
    services.let_go(person=teller, unit=company.k1, reason="离职", by=manager, now=NOW)
    request.session = client.session
    assert not get_user(request).is_authenticated


def test_who_may_let_whom_go(company: Company, teller: Person, manager: Person, supervisor: Person) -> None:
    with pytest.raises(services.UnableToLetGo):
        services.let_go(person=manager, unit=company.s111, reason="", by=manager, now=NOW)
    make_post(teller, Role.TELLER, company.k9)
    with pytest.raises(services.UnableToLetGo) as refused:
        services.let_go(person=teller, unit=company.k1, reason="", by=supervisor, now=NOW)
    assert refused.value.clause == "R10.11"
    assert "K9" not in f"{refused.value.message}{refused.value.found}{refused.value.wanted}"
    services.let_go(person=teller, unit=company.k1, reason="", by=None, now=NOW)
    with pytest.raises(services.UnableToLetGo):
        services.let_go(person=teller, unit=company.k1, reason="", by=None, now=NOW)
    for verb in (
        lambda: services.change_person(person=teller, unit=company.k1, name="某", by=None, now=NOW),
        lambda: services.give_post(person=teller, role=Role.TELLER, unit=company.k1, starts_on=TODAY, by=None, now=NOW),
    ):
        with pytest.raises((services.UnableToChangePerson, services.UnableToGivePost)):
            verb()
