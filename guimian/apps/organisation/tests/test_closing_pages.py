"""Closing units, on their pages."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from guimian.apps.organisation import services
from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company
from guimian.apps.organisation.tests.visiting import as_, done, links, page, refused

TODAY = timezone.localdate()


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
