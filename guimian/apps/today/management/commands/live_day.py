"""`live_day`: live a day of a log of real arrivals at a counter, through the services, and print its report."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guimian.apps.today.management.log_day import hours_of, live_log, report_of, script_of
from guimian.apps.today.management.stage import crew_of, make_counter, make_hours, make_service
from guimian.base.errors import Unable
from guimian.engines.queueing.logs import CSV_COLUMNS, FORMATS, LoggedDay, UnreadableLog, read_log

#: engines.queueing.logs.REASONS, in the language of the reader
WHY: Mapping[str, str | Promise] = {
    "format": gettext_lazy("The format is one of %(formats)s."),
    "text": gettext_lazy("The file is no text in UTF-8."),
    "empty": gettext_lazy("The log has no visit on this day."),
    "time": gettext_lazy("Line %(line)s: “%(found)s” is no time; write it like 09:05:30."),
    "day": gettext_lazy("Say which day of the log is meant: --date 1999-02-01."),
    "ends": gettext_lazy("Line %(line)s: a visit has an arrival and an end."),
    "order": gettext_lazy("Line %(line)s: arrived, called, started and ended follow one another."),
    "priority": gettext_lazy("Line %(line)s: “%(found)s” is no priority class."),
    "columns": gettext_lazy("The file lacks the columns %(columns)s."),
}
COLUMNS = "\n".join(f"  {name:<9} {about}" for name, about in CSV_COLUMNS.items())


class Command(BaseCommand):
    help = (
        "Lives a day of a log of real arrivals at a counter of its own, in a database that is thrown away: opens, issues,"
        " calls, serves and closes through the services at the log's own times, and prints the day's report."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.epilog = f"Columns of --format csv:\n{COLUMNS}"
        parser.add_argument("--log", required=True, type=Path, help="the file")
        parser.add_argument("--format", default="csv", choices=sorted(FORMATS), help="how it is written")
        parser.add_argument("--date", type=date.fromisoformat, help="the day of the log, such as 1999-02-01")
        parser.add_argument("--as", dest="lived", type=date.fromisoformat, help="the business day it is lived as")
        parser.add_argument("--json", action="store_true", help="the report for machines")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            log = read_log(options["log"], options["format"], options["date"])
            report = lived(log, options["lived"] or log.day)
        except UnreadableLog as error:
            raise CommandError(str(WHY[error.reason]) % error.values) from error
        except OSError as error:
            raise CommandError(str(error)) from error
        except Unable as error:
            raise CommandError(f"{error.message} ({error.clause}: {error.found})") from error
        self.stdout.write(json.dumps(report, ensure_ascii=False, indent=1) if options["json"] else told(report))


def lived(log: LoggedDay, day: date) -> dict[str, Any]:
    """Set the stage, live the day, read the report. One transaction: the database is thrown away afterwards."""
    began = time.monotonic()
    midnight = datetime.combine(day, datetime.min.time(), ZoneInfo(settings.TIME_ZONE))
    with transaction.atomic():
        unit = make_counter(day, midnight)
        make_hours(unit, hours_of(log), day, midnight)
        script = script_of(log, make_service(unit, midnight))
        hall = live_log(script, unit, crew_of(unit, script.service, script.seats, day, midnight), day)
        report = report_of(hall, log)
    return report | {"seconds": round(time.monotonic() - began, 2)}


def told(report: dict[str, Any]) -> str:
    """The report in lines."""
    waits, comfort, close = report["waits"], report["comfort"], report["close"]
    lines = [
        _("%(day)s, lived from the log of %(log)s: %(visits)s visits")
        % {"day": report["day"], "log": report["log"]["date"], "visits": report["log"]["visits"]},
        _("Tickets %(tickets)s · served %(served)s · gave up %(gave_up)s · windows %(windows)s") % report,
        _("Wait of those called: mean %(mean)s s · median %(median)s s · 90%% within %(p90)s s · longest %(longest)s s")
        % ({"mean": 0, "median": 0, "p90": 0, "longest": 0} | waits["called"]),
        _("Waits that differ from the log: %(count)s") % {"count": waits["differ_from_log"]},
        _("Longest line: %(count)s") % {"count": report["longest_line"]},
        _("Comfort alerts above %(limit)s min (%(clause)s): %(count)s")
        % {"limit": comfort["limit_minutes"], "clause": comfort["clause"], "count": comfort["alerts"]},
        _("Duties, done as they fell due: %(done)s in time, %(late)s late, %(missed)s missed") % report["duties"],
        _("Close: %(state)s at %(at)s · journal holds: %(holds)s")
        % {"state": close["state"], "at": close["closed_at"], "holds": _("Yes") if close["journal_holds"] else _("No")},
        _("Lived in %(seconds)s s") % report,
    ]
    return "\n".join(lines)
