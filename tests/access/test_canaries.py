"""Tokens in every text field of one unit are never seen by people of another one: on no page, in no search, in no workbook."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models, transaction
from django.db.models import Q
from django.test import Client

from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company, make_person
from guimian.base.access import Actor, Role
from guimian.base.ui.export import XLSX
from tests.access.planted import EXEMPT, OF_NOBODY, Planted, arguments, plant, token
from tests.access.routes import signed_in, unit_routes

ROUTES = unit_routes()
THEIRS, OURS = "canary", "ownbird"
#: What people add to an address: nothing, a search, a workbook, everything at once.
QUERIES = ("", f"?q={THEIRS}&text={THEIRS}", "?export=xlsx", "?page=2&sort=-name&state=&export=xlsx")
ELSEWHERE = ("/units/", f"/units/?q={THEIRS}")
API = ("/api/v1/units", "/api/v1/units?limit=500", "/api/v1/findings", "/api/v1/journal")


def text_of(content: bytes, kind: str) -> str:
    """What a person reads of an answer; a workbook is unpacked."""
    if kind.startswith(XLSX):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    return content.decode("utf-8", "replace")


def answers(client: Client, urls: Iterator[str]) -> Iterator[tuple[str, str]]:
    """The address and the text of each answer; what a POST does is taken back."""
    for url in urls:
        with transaction.atomic():
            answer = client.get(url)
            if answer.status_code == 405:
                answer = client.post(url)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]  # either kind
            transaction.set_rollback(True)
        assert answer.status_code < 500, url
        yield url, text_of(content, answer.headers.get("Content-Type", ""))


def addresses(role: Role, planted: dict[str, Planted], stranger: Planted) -> Iterator[str]:
    """All that a person of our centre can ask for: our units and theirs, our rows and theirs."""
    for route in ROUTES:
        if role not in route.access.roles:
            continue
        for code, own in planted.items():
            yield from (route.url(code, arguments(route, own)) + query for query in QUERIES)
            if route.takes:
                yield route.url(code, arguments(route, stranger))
        yield route.url(stranger.unit.code, arguments(route, stranger))
    yield from ELSEWHERE
    yield from API


def leaks(person: Person, role: Role, planted: dict[str, Planted], stranger: Planted) -> list[str]:
    """The addresses whose answer holds a word planted at the other unit, beyond what was asked with."""
    found = []
    for url, text in answers(signed_in(person), addresses(role, planted, stranger)):
        seen = {word for word in every_token() if word in text}
        if seen:
            found.append(f"{url}: {sorted(seen)}")
    return found


def free_texts() -> Iterator[tuple[str, str]]:
    """Model and field of every free text of ours that belongs to a unit."""
    for model in apps.get_models():
        if not model.__module__.startswith("guimian.") or model._meta.label in OF_NOBODY:
            continue
        for field in model._meta.concrete_fields:
            label = f"{model._meta.label}.{field.name}"
            is_text = isinstance(field, models.CharField | models.TextField | models.JSONField)
            if is_text and not field.choices and label not in EXEMPT:
                yield model._meta.label, field.name


def every_token() -> set[str]:
    return {token(THEIRS, model, field)[:16] for model, field in free_texts()}


@pytest.fixture
def stranger(company: Company) -> Planted:
    """The sister counter, full of canaries; its centre as well."""
    plant(company.s211, THEIRS)
    return plant(company.k9, THEIRS)


@pytest.fixture
def planted(company: Company) -> dict[str, Planted]:
    return {"S111": plant(company.s111, f"{OURS}s"), "K1": plant(company.k1, f"{OURS}k")}


@pytest.mark.parametrize("role", Role, ids=str)
def test_nobody_sees_the_words_of_another_unit(
    role: Role, company: Company, planted: dict[str, Planted], stranger: Planted
) -> None:
    person = make_person("90000001", "我们的人", role, company.s111)
    assert leaks(person, role, planted, stranger) == []


def test_every_free_text_holds_a_canary(stranger: Planted) -> None:
    """A new model or a new text field must be planted as well."""
    empty = []
    for label, name in free_texts():
        wanted, field = token(THEIRS, label, name), apps.get_model(label)._meta.get_field(name)
        words = [str(value) for value in apps.get_model(label)._default_manager.values_list(name, flat=True)]
        if not any(wanted[: getattr(field, "max_length", None) or None] in word for word in words):
            empty.append(f"{label}.{name}")
    assert empty == []


def test_their_own_manager_does_see_them(company: Company, stranger: Planted) -> None:
    """Otherwise the test above would prove nothing: what is planted is shown to those whom it concerns."""
    person = make_person("90000002", "他们的人", Role.CENTRE_MANAGER, company.s211)
    urls = addresses(Role.CENTRE_MANAGER, {"K9": stranger}, stranger)
    seen = {word for _url, text in answers(signed_in(person), urls) for word in every_token() if word in text}
    shown = {label for label, name in free_texts() if token(THEIRS, label, name)[:16] in seen}
    assert {
        "organisation.Unit", "organisation.Person", "organisation.Window", "base.Finding", "base.Action", "base.Evidence",
        "base.PolicyOverride", "base.JournalEntry", "reception.BusinessRecord", "reception.Device",
    } <= shown  # fmt: skip


def test_a_query_without_its_guard_is_seen(
    company: Company, planted: dict[str, Planted], stranger: Planted, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The seeded leak: queries forget the reach; the roles that the pages ask for still stand."""

    def unguarded(self: Actor, unit: str = "unit", roles: frozenset[Role] = frozenset(Role)) -> Q:
        return Q()

    monkeypatch.setattr(Actor, "within", unguarded)
    person = make_person("90000003", "我们的人", Role.CENTRE_MANAGER, company.s111)
    assert leaks(person, Role.CENTRE_MANAGER, planted, stranger) != []
