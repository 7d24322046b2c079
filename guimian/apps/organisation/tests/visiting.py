"""How the tests visit pages: signed in as somebody, in a language."""

from __future__ import annotations

import html
import re
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from guimian.apps.organisation.models import Person

BACKEND = "django.contrib.auth.backends.ModelBackend"


def as_(person: Person, language: str = "en") -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    client.cookies["language"] = language
    return client


def page(client: Client, url: str) -> str:
    """The words of a page that opens, its marks taken out of the way of a search: tags are kept, entities are not."""
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return html.unescape(answer.content.decode())


def refused(client: Client, url: str, data: dict[str, Any]) -> str:
    """The words of a form that is shown again; what was typed is still there."""
    answer = client.post(url, data)
    assert answer.status_code == 422, (url, answer.status_code)
    words = html.unescape(answer.content.decode())
    assert "refusal" in words or "wrong" in words
    return words


def done(client: Client, url: str, data: dict[str, Any] | None = None) -> str:
    """The words of the page that a deed leads to."""
    answer = client.post(url, data or {}, follow=True)
    assert answer.redirect_chain, html.unescape(answer.content.decode())[-3000:]
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def links(words: str) -> set[str]:
    return set(re.findall(r'href="([^"]+)"', words))


def queries_of(client: Client, url: str) -> int:
    """How many queries a page takes once caches are warm: the least of three visits, one of which may find them stale."""
    counts = []
    for _visit in range(3):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        counts.append(len(queries))
    return min(counts)
