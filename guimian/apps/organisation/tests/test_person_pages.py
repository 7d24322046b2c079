"""The page of a person and what is done there: posts, skills, passwords, leaving."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

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


def test_setting_and_taking_away_a_skill(company: Company, manager: Person, teller: Person, claims: Skill) -> None:
    client, given = as_(manager), {"skill": "CLAIM", "level": 2, "authorised_to": "50000"}
    words = done(client, f"{TELLER}skills/", given)
    assert "The skill is set." in words and "alone up to ¥50,000.00 a case" in words
    assert 'value="50000.00"' in page(client, f"{TELLER}skills/?skill=CLAIM")
    assert done(client, f"{TELLER}skills/CLAIM/remove/").count("No skill is set") == 1
    assert not teller.skills.exists()
    done(client, f"{TELLER}skills/CLAIM/remove/")
    events = list(JournalEntry.objects.order_by("seq").values_list("event", flat=True))
    assert events == ["organisation.skill.set", "organisation.skill.removed"]
    assert client.post(f"{TELLER}skills/NONE/remove/").status_code == 404


def test_nobody_sets_his_own_skill(company: Company, manager: Person, claims: Skill) -> None:
    own = "/u/S111/organisation/people/10000004/"
    given = {"skill": "CLAIM", "level": 3, "authorised_to": "1"}
    assert "Nobody widens his own authority." in refused(as_(manager), f"{own}skills/", given)
    services.set_skill(
        person=manager, skill=claims, level=1, authorised_to=Decimal(1), unit=company.s111, by=None, now=timezone.now()
    )
    assert "Nobody widens his own authority." in done(as_(manager), f"{own}skills/CLAIM/remove/")
    assert manager.skills.exists()


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
