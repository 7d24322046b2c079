"""The page of a person and what is done there: posts, skills, passwords, leaving."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.utils import timezone

from guimian.apps.organisation.models import Person, Skill
from guimian.apps.organisation.tests.cast import Company, make_post
from guimian.apps.organisation.tests.visiting import as_, done, links, page, refused
from guimian.base.access import Role

TODAY = timezone.localdate()
TELLER = "/u/K1/organisation/people/10000006/"
POSTS = ("change/", "leave/", "posts/give/", "skills/", "password/", "reveal/phone/", "skills/CLAIM/remove/")


@pytest.fixture
def claims(db: None) -> Skill:
    return Skill.objects.create(code="CLAIM", name="理赔", name_en="Claims")


def test_colleagues_see_the_page_and_nothing_to_do(company: Company, cast: Mapping[str, Person]) -> None:
    words = page(as_(cast["guide"]), TELLER)
    assert "Zheng Jie" in words and "Teller" in words and "No skill is set" in words
    assert not {TELLER + path for path in POSTS} & links(words) and "reveal" not in words


@pytest.mark.parametrize("path", ["", *POSTS])
def test_strangers_find_nobody(company: Company, outsider: Person, claims: Skill, path: str) -> None:
    client = as_(outsider)
    assert client.get(TELLER + path).status_code == client.post(TELLER + path).status_code == 404
    assert client.post(f"/u/K9/organisation/people/10000006/{path}").status_code in {404, 405}


@pytest.mark.parametrize("path", POSTS)
def test_colleagues_do_nothing_there(company: Company, teller: Person, claims: Skill, path: str) -> None:
    assert as_(teller).post(TELLER + path).status_code == 403


def test_posts_elsewhere_are_not_shown(company: Company, teller: Person, manager: Person) -> None:
    make_post(teller, Role.GUIDE, company.k9)
    words = page(as_(manager), TELLER)
    assert "Riverside" not in words and "People's Road" in words


def test_giving_and_ending_a_post(company: Company, manager: Person, teller: Person) -> None:
    client = as_(manager)
    given = {"role": "GUIDE", "starts_on": TODAY, "ends_on": TODAY + timedelta(10)}
    words = done(client, f"{TELLER}posts/give/", given)
    assert "The post is given." in words and "Guide" in words
    assert "already on some of these days" in refused(client, f"{TELLER}posts/give/", given)
    post = teller.posts.get(role="GUIDE")
    words = done(client, f"{TELLER}posts/{post.pk}/end/", {"ends_on": TODAY + timedelta(3), "reason": "轮岗"})
    assert "The post ends." in words and str(TODAY + timedelta(3)) in words
    assert f"{TELLER}posts/{post.pk}/end/" in links(words), "a post that goes on can be ended earlier"
    past = refused(client, f"{TELLER}posts/{post.pk}/end/", {"ends_on": TODAY - timedelta(3)})
    assert "today at the earliest" in past and str(TODAY - timedelta(3)) in past


def test_a_post_above_ones_own_is_not_ended(company: Company, supervisor: Person, cashier: Person) -> None:
    """R10.11, in words: who may not give a post may not end it."""
    post = cashier.posts.get()
    words = refused(as_(supervisor), f"/u/K1/organisation/people/10000007/posts/{post.pk}/end/", {"ends_on": TODAY})
    assert "R10.11" in words and "Cashier" in words and "Teller" in words and "FLOATING_ADVISER" not in words


def test_another_persons_post_is_not_found(company: Company, manager: Person, cashier: Person, teller: Person) -> None:
    assert as_(manager).get(f"{TELLER}posts/{cashier.posts.get().pk}/end/").status_code == 404


def test_changing_data_keeps_numbers_that_are_left_empty(company: Company, manager: Person, teller: Person) -> None:
    client = as_(manager)
    done(client, f"{TELLER}change/", {"name": "郑洁", "phone": "12000000001", "email": "z@example.com"})
    form = page(client, f"{TELLER}change/")
    assert "12000000001" not in form and "z@example.com" in form
    done(client, f"{TELLER}change/", {"name": "郑洁洁", "email": "z@example.com"})
    teller.refresh_from_db()
    assert (teller.name, teller.phone) == ("郑洁洁", "12000000001")
    words = refused(client, f"{TELLER}change/", {"name": "郑洁", "identity": "110101199001011234", "phone": "1"})
    assert "the last one checks the others" in words and "A mobile number has 11 digits" in words
