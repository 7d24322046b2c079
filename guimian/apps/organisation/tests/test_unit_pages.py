"""The pages of units: who sees which, what they say of them, and forms that cite what they refuse."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

import pytest
from django.utils import timezone

from guimian.apps.organisation import services
from guimian.apps.organisation.models import Person, Unit
from guimian.apps.organisation.tests.cast import Company, make_unit
from guimian.apps.organisation.tests.visiting import as_, done, links, page, queries_of, refused
from guimian.base.models import JournalEntry

TODAY = timezone.localdate()
NEW = {"code": "k3", "name": "新柜面", "place": "URBAN_INNER", "size": "INNER", "opened_on": TODAY}


def test_the_page_of_a_counter_judges_it(company: Company, manager: Person) -> None:
    words = page(as_(manager), "/u/K1/organisation/")
    assert "People's Road" in words and "Urban counter" in words
    assert "/policy/clauses/F2.8/" in words or "F2.8" in words
    assert "People in post today" in words and "Zheng Jie" in words
    assert "No window stands here yet." in words


def test_the_page_of_a_centre_lists_what_stands_below(company: Company, manager: Person) -> None:
    words = page(as_(manager), "/u/S111/organisation/")
    assert {"/u/K1/organisation/", "/u/K2/organisation/"} <= links(words)
    assert "/u/C11/organisation/" not in links(words), "the unit above is out of reach"
    assert "F2.8" not in words


def test_an_empty_centre_says_so(company: Company, province_officer: Person) -> None:
    make_unit("S112", company.c11, "新中心")
    words = page(as_(province_officer), "/u/S112/organisation/")
    assert "No unit stands below this one yet." in words and "Nobody holds a post here today." in words
    assert "/u/S112/organisation/units/open/" in links(words)


@pytest.mark.parametrize(
    ("who", "change", "close", "add"),
    [("city_officer", True, True, True), ("supervisor", True, False, True), ("teller", False, False, False)],
)
def test_who_is_offered_what(
    company: Company, cast: Mapping[str, Person], who: str, change: bool, close: bool, add: bool
) -> None:
    offered = links(page(as_(cast[who]), "/u/K1/organisation/"))
    assert ("/u/K1/organisation/change/" in offered) is change
    assert ("/u/K1/organisation/close/" in offered) is close
    assert ("/u/K1/organisation/windows/add/" in offered) is add


@pytest.mark.parametrize(
    "path", ["", "change/", "close/", "units/", "units/open/", "windows/add/", "people/", "import/"]
)
def test_strangers_find_nothing(company: Company, outsider: Person, path: str) -> None:
    assert as_(outsider).get(f"/u/K1/organisation/{path}").status_code == 404


def test_opening_a_unit(company: Company, city_officer: Person) -> None:
    words = done(as_(city_officer), "/u/S111/organisation/units/open/", NEW)
    assert "The unit is opened." in words and "K3" in words
    assert Unit.objects.get(code="K3").path == "HQ/P1/C11/S111/K3/"
    assert JournalEntry.objects.get().event == "organisation.unit.opened"


def test_a_counter_of_its_own_is_headquarters_to_open(company: Company, city_officer: Person) -> None:
    """F4.1, with what was found and what would pass, in words; what was typed stays."""
    words = refused(as_(city_officer), "/u/S111/organisation/units/open/", NEW | {"place": "URBAN", "size": "SMALL"})
    assert "F4.1" in words and "City officer" in words and "HQ officer" in words and "新柜面" in words
    assert "CITY_OFFICER" not in words
    assert not Unit.objects.filter(code="K3").exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"code": "K1"}, "This code is taken."),
        ({"code": "K-1"}, "2 to 16 capital letters and digits"),
        ({"size": "SMALL"}, "F2.1"),
        ({"place": ""}, "This field is required."),
        ({"opened_on": "soon"}, "date"),
    ],
)
def test_what_cannot_be_opened(company: Company, hq_officer: Person, given: dict[str, str], said: str) -> None:
    assert said in refused(as_(hq_officer), "/u/S111/organisation/units/open/", NEW | given)
    assert Unit.objects.count() == 10 and not JournalEntry.objects.exists()


def test_nothing_is_opened_below_a_counter(company: Company, hq_officer: Person) -> None:
    assert as_(hq_officer).get("/u/K1/organisation/units/open/").status_code == 404


def test_changing_a_unit(company: Company, supervisor: Person) -> None:
    words = done(as_(supervisor), "/u/K1/organisation/change/", {"name": "人民南路柜面", "address": "人民南路1号"})
    assert "The unit is changed." in words and "人民南路1号" in words
    unit = Unit.objects.get(code="K1")
    assert (unit.name, unit.place, unit.size) == ("人民南路柜面", "URBAN", "LARGE")


def test_kind_and_class_are_the_officers_to_change(
    company: Company, supervisor: Person, city_officer: Person, hq_officer: Person
) -> None:
    """F4.1: an inner counter, which a city opens alone, does not become another one behind headquarters' back."""
    assert 'name="size"' not in page(as_(supervisor), "/u/K1/organisation/change/")
    other = {"name": "解放路柜面", "place": "URBAN", "size": "SMALL"}
    assert "F4.1" in refused(as_(city_officer), "/u/K2/organisation/change/", other)
    assert Unit.objects.get(code="K2").size == "INNER"
    done(as_(hq_officer), "/u/K2/organisation/change/", other)
    assert Unit.objects.get(code="K2").size == "SMALL"


