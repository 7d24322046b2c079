"""The windows of a counter on its page."""

from __future__ import annotations

import pytest

from guimian.apps.organisation.models import Person, Skill, Window
from guimian.apps.organisation.tests.cast import Company
from guimian.apps.organisation.tests.visiting import as_, done, links, page, refused

ADD, WINDOW = "/u/K1/organisation/windows/add/", "/u/K1/organisation/windows/3/"


@pytest.fixture(autouse=True)
def _claims(db: None) -> None:
    Skill.objects.create(code="CLAIM", name="理赔", name_en="Claims")


def test_from_the_form_to_the_closed_window(company: Company, supervisor: Person) -> None:
    client = as_(supervisor)
    assert 'name="number" value="1"' in page(client, ADD)
    words = done(client, ADD, {"number": 3, "name": "理赔窗口", "skills": ["CLAIM"], "is_priority": "on"})
    assert (
        "The window stands." in words and "理赔窗口" in words and "Claims" in words and 'data-state="PRIORITY"' in words
    )
    form = page(client, f"{WINDOW}change/")
    assert "理赔窗口" in form and "checked" in form
    assert "综合窗口" in done(client, f"{WINDOW}change/", {"name": "综合窗口", "is_cashier": "on"})
    window = Window.objects.get()
    assert (window.is_cashier, window.is_priority, list(window.skills.all())) == (True, False, [])
    words = done(client, f"{WINDOW}close/", {"reason": "装修"})
    assert 'data-state="CLOSED"' in words and f"{WINDOW}change/" not in links(words)
    assert "The window is closed" in refused(client, f"{WINDOW}change/", {"name": "x"})
    assert "The window is closed already." in refused(client, f"{WINDOW}close/", {"reason": "x"})


def test_a_number_is_one_windows(company: Company, supervisor: Person) -> None:
    done(as_(supervisor), ADD, {"number": 3})
    words = refused(as_(supervisor), ADD, {"number": 3, "name": "第二个"})
    assert "This number is in use." in words and "a free number" in words and "第二个" in words


def test_one_more_than_the_class_allows(company: Company, manager: Person) -> None:
    """F8.2 on the form, with what was found and what would pass."""
    for number in range(1, 7):
        Window.objects.create(unit=company.k2, number=number)
    words = refused(as_(manager), "/u/K2/organisation/windows/add/", {"number": 7})
    assert "F8.2" in words and '<b class="num">7</b>' in words and '<b class="num">6</b>' in words


def test_no_cashier_at_an_inner_counter(company: Company, manager: Person) -> None:
    words = refused(as_(manager), "/u/K2/organisation/windows/add/", {"number": 1, "is_cashier": "on"})
    assert "F3.2" in words and '<b class="num">Yes</b>' in words


def test_a_window_that_is_not_there(company: Company, supervisor: Person) -> None:
    assert as_(supervisor).get(f"{WINDOW}change/").status_code == 404
    Window.objects.create(unit=company.k9, number=3)
    assert as_(supervisor).get(f"{WINDOW}close/").status_code == 404
