"""The pages of units: who sees which, what they say of them, and forms that cite what they refuse."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.utils import timezone

from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company, make_unit
from guimian.apps.organisation.tests.visiting import as_, links, page, queries_of

TODAY = timezone.localdate()


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
