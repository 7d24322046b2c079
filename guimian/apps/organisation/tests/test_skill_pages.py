"""Skills, on the page of a person."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from guimian.apps.organisation import services
from guimian.apps.organisation.models import Person, Skill
from guimian.apps.organisation.tests.cast import Company
from guimian.apps.organisation.tests.visiting import as_, done, page, refused
from guimian.base.models import JournalEntry

TELLER = "/u/K1/organisation/people/10000006/"


@pytest.fixture
def claims(db: None) -> Skill:
    return Skill.objects.create(code="CLAIM", name="理赔", name_en="Claims")


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
