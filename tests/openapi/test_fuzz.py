"""No call, however odd, is answered by anything that the description does not promise."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

import hypothesis
import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from pytest_django import Settings

from guimian.apps.organisation.models import Person
from guimian.base.api.tests.calling import Program
from guimian.config.api import api

ODD = ["", "0", "-1", "1", "K1", "K9", "S111", "HQ", "null", "NaN", "1e400", str(2**63), str(10**40), "2026-11-23", "2026-02-30",
       "0001-01-01", "9999-12-31", "%00", "\x00", "'", '"', "../..", "人民路", "\u202e", "😀", "true", "[]",
       "{}", "a" * 5000]  # fmt: skip
WORDS = st.one_of(st.sampled_from(ODD), st.text(max_size=40), st.integers().map(str))
THINGS = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)
BROKEN = st.sampled_from(["", "{", "[]", "null", "\udcff", "[" * 500])
quick = hypothesis.settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck), database=None
)


@dataclass(frozen=True)
class Operation:
    """One operation of the description; `members` are those of its body."""

    method: str
    path: str
    described: Mapping[str, Any]
    members: tuple[str, ...]

    def names(self, place: str) -> list[str]:
        return [one["name"] for one in self.described["parameters"] if one["in"] == place]

    def url(self, draw: Any) -> str:
        values = {name: draw(WORDS) for name in self.names("path")}
        path = re.sub(r"{(\w+)}", lambda found: quote(values[found[1]], safe="") or "-", self.path)
        query = {name: draw(WORDS) for name in self.names("query") if draw(st.booleans())}
        return f"{path}?{urlencode(query)}"

    def body(self, draw: Any) -> str:
        if not self.members or not draw(st.booleans()):
            return str(draw(BROKEN | THINGS.map(json.dumps)))
        return json.dumps({name: draw(THINGS) for name in self.members if draw(st.integers(0, 9))})


def operations() -> list[Operation]:
    described = api.description_of_all()
    schemas = described["components"]["schemas"]
    return [
        Operation(method, path, one, members_of(one, schemas))
        for path, methods in described["paths"].items()
        for method, one in methods.items()
    ]


def members_of(described: Mapping[str, Any], schemas: Mapping[str, Any]) -> tuple[str, ...]:
    content = described.get("requestBody", {}).get("content", {}).get("application/json", {})
    name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
    return tuple(schemas.get(name, {}).get("properties", ()))


@pytest.mark.parametrize("operation", operations(), ids=lambda one: f"{one.method} {one.path}")
def test_odd_calls_are_answered_as_described(operation: Operation, manager: Person, settings: Settings) -> None:
    settings.API_CALLS_A_MINUTE = 10_000
    headers = Program(manager).headers
    client = Client(raise_request_exception=False)
    promised = {int(status) for status in operation.described["responses"]}

    @given(st.data())
    @quick
    def call(data: st.DataObject) -> None:
        key = data.draw(st.text("abc", max_size=5))
        answer = client.generic(
            operation.method.upper(),
            operation.url(data.draw),
            operation.body(data.draw).encode("utf-8", "surrogateescape"),
            content_type="application/json",
            headers=headers | ({"idempotency-key": key} if key else {}),
        )
        assert answer.status_code in promised, answer.content
        assert answer.status_code < 400 or answer["Content-Type"] == "application/problem+json"

    call()
