"""Every route of a unit, read from the URL configuration: its name, what it takes, what it declares."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from guimian.apps.organisation.models import Person
from guimian.base.access import Access

BACKEND = "django.contrib.auth.backends.ModelBackend"


@dataclass(frozen=True)
class Route:
    """One page of a unit. `takes` are the names of its arguments besides the unit."""

    name: str
    takes: tuple[str, ...]
    access: Access

    def url(self, code: str, arguments: Mapping[str, Any]) -> str:
        return reverse(self.name, kwargs={"unit": code} | {name: arguments[name] for name in self.takes})


def walked(
    patterns: list[URLPattern | URLResolver], space: str = "", taken: tuple[str, ...] = ()
) -> Iterator[tuple[str, tuple[str, ...], Any]]:
    for pattern in patterns:
        takes = taken + tuple(pattern.pattern.converters)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from walked(pattern.url_patterns, inner, takes)
        else:
            yield f"{space}{pattern.name}", takes, pattern.callback


def unit_routes() -> list[Route]:
    """All routes under /u/<unit>/ that need a sign-in, by name."""
    found = []
    for name, takes, view in walked(get_resolver().url_patterns):
        access = getattr(view, "access", None)
        if "unit" in takes and access is not None and access.kind == "page":
            found.append(Route(name, tuple(one for one in takes if one != "unit"), access))
    return sorted(found, key=lambda route: route.name)


def signed_in(person: Person, language: str = "en") -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    client.cookies["language"] = language
    return client
