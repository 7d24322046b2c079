"""/healthz, the declarations of all routes, and the log line of a request."""

from __future__ import annotations

import json
from datetime import timedelta
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.test import Client
from django.test.utils import override_settings
from django.utils import timezone
from structlog.testing import capture_logs

from guimian.apps.organisation.models import Person
from guimian.base import checks, health, work
from guimian.base.access import Role
from guimian.config.access import declared_routes


@pytest.mark.django_db
def test_ready_means_database_and_worker() -> None:
    client = Client()
    before = client.get("/healthz")
    assert before.status_code == 503
    assert "run guimian worker" in before.json()["worker"]
    work.beat("w", timezone.now())
    after = client.get("/healthz")
    assert after.status_code == 200
    assert after.json()["status"] == after.json()["database"] == after.json()["worker"] == "ok"
    assert after["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_a_silent_worker_is_told() -> None:
    work.beat("w", timezone.now() - timedelta(minutes=2))
    answer = Client().get("/healthz")
    assert answer.status_code == 503
    assert answer.json()["worker"].startswith("silent since")


@pytest.mark.django_db
def test_an_absent_database_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> int:
        raise DatabaseError

    monkeypatch.setattr(health, "migrations_waiting", away)
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.json()["database"]) == (503, "unreachable")
    monkeypatch.setattr(health, "migrations_waiting", lambda: 2)
    assert "2 migrations wait" in Client().get("/healthz").json()["database"]


def test_every_route_declares_its_access() -> None:
    assert checks.check_routes() == []
    assert len(list(declared_routes())) > 60


@override_settings(DECLARED_ROUTES="guimian.base.tests.runtime.test_doors.undeclared")
def test_a_route_without_a_declaration_stops_the_start() -> None:
    assert [error.id for error in checks.check_routes()] == ["access.E001"]


def undeclared() -> list[Any]:
    return [SimpleNamespace(pattern="/hole/", name="hole", access=None)]


def test_the_matrix_prints_every_route_with_its_roles() -> None:
    text, data = StringIO(), StringIO()
    call_command("access_matrix", stdout=text)
    call_command("access_matrix", "--json", stdout=data)
    rows = {row["route"]: row for row in json.loads(data.getvalue())}
    assert len(rows) == len({route.pattern for route in declared_routes()})
    assert set(rows["/u/<str:unit>/"]["roles"]) == set(Role)
    assert "public: Monitors" in text.getvalue()
    assert "NOT DECLARED" not in text.getvalue()


def test_a_request_is_told_by_numbers_only(manager: Person) -> None:
    client = Client()
    client.force_login(manager, backend="django.contrib.auth.backends.ModelBackend")
    with capture_logs() as lines:
        answer = client.get("/u/K1/?q=13800001111")
    line = next(line for line in lines if line["event"] == "request")
    assert (line["route"], line["person"], line["unit"], line["status"]) == ("today:home", manager.pk, "K1", 200)
    assert line["request"] == answer["X-Request-Id"]
    assert "13800001111" not in str(lines)
    assert manager.name not in str(lines)
