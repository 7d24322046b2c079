"""The pages of findings, for those who may, and a number of queries that does not grow with the rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company
from guimian.base.findings import demo, services
from guimian.base.findings.tests.test_files import photo
from guimian.base.findings.tests.test_services import found, given
from guimian.base.models import Action, Evidence, Finding


@pytest.fixture(autouse=True)
def _own_media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def as_(person: Person, language: str = "en") -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["language"] = language
    return client


def test_from_the_form_to_the_verdict(company: Company, cast: Mapping[str, Person]) -> None:
    teller, manager, supervisor = as_(cast["teller"]), as_(cast["manager"]), as_(cast["supervisor"])
    upload = SimpleUploadedFile("a.jpg", photo(), "image/jpeg")
    answer = teller.post("/u/K1/findings/new/", {"what": "A chair is loose.", "clause": "R7.1", "photos": [upload]})
    finding = Finding.objects.get()
    assert answer["Location"] == f"/u/K1/findings/{finding.pk}/"
    assert "A chair is loose." in manager.get("/u/S111/findings/").content.decode()
    due = timezone.localdate() + timedelta(3)
    manager.post(
        f"/u/K1/findings/{finding.pk}/assign/", {"owner": cast["supervisor"].pk, "due_date": due, "what": "Mend it"}
    )
    assert "Mend it" in supervisor.get("/u/K1/findings/").content.decode()
    supervisor.post(f"/u/K1/findings/{finding.pk}/done/", {"note": "Screwed tight."})
    assert "Screwed tight." in manager.get(f"/u/K1/findings/{finding.pk}/").content.decode()
    manager.post(f"/u/K1/findings/{finding.pk}/decide/", {"note": "", "decision": "verify"})
    finding.refresh_from_db()
    assert finding.state == "CLOSED"


def test_a_refusal_keeps_what_was_typed_and_cites_the_clause(company: Company, cast: Mapping[str, Person]) -> None:
    finding = found(company)
    past = timezone.localdate() - timedelta(1)
    answer = as_(cast["manager"]).post(
        f"/u/K1/findings/{finding.pk}/assign/", {"owner": cast["teller"].pk, "due_date": past, "what": "Typed words"}
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Typed words" in html
    assert "The day has passed." in html
    assert "R7.1" in html


def test_a_file_that_is_refused_is_named_and_the_rest_is_kept(company: Company, cast: Mapping[str, Person]) -> None:
    finding, client = found(company), as_(cast["teller"])
    files = [
        SimpleUploadedFile("bad.jpg", b"<script>", "image/jpeg"),
        SimpleUploadedFile("good.jpg", photo(), "image/jpeg"),
    ]
    page = client.post(f"/u/K1/findings/{finding.pk}/attach/", {"photos": files}, follow=True).content.decode()
    assert "bad.jpg" in page
    assert Evidence.objects.get().name == "good.jpg"


def test_files_are_given_past_the_guard_only(company: Company, cast: Mapping[str, Person]) -> None:
    finding = found(company)
    evidence = services.attach_evidence(
        finding=finding, name="a.jpg", content=photo(), note="", by=cast["manager"], now=timezone.now()
    )
    answer = as_(cast["teller"]).get(f"/u/K1/findings/evidence/{evidence.pk}/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert as_(cast["outsider"]).get(f"/u/K9/findings/evidence/{evidence.pk}/").status_code == 404
    assert Client().get(f"/media/{evidence.path}").status_code == 404
    (Path(str(evidence.path))).unlink(missing_ok=True)


def test_an_outsider_sees_nothing(company: Company, cast: Mapping[str, Person]) -> None:
    finding, client = found(company), as_(cast["outsider"])
    for path in ("", "all/", "new/", f"{finding.pk}/"):
        assert client.get(f"/u/K1/findings/{path}").status_code == 404
    assert client.get(f"/u/K9/findings/{finding.pk}/").status_code == 404
    assert "The display is dark." not in client.get("/u/K9/findings/all/").content.decode()


def test_a_teller_neither_assigns_nor_decides(company: Company, cast: Mapping[str, Person]) -> None:
    action, client = given(company, cast), as_(cast["teller"])
    for verb in ("assign", "decide"):
        assert client.post(f"/u/K1/findings/{action.finding_id}/{verb}/").status_code == 403


@pytest.mark.parametrize(
    "query", ["", "?state=late", "?state=DONE", "?state=CLOSED", "?q=dark", "?unit=K1", "?sort=-due", "?state=x"]
)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_list_answers_every_filter(company: Company, cast: Mapping[str, Person], query: str, language: str) -> None:
    given(company, cast)
    assert as_(cast["manager"], language).get(f"/u/S111/findings/all/{query}").status_code == 200


def test_overdue_is_what_is_past_its_day_and_not_done(company: Company, cast: Mapping[str, Person]) -> None:
    action, client = given(company, cast), as_(cast["manager"])
    Action.objects.filter(pk=action.pk).update(due_date=timezone.localdate() - timedelta(1))
    assert "The display is dark." in client.get("/u/K1/findings/all/?state=late").content.decode()
    Action.objects.filter(pk=action.pk).update(state="DONE", done_at=timezone.now(), done_by=cast["supervisor"])
    assert "The display is dark." not in client.get("/u/K1/findings/all/?state=late").content.decode()


def queries_of(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize("path", ["/u/S111/findings/", "/u/S111/findings/all/"])
def test_queries_do_not_grow_with_the_rows(company: Company, cast: Mapping[str, Person], path: str) -> None:
    client = as_(cast["manager"])
    given(company, cast)
    client.get(path)
    few = queries_of(client, path)
    for _one in range(40):
        given(company, cast, "teller")
    assert queries_of(client, path) == few


def test_the_demo_has_findings_in_every_state_and_makes_them_once(settings: Any) -> None:
    from guimian.apps.organisation.management import demo as organisation

    assert {story.stands for story in demo.STORIES} == {"open", "to_do", "late", "done", "back", "closed"}
    assert {story.unit for story in demo.STORIES} <= {code for code, *_rest in organisation.UNITS}
