"""Promises of the hall through the API: a whole visit, refusals with their clause, nobody else's hall."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from guimian.apps.organisation.models import Person
from guimian.apps.organisation.tests.cast import Company, make_person
from guimian.apps.reception import services
from guimian.apps.reception.models import BusinessRecord, Ticket
from guimian.apps.reception.tests.rows import make_service, make_window
from guimian.apps.reception.tests.test_guests import open_today
from guimian.base.access import Role
from guimian.base.api.tests.calling import Program, refused


def seated(company: Company, teller: Person, number: int = 1) -> Program:
    """A teller's program; the teller sits at a window that serves CHANGE."""
    service = make_service()
    open_today(company.k1, teller)
    window = make_window(company.k1, number, service)
    services.take_seat(unit=company.k1, window=window, by=teller, now=timezone.now())
    return Program(teller)


def done(program: Program, path: str, body: Any = None, key: str = "k") -> Any:
    answer = program.post(f"/units/K1/{path}", body or {}, f"{path}{key}")
    assert answer.status_code in {200, 201}, answer.content
    return answer.json()


def test_a_visit_from_ticket_to_record(company: Company, teller: Person) -> None:
    program = seated(company, teller)
    issued = done(program, "tickets", {"service": "CHANGE", "priority": "OLDER"})
    assert (issued["number"], issued["state"], issued["window"]) == ("A001", "WAITING", None)
    assert [one["number"] for one in program.get("/units/K1/line").json()["items"]] == ["A001"]
    assert done(program, "calls")["ticket"]["window"] == 1
    shown = program.get("/units/K1/board").json()
    assert [(one["number"], one["window"]) for one in shown["shown"]] == [("A001", 1)] and shown["waiting"] == []
    done(program, f"tickets/{issued['id']}/start")
    record = done(
        program, "records",
        {"service": "CHANGE", "ticket": issued["id"], "direction": "IN", "amount": "12.50", "way": "CASH"},
    )  # fmt: skip
    assert (record["number"], record["amount"], record["ticket"]) == (1, "12.50", issued["id"])
    assert done(program, f"tickets/{issued['id']}/finish")["state"] == "DONE"
    figures = program.get("/units/K1/figures-of-day").json()
    assert (figures["tickets"], figures["served"], figures["waiting"]) == (1, 1, 0)
    assert done(program, "calls", key="again") == {"ticket": None}


def test_the_same_call_is_done_once(company: Company, teller: Person) -> None:
    program = seated(company, teller)
    two = [done(program, "tickets", {"service": "CHANGE"}) for _turn in (1, 2)]
    assert two[0] == two[1] and Ticket.objects.count() == 1
    third = done(program, "tickets", {"service": "CHANGE", "key": "mine"}, key="other")
    fourth = done(program, "tickets", {"service": "CHANGE", "key": "mine"}, key="another")
    assert third["id"] == fourth["id"] != two[0]["id"]


def test_a_refusal_cites_its_clause(company: Company, teller: Person) -> None:
    program = seated(company, teller)
    issued = done(program, "tickets", {"service": "CHANGE"})
    done(program, "calls")
    found = refused(program.post(f"/units/K1/tickets/{issued['id']}/pass-over", {}, "p"), 422)
    assert (found["code"], found["clause"], found["found"], found["wanted"]) == ("UnableToPassOver", "R6.3", 1, 2)
    found = refused(program.post("/units/K1/tickets", {"service": "NOTHING"}, "n"), 422)
    assert found["clause"] == "R6.5"
    found = refused(program.post("/units/K1/records", {"service": "CHANGE", "amount": "5.00"}, "r"), 422)
    assert found["clause"] == "R5.4" and not BusinessRecord.objects.exists()


def test_without_a_window_nobody_is_called(company: Company, teller: Person) -> None:
    found = refused(Program(teller).post("/units/K1/calls", {}, "c"), 422)
    assert (found["code"], found["clause"]) == ("UnableToCall", "R2.1")


def test_the_number_at_another_window_is_left_alone(company: Company, teller: Person) -> None:
    program = seated(company, teller)
    other = seated(company, make_person("90000001", "另一人", Role.TELLER, company.k1), 2)
    issued = done(program, "tickets", {"service": "CHANGE"})
    done(program, "calls")
    found = refused(other.post(f"/units/K1/tickets/{issued['id']}/start", {}, "s"), 422)
    assert found["code"] == "UnableToStart"
    assert Ticket.objects.get().state == "CALLED"


@pytest.mark.parametrize("path", ["services", "board", "line", "figures-of-day"])
def test_another_counter_does_not_exist(path: str, company: Company, outsider: Person) -> None:
    refused(Program(outsider).get(f"/units/K1/{path}"), 404)


def test_roles_are_asked_for(company: Company, guide: Person, archivist: Person) -> None:
    make_service()
    refused(Program(guide).post("/units/K1/calls", {}, "c"), 403)
    refused(Program(archivist).post("/units/K1/tickets", {"service": "CHANGE"}, "t"), 403)
    refused(Program(archivist).get("/units/K1/line"), 403)


def test_only_counters_have_a_hall(company: Company, manager: Person) -> None:
    for path in ("board", "line", "figures-of-day"):
        refused(Program(manager).get(f"/units/S111/{path}"), 404)
    make_service()
    listed = Program(manager).get("/units/S111/services").json()["items"]
    assert [(one["code"], one["letter"], one["skill"]) for one in listed] == [("CHANGE", "A", "POLICY_SERVICE")]
