"""Passwords and leaving, on the page of a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from guimian.apps.organisation import services
from guimian.apps.organisation.models import Person, Skill
from guimian.apps.organisation.tests.cast import PASSWORD, Company, make_post
from guimian.apps.organisation.tests.visiting import BACKEND, as_, done, links, page, refused
from guimian.base.access import Role
from guimian.base.models import JournalEntry

TODAY = timezone.localdate()


TELLER = "/u/K1/organisation/people/10000006/"


POSTS = ("change/", "leave/", "posts/give/", "skills/", "password/", "reveal/phone/", "skills/CLAIM/remove/")


@pytest.fixture
def claims(db: None) -> Skill:
    return Skill.objects.create(code="CLAIM", name="理赔", name_en="Claims")


def test_a_new_password_is_shown_once_and_opens(company: Company, manager: Person, teller: Person) -> None:
    client = as_(manager)
    answer = client.post(f"{TELLER}password/")
    words = answer.content.decode()
    password = words.split('class="big-word code">')[1].split("<")[0]
    assert "no-store" in answer["Cache-Control"] and len(password) == 19
    teller.refresh_from_db()
    assert teller.check_password(password) and not teller.check_password(PASSWORD)
    entry = JournalEntry.objects.get()
    assert entry.event == "organisation.password.given" and password not in f"{entry.before}{entry.after}{entry.reason}"


@pytest.mark.parametrize("kind", ["oneself", "higher", "higher to come", "left"])
def test_whose_password_is_not_given(company: Company, cast: Mapping[str, Person], kind: str) -> None:
    """R10.11: whoever knows a password holds the posts, those to come as well."""
    supervisor, person = cast["supervisor"], cast["teller"]
    if kind == "oneself":
        person = supervisor
    elif kind == "higher":
        person = cast["cashier"]
    elif kind == "higher to come":
        make_post(person, Role.HQ_OFFICER, company.hq, TODAY + timedelta(7))
    else:
        services.let_go(person=person, unit=company.k1, reason="离职", by=None, now=timezone.now())
    before = Person.objects.get(pk=person.pk).password
    answer = as_(supervisor).post(f"/u/K1/organisation/people/{person.staff_number}/password/")
    assert answer.status_code == 422 and b"R10.11" in answer.content
    assert Person.objects.get(pk=person.pk).password == before


def test_somebody_leaves(company: Company, manager: Person, teller: Person, claims: Skill) -> None:
    theirs = Client()
    theirs.force_login(teller, backend=BACKEND)
    assert theirs.get("/u/K1/").status_code == 200
    client = as_(manager)
    assert "The posts are ended" in done(client, f"{TELLER}leave/", {"reason": "离职"})
    assert theirs.get("/u/K1/").status_code == 302, "locked out at once"
    words = page(client, TELLER)
    assert 'data-state="LEFT"' in words and str(TODAY) in words
    assert not {TELLER + path for path in POSTS} & links(words)
    assert "The person has left." in refused(client, f"{TELLER}leave/", {"reason": "离职"})
    assert "The person has left." in refused(
        client, f"{TELLER}skills/", {"skill": "CLAIM", "level": 1, "authorised_to": 0}
    )


def test_leaving_wants_a_reason(company: Company, manager: Person, teller: Person) -> None:
    assert "This field is required." in refused(as_(manager), f"{TELLER}leave/", {"reason": ""})
    teller.refresh_from_db()
    assert teller.left_on is None
