"""How the tests call the API: as a program with a token."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.test import Client
from django.utils import timezone

from guimian.apps.organisation.models import Person
from guimian.base.api.tokens import create_token


class Program:
    """A program that acts as a person."""

    def __init__(self, person: Person, *, may_write: bool = True, language: str = "en") -> None:
        now = timezone.now() - timedelta(seconds=1)
        self.token, self.text = create_token(person=person, name="Tests", days=30, may_write=may_write, now=now)
        self.client = Client(raise_request_exception=False)
        self.headers = {"authorization": f"Bearer {self.text}", "accept-language": language}

    def get(self, path: str, **params: Any) -> Any:
        return self.client.get(f"/api/v1{path}", params, headers=self.headers)

    def post(self, path: str, body: Any, key: str = "") -> Any:
        headers = self.headers | ({"idempotency-key": key} if key else {})
        return self.client.post(f"/api/v1{path}", body, content_type="application/json", headers=headers)


def refused(answer: Any, status: int) -> dict[str, Any]:
    """The problem of a refusal, which always is one."""
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    found: dict[str, Any] = answer.json()
    assert found["status"] == status and found["title"]
    return found
