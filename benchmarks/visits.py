"""What a visit costs: each verb of the hall on a new SQLite database, one after the other, each in its own transaction.

`python benchmarks/visits.py` prints milliseconds (median, 95th percentile) and queries a verb; `--save` keeps them, dated,
with the machine, under benchmarks/results/.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, time
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
VISITS = 300


def ready() -> None:
    """A house of its own, that is gone afterwards."""
    sys.path.insert(0, str(ROOT))
    os.environ |= {"GUIMIAN_DATA": tempfile.mkdtemp(prefix="guimian-bench-"), "GUIMIAN_LOG_LEVEL": "ERROR"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "guimian.config.settings"
    os.environ.pop("DATABASE_URL", None)
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


class Clock:
    """Times each call of a verb, and counts its queries."""

    def __init__(self) -> None:
        self.spent: dict[str, list[float]] = {}
        self.queries: dict[str, int] = {}

    def timed(self, verb: str, deed: Callable[[], Any]) -> Any:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        if verb not in self.queries:
            with CaptureQueriesContext(connection) as found:
                done = deed()
            self.queries[verb] = len(found)
            return done
        began = perf_counter()
        done = deed()
        self.spent.setdefault(verb, []).append((perf_counter() - began) * 1000)
        return done

    def report(self) -> dict[str, Any]:
        return {
            verb: {
                "n": len(times),
                "median_ms": round(statistics.median(times), 2),
                "p95_ms": round(statistics.quantiles(times, n=20)[-1], 2),
                "queries": self.queries[verb],
            }
            for verb, times in self.spent.items()
        }


def run() -> dict[str, Any]:
    """Visits one after the other at one window; the line is never longer than one."""
    from guimian.apps.calendar import services as calendar
    from guimian.apps.reception import services
    from guimian.apps.today.management.stage import crew_of, make_counter, make_service

    day = datetime(2026, 3, 2, tzinfo=UTC)
    unit = make_counter(day.date(), day)
    now = datetime.combine(day.date(), time(9), unit.zone)
    service = make_service(unit, now)
    crew = crew_of(unit, service, 1, day.date(), now)
    calendar.open_day(unit=unit, by=crew.supervisor, now=now)
    teller, clock = crew.tellers[0], Clock()
    seat = services.take_seat(unit=unit, window=crew.windows[0], by=teller, now=now)
    for _visit in range(VISITS):
        clock.timed("issue", partial(services.issue_ticket, unit=unit, service=service, by=None, now=now))
        ticket = clock.timed("call", partial(services.call_next, seat=seat, by=teller, now=now))
        clock.timed("start", partial(services.start_service, ticket=ticket, by=teller, now=now))
        clock.timed("finish", partial(services.finish_service, ticket=ticket, by=teller, now=now))
    return clock.report()


def main() -> None:
    ready()
    found = {
        "what": "verbs of a visit, SQLite, one process",
        "day": f"{datetime.now(UTC):%Y-%m-%d}",
        "machine": {"cores": os.cpu_count(), "arch": platform.machine(), "python": platform.python_version()},
        "verbs": run(),
    }
    print(json.dumps(found, indent=1))
    if "--save" in sys.argv:
        results = ROOT / "benchmarks/results"
        results.mkdir(exist_ok=True)
        (results / f"{found['day']}-visits.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