def test_closing_waits_until_nobody_is_left(company: Company, city_officer: Person, teller: Person) -> None:
    words = refused(as_(city_officer), "/u/K1/organisation/close/", {"closed_on": TODAY, "reason": "合并"})
    assert "F4.2" in words and "end or move them first" in words


def test_a_unit_that_will_close_says_so_and_stands_until_then(company: Company, hq_officer: Person) -> None:
    now, later = timezone.now(), TODAY + timedelta(30)
    services.add_window(unit=company.k2, number=1, by=None, now=now)
    client = as_(hq_officer)
    words = done(client, "/u/K2/organisation/close/", {"closed_on": later, "reason": "合并"})
    assert "Closes on" in words and str(later) in words
    assert 'class="none"><b class="num rows-key">1' not in words, "the window stands until then"
    assert "/u/K2/organisation/" in links(page(client, "/u/S111/organisation/units/?state=open"))
    assert "/u/K2/organisation/" not in links(page(client, "/u/S111/organisation/units/?state=closed"))


def test_a_closed_unit_offers_nothing_more(company: Company, hq_officer: Person) -> None:
    client = as_(hq_officer)
    words = done(client, "/u/K2/organisation/close/", {"closed_on": TODAY, "reason": "合并"})
    assert 'data-state="CLOSED"' in words
    assert not {"/u/K2/organisation/change/", "/u/K2/organisation/close/"} & links(words)
    assert "F2.8" not in words, "nothing is asked of a counter that is no more"
    given = {"name": "x", "place": "URBAN_INNER", "size": "INNER"}
    assert "The unit is closed." in refused(client, "/u/K2/organisation/change/", given)
    assert "/u/K2/organisation/" in links(page(client, "/u/S111/organisation/units/?state=closed"))


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", {"S111", "K1", "K2"}),
        ("?q=K2", {"K2"}),
        ("?q=people", {"K1"}),
        ("?level=CENTRE", {"S111"}),
        ("?place=URBAN", {"K1"}),
        ("?size=INNER", {"K2"}),
        ("?level=nonsense", {"S111", "K1", "K2"}),
        ("?q=K9", set()),
    ],
)
def test_the_list_is_narrowed(company: Company, manager: Person, query: str, codes: set[str]) -> None:
    words = page(as_(manager), f"/u/S111/organisation/units/{query}")
    table = words[words.index('id="table"') :]
    assert {code for code in ("S111", "K1", "K2", "K9") if f'href="/u/{code}/organisation/"' in table} == codes


@pytest.mark.parametrize("path", ["units/", "", "people/"])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_more_units_need_no_more_queries(company: Company, hq_officer: Person, path: str, language: str) -> None:
    client, counts = as_(hq_officer, language), []
    for total in (3, 300):
        for number in range(0 if total == 3 else 3, total):
            make_unit(f"K5{number:03}", company.s111, "柜面", "", "URBAN", "LARGE")
        counts.append(queries_of(client, f"/u/S111/organisation/{path}"))
    assert counts[0] == counts[1] <= 25
