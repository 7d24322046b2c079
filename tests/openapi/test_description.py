"""Promises of the API's description: open, complete, and the same as what is served."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from django.test import Client

from guimian.apps.organisation.models import Person
from guimian.config.api import api


def test_the_description_is_open_and_tells_of_every_refusal(client: Client, db: None) -> None:
    described = client.get("/api/v1/openapi.json").json()
    assert described["openapi"] == "3.1.0"
    for operations in described["paths"].values():
        for method, operation in operations.items():
            assert {"401", "403", "404", "422", "429"} <= set(operation["responses"])
            names = {parameter["name"] for parameter in operation["parameters"]}
            assert ("Idempotency-Key" in names) == (method in {"post", "put", "patch", "delete"})


def test_every_operation_has_a_name_of_its_own() -> None:
    names = [one["operationId"] for path in api.description_of_all()["paths"].values() for one in path.values()]
    assert len(names) == len(set(names))


def test_every_operation_that_writes_is_done_once() -> None:
    for bound in api._get_bound_routers():
        for path, view in bound.path_operations.items():
            for operation in view.operations:
                if set(operation.methods) - {"GET", "HEAD"}:
                    assert getattr(operation.view_func, "done_once", False), path


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_lists_every_operation(cast: Mapping[str, Person], client: Client, language: str) -> None:
    assert client.get("/api/").status_code == 302
    client.force_login(cast["teller"])
    page = client.get("/api/", headers={"accept-language": language}).content.decode()
    for path in api.description_of_all()["paths"]:
        assert path in page
