"""Promises of the home page: everybody at the unit may open it, nobody from elsewhere."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.test import Client

from guimian.apps.organisation.models import Person


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_everybody_of_the_line_opens_the_counters_home(
    cast: Mapping[str, Person], client: Client, language: str
) -> None:
    for name, person in cast.items():
        client.force_login(person)
        answer = client.get("/u/K1/", headers={"accept-language": language})
        assert answer.status_code == (404 if name == "outsider" else 200), name
