"""Forms: what was typed stays, every reason is told; days in addresses; a unit's page tells the unit's own time."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django import forms
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company, acting
from guimian.base import access
from guimian.base.converters import DayConverter
from guimian.base.errors import Unable
from guimian.base.templatetags.ui import clock
from guimian.base.ui.forms import DayField, Refusal, TimeField, given, refuse

DAY = date(2026, 11, 23)


class Small(forms.Form):
    day = DayField()
    at = TimeField(required=False)


def test_every_reason_of_a_refusal_is_told() -> None:
    form = Small({"day": "2026-11-23"})
    second = Unable("Too late", clause="R1.4", found=2, wanted=1)
    refuse(form, Unable("Too early", clause="R1.3", found="08:00", wanted="≥ 09:00", more=[second]))
    told = [
        (error.message, error.clause, error.found)
        for error in form.non_field_errors().as_data()
        if isinstance(error, Refusal)
    ]
    assert told == [("Too early", "R1.3", "08:00"), ("Too late", "R1.4", 2)]


def test_days_and_times_are_shown_as_browsers_take_them() -> None:
    """A browser empties a picker whose value it cannot read: what was typed would be lost."""
    shown = str(Small(initial={"day": DAY, "at": datetime(2026, 11, 23, 9, 5, tzinfo=UTC).time()}))
    assert 'value="2026-11-23"' in shown and 'value="09:05"' in shown


def test_only_the_named_fields_are_given() -> None:
    form = Small({"day": "2026-11-23"})
    assert form.is_valid()
    assert given(form, "day", "nothing") == {"day": DAY}


def test_a_day_in_an_address() -> None:
    assert DayConverter().to_python("2026-11-23") == DAY
    assert DayConverter().to_url(DAY) == DayConverter().to_url("2026-11-23") == "2026-11-23"
    with pytest.raises(ValueError, match="month"):
        DayConverter().to_python("2026-13-01")


def test_a_units_page_tells_the_units_own_time(company: Company, teller: Person) -> None:
    company.k1.timezone = "Asia/Urumqi"
    company.k1.save(update_fields=["timezone"])

    @access.page()
    def view(_request: Any, _unit: Any) -> HttpResponse:
        return HttpResponse(clock(datetime(2026, 11, 23, 1, 0, tzinfo=UTC)))

    request: HttpRequest = RequestFactory().get("/")
    request.user = teller
    request.actor = acting(teller)  # type: ignore[attr-defined]  # as the middleware does
    before = timezone.get_current_timezone_name()
    assert view(request, "K1").content == b"07:00"
    assert timezone.get_current_timezone_name() == before
