"""A day of a log lived again: every customer comes, is called, served and goes at the log's own second."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from guimian.apps.calendar import queries as calendar_queries
from guimian.apps.reception import queries as reception_queries
from guimian.apps.reception import services as reception
from guimian.apps.reception.rules import plan_seats
from guimian.apps.routines import queries as routines_queries
from guimian.apps.today.management import chores, closing
from guimian.apps.today.management.living import ARRIVE, CALL, GIVE_UP, Crew, Hall
from guimian.base import journal, policy
from guimian.base.access import actor_of
from guimian.engines.queueing.logs import LoggedDay, LoggedVisit

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit
    from guimian.apps.reception.models import Service

EARLIEST, LATEST = time(0, 30), time(23, 29)
HALF_AN_HOUR = 1800


@dataclass
class Script:
    """What is to be lived: the log's visits, the place of the crew that serves each, and the service they come for."""

    log: LoggedDay
    places: Sequence[int | None]
    service: Service

    @property
    def seats(self) -> int:
        return max((place for place in self.places if place is not None), default=-1) + 1


def script_of(log: LoggedDay, service: Service) -> Script:
    served = [(visit.server, visit.called, visit.ended) for visit in log.visits]
    return Script(log, plan_seats(served), service)


def hours_of(log: LoggedDay) -> tuple[time, time]:
    """Doors that suit the log: the half hour before the first arrival, the half hour after the last, within a day."""
    first, last = log.visits[0].arrived, max(visit.arrived for visit in log.visits)
    opens = time(*divmod(first // HALF_AN_HOUR * 30, 60))
    closes = (last // HALF_AN_HOUR + 1) * 30
    return max(opens, EARLIEST), time(*divmod(closes, 60)) if closes < 24 * 60 - 30 else LATEST


def live_log(script: Script, unit: Unit, crew: Crew, day: date) -> Hall:
    """Open the day as work begins, live every visit, close after the last farewell. The hall as it ended.

    The day's duties are done and its rounds walked as they fall due: the log says nothing of them.
    """
    hall = Hall(unit, day, crew)
    opens = hours_of(script.log)[0]
    hall.now = hall.moment(opens.hour * 3600 + opens.minute * 60 - HALF_AN_HOUR)  # as work begins
    hall.open()
    for number, visit in enumerate(script.log.visits):
        hall.later(visit.arrived, ARRIVE, _coming(hall, script, number, visit))
    chores.plan(hall)
    hall.live(until=max(visit.ended for visit in script.log.visits))
    closing.close(hall)
    ended = hall.now
    hall.live()  # the duties of the evening
    hall.now = max(hall.now, ended)
    return hall


def _coming(hall: Hall, script: Script, number: int, visit: LoggedVisit) -> Any:
    """What happens when this customer comes: the ticket, and the events that follow from the log."""
    place = script.places[number]

    def come() -> None:
        hall.tickets[number] = reception.issue_ticket(
            unit=hall.unit, service=script.service, priority=visit.priority, by=None, now=hall.now
        )
        if visit.called is None or place is None:
            hall.later(visit.ended, GIVE_UP, lambda: give_up(hall, number))
            return
        hall.later(visit.called, CALL, lambda: call(hall, number, place, visit))

    return come


def call(hall: Hall, number: int, place: int, visit: LoggedVisit) -> None:
    seat = hall.seat_at(place)
    reception.call_ticket(seat=seat, ticket=hall.tickets[number], by=seat.teller, now=hall.now)
    hall.serve(number, place, visit.started or visit.arrived, visit.ended)


def give_up(hall: Hall, number: int) -> None:
    reception.leave_line(ticket=hall.tickets[number], by=None, now=hall.now)


# ---------------------------------------------------------------- the report
def seconds_of(waits: Sequence[float]) -> dict[str, float | int]:
    """How many, and their mean, median, 90th percentile and maximum in seconds."""
    if not waits:
        return {"n": 0}
    ranked = sorted(waits)
    return {
        "n": len(ranked),
        "mean": round(statistics.fmean(ranked), 2),
        "median": round(statistics.median(ranked), 2),
        "p90": round(ranked[min(int(0.9 * len(ranked)), len(ranked) - 1)], 2),
        "longest": round(ranked[-1], 2),
    }


def report_of(hall: Hall, log: LoggedDay) -> dict[str, Any]:
    """The day in figures, read back from the database; waits in seconds."""
    unit, day = hall.unit, hall.day
    figures = policy.on(day, unit)
    found = reception_queries.day_figures(unit, day, hall.now, figures)
    waits = reception_queries.waits_of(unit, day)
    row = calendar_queries.day_of(unit, day)
    in_log = [visit.wait for visit in log.visits]
    return {
        "unit": unit.code,
        "day": day.isoformat(),
        "log": {"date": log.day.isoformat(), "visits": len(log.visits), "left_out": dict(log.left_out)},
        "tickets": found.tickets,
        "served": found.served,
        "gave_up": found.gave_up,
        "missed": found.missed,
        "waits": {
            "called": seconds_of([wait for _number, wait, called in waits if called]),
            "queued_and_called": seconds_of([wait for _number, wait, called in waits if called and wait]),
            "gave_up": seconds_of([wait for _number, wait, called in waits if not called]),
            "differ_from_log": sum(said != wait for said, (_n, wait, _c) in zip(in_log, waits, strict=True)),
        },
        "longest_line": found.longest_line,
        "comfort": {
            "clause": figures.figure("reception.comfort_after").clause,
            "limit_minutes": figures.whole("reception.comfort_after"),
            "alerts": found.comfort,
        },
        "windows": len(set(hall.crew.windows)),
        "duties": duties_of(hall),
        "close": {
            "state": row.state if row else "NONE",
            "opened_at": told(row.opened_at if row else None, hall),
            "closed_at": told(row.closed_at if row else None, hall),
            "journal_holds": journal.first_break(unit) is None,
        },
    }


def duties_of(hall: Hall) -> dict[str, int]:
    """How the day's duties stand at its end."""
    actor = actor_of(hall.crew.supervisor, hall.day)
    tally = routines_queries.duties_page(actor, hall.unit, hall.day, hall.now).tally
    return {name: getattr(tally, name) for name in ("done", "late", "missed", "overdue", "due")}


def told(at: datetime | None, hall: Hall) -> str:
    return at.astimezone(hall.unit.zone).isoformat(timespec="seconds") if at else ""
