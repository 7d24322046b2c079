"""Rows for the tests of the hall: services, an open day, windows, seats."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from guimian.apps.calendar.models import BusinessDay
from guimian.apps.organisation.models import Person, PersonSkill, Skill, Unit, Window
from guimian.apps.reception import services
from guimian.apps.reception.models import Seat, Service, Ticket

TODAY = date(2026, 11, 23)
NINE = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # nine o'clock in Shanghai, on a Monday


def at(minutes: float) -> datetime:
    """So many minutes after nine."""
    return NINE + timedelta(minutes=minutes)


def make_service(code: str = "CHANGE", letter: str = "A", skill: str = "POLICY_SERVICE") -> Service:
    found, _made = Skill.objects.get_or_create(code=skill, defaults={"name": skill, "name_en": skill})
    row, _made = Service.objects.get_or_create(
        code=code, defaults={"name": "保全变更", "name_en": "Policy change", "letter": letter, "skill": found}
    )
    return row


def make_day(unit: Unit, by: Person, state: str = "OPEN") -> BusinessDay:
    times = {} if state == "OPEN" else {"closing_at": NINE, "closing_by": by}
    if state == "CLOSED":
        times |= {"closed_at": NINE, "closed_by": by}
    return BusinessDay.objects.create(unit=unit, day=TODAY, state=state, opened_at=NINE, opened_by=by, **times)


def make_window(unit: Unit, number: int = 1, *served: Service) -> Window:
    window = Window.objects.create(unit=unit, number=number)
    window.skills.set({service.skill for service in served})
    return window


def make_skilled(person: Person, *served: Service) -> None:
    for service in served:
        PersonSkill.objects.get_or_create(person=person, skill=service.skill, defaults={"since": TODAY})


def make_seat(unit: Unit, teller: Person, number: int = 1, *served: Service) -> Seat:
    return services.take_seat(unit=unit, window=make_window(unit, number, *served), by=teller, now=NINE)


def make_ticket(unit: Unit, service: Service, minutes: float = 0, priority: str = "NORMAL") -> Ticket:
    return services.issue_ticket(unit=unit, service=service, priority=priority, by=None, now=at(minutes))


def make_served(seat: Seat, service: Service, came: float, called: float, went: float) -> Ticket:
    """A whole visit."""
    ticket = make_ticket(seat.unit, service, came)
    services.call_ticket(seat=seat, ticket=ticket, by=seat.teller, now=at(called))
    services.start_service(ticket=ticket, by=seat.teller, now=at(called))
    return services.finish_service(ticket=ticket, by=seat.teller, now=at(went))
