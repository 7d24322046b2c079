"""Promises of findings through the API: found, given to somebody, done, verified by another person, each once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company
from guimian.base.api.tests.calling import Program, refused
from guimian.base.models import Action, Finding

DUE = (timezone.localdate() + timedelta(days=5)).isoformat()


def found(**members: Any) -> dict[str, Any]:
    return {"unit": "K1", "clause": "R1.5", "what": "The queue display is dark."} | members


@pytest.fixture
def finding(company: Company, guide: Person) -> int:
    """One that the guide recorded at K1."""
    return int(Program(guide).post("/findings", found(), "k-1").json()["id"])


def given_to(owner: Person) -> dict[str, str]:
    return {"owner": owner.staff_number, "due": DUE}


def test_a_finding_is_recorded_once(company: Company, guide: Person) -> None:
    program = Program(guide)
    first, second = (program.post("/findings", found(), "k-1") for _number in range(2))
    assert (first.status_code, first.content) == (201, second.content)
    row = Finding.objects.get()
    assert (row.unit.code, row.clause, row.found_by, row.state) == ("K1", "R1.5", guide, "OPEN")
    assert first.json() == program.get(f"/findings/{row.pk}").json()


def test_the_same_thing_found_again_is_the_same_finding(company: Company, guide: Person) -> None:
    program = Program(guide)
    ids = {program.post("/findings", found(key="display-3"), f"k-{number}").json()["id"] for number in range(2)}
    assert len(ids) == 1


@pytest.mark.parametrize(
    "wrong",
    [{"what": ""}, {"what": "  "}, {"what": "a\x00b"}, {"what": "x" * 2001}, {"clause": "R99.9"}, {"clause": "nonsense"},
     {"unit": "k1"}, {"code": "x"}, {"key": "x" * 201}],
)  # fmt: skip
def test_what_cannot_be_recorded_is_refused(company: Company, guide: Person, wrong: dict[str, str]) -> None:
    refused(Program(guide).post("/findings", found(**wrong), "k-1"), 422)
    assert not Finding.objects.exists()


def test_from_finding_to_verified(finding: int, manager: Person, teller: Person, supervisor: Person) -> None:
    leader, owner, other = Program(manager), Program(teller), Program(supervisor)
    path = f"/findings/{finding}"
    assert leader.post(f"{path}/actions", given_to(teller), "k-1").json()["action_state"] == "ASSIGNED"
    assert owner.post(f"{path}/done", {"note": "New lamp"}, "k-1").json()["action_state"] == "DONE"
    assert other.post(f"{path}/reject", {"note": "Still dark"}, "k-1").json()["action_state"] == "REJECTED"
    assert owner.post(f"{path}/done", {"note": "New fuse"}, "k-2").json()["action_state"] == "DONE"
    closed = other.post(f"{path}/verify", {"note": "Seen"}, "k-2").json()
    assert (closed["state"], closed["action_state"]) == ("CLOSED", "VERIFIED")
    assert [one["id"] for one in leader.get("/findings", unit="S111", state="CLOSED").json()["items"]] == [finding]
    assert leader.get("/findings", unit="S111", state="OPEN").json()["total"] == 0


def test_nobody_verifies_what_is_their_own(finding: int, supervisor: Person) -> None:
    program, path = Program(supervisor), f"/findings/{finding}"
    program.post(f"{path}/actions", given_to(supervisor), "k-1")
    program.post(f"{path}/done", {"note": "Mended"}, "k-2")
    problem = refused(program.post(f"{path}/verify", {"note": "Fine"}, "k-3"), 422)
    assert (problem["code"], problem["clause"]) == ("UnableToVerify", "R1.5")


def test_only_leaders_assign_and_only_to_those_who_reach_it(
    finding: int, teller: Person, manager: Person, outsider: Person
) -> None:
    path = f"/findings/{finding}/actions"
    refused(Program(teller).post(path, given_to(teller), "k-1"), 403)
    assert refused(Program(manager).post(path, given_to(outsider), "k-1"), 422)["code"] == "UnableToAssign"
    assert not Action.objects.exists()


def test_what_nobody_has_cannot_be_done(finding: int, teller: Person) -> None:
    problem = refused(Program(teller).post(f"/findings/{finding}/done", {"note": "x"}, "k-1"), 422)
    assert problem["code"] == "UnableToReportDone"


def test_another_line_does_not_exist(finding: int, outsider: Person, teller: Person) -> None:
    program = Program(outsider)
    refused(program.get(f"/findings/{finding}"), 404)
    refused(program.get("/findings", unit="K1"), 404)
    refused(program.post("/findings", found(), "k-1"), 404)
    for number, verb in enumerate(("actions", "done", "verify", "reject")):
        body = given_to(teller) if verb == "actions" else {"note": "x"}
        refused(program.post(f"/findings/{finding}/{verb}", body, f"k-{number}"), 404)


@pytest.mark.parametrize("pk", ["0", "-1", "9" * 30, "x"])
def test_what_is_no_number_of_a_finding(company: Company, teller: Person, pk: str) -> None:
    refused(Program(teller).get(f"/findings/{pk}"), 422)
