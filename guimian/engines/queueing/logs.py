"""Logs of real arrivals, so that a day that was can be lived again: who came when, was called, served, or gave up.

Formats
- `anonymous-bank`: the call centre of an Israeli bank, 1999 (Guedj & Mandelbaum, Technion; Brown et al., JASA 2005), TAB
  separated. Kept: types PS, PE, NE, NW, TT and outcomes AGENT and HANG, of whoever queued or was served. Arrival is the
  start of the queue, the call its end; who never queued waited nothing.
- `csv`: comma separated with the columns date, arrived, called, started, ended, window, priority (see `CSV_COLUMNS`).

All times are seconds since midnight of the log's day; what ends after midnight lies beyond 86,400.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path

DAY = 24 * 3600
#: Why a log cannot be read; a door says it in the language of its reader.
REASONS: Mapping[str, str] = {
    "format": "The format is one of %(formats)s.",
    "text": "The file is no text in UTF-8.",
    "empty": "The log has no visit on this day.",
    "time": "Line %(line)s: “%(found)s” is no time; write it like 09:05:30.",
    "day": "Say which day of the log is meant.",
    "ends": "Line %(line)s: a visit has an arrival and an end.",
    "order": "Line %(line)s: arrived, called, started and ended follow one another.",
    "priority": "Line %(line)s: “%(found)s” is no priority class.",
    "columns": "The file lacks the columns %(columns)s.",
}
BANK_TYPES = frozenset({"PS", "PE", "NE", "NW", "TT"})
LONGEST_WAIT, LONGEST_SERVICE = 4000, 7200  # seconds; beyond them a row of the bank's log is a slip of its machine
#: column -> what stands there; times as 9:05, 09:05:30 or an ISO moment; empty where it did not happen
CSV_COLUMNS: Mapping[str, str] = {
    "date": "2026-03-02; may be left out when the file holds one day",
    "arrived": "when the ticket was drawn",
    "called": "when the number was called; empty for who gave up",
    "started": "when the service began; empty: at the call",
    "ended": "when the service ended, or the customer gave up",
    "window": "a name or number of who served; empty: whoever is free",
    "priority": "NORMAL, OLDER, DISABLED, VIP or APPOINTMENT; empty: NORMAL",
}


class UnreadableLog(ValueError):
    """A log that cannot be read: `reason` is a key of REASONS, `values` fill its sentence."""

    def __init__(self, reason: str, **values: object) -> None:
        super().__init__(REASONS[reason] % values)
        self.reason, self.values = reason, values


@dataclass(frozen=True)
class LoggedVisit:
    """One customer of the log. `called` None: gave up at `ended`. `server` "": whoever was free."""

    arrived: int
    called: int | None
    started: int | None
    ended: int
    server: str = ""
    priority: str = "NORMAL"

    @property
    def gave_up(self) -> bool:
        return self.called is None

    @property
    def wait(self) -> int:
        """Seconds from arrival to the call, or to giving up."""
        return (self.ended if self.called is None else self.called) - self.arrived


@dataclass(frozen=True)
class LoggedDay:
    """A day of a log in the order of arrivals; `left_out` counts the rows that are no visits, by reason."""

    day: date
    visits: tuple[LoggedVisit, ...]
    left_out: Mapping[str, int] = field(default_factory=dict)


def read_log(path: Path, kind: str, day: date | None) -> LoggedDay:
    """The visits of one day of a log. `kind` is one of FORMATS. Raises UnreadableLog, OSError."""
    if kind not in FORMATS:
        raise UnreadableLog("format", formats=", ".join(FORMATS))
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            found = FORMATS[kind](lines, day)
    except UnicodeDecodeError as error:
        raise UnreadableLog("text") from error
    if not found.visits:
        raise UnreadableLog("empty")
    return found


def seconds(text: str, line: int) -> int | None:
    """`9:05`, `09:05:30` or an ISO moment, as seconds since midnight; None for nothing. Raises UnreadableLog."""
    text = text.strip()
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text).time() if "-" in text else time.fromisoformat(padded(text))
    except ValueError as error:
        raise UnreadableLog("time", line=line, found=text[:40]) from error
    return at.hour * 3600 + at.minute * 60 + at.second


def padded(text: str) -> str:
    """`9:05` is `09:05`."""
    return f"0{text}" if text[1:2] == ":" else text


def after(earlier: int, later: int) -> int:
    """The later time, a day on when it lies past midnight."""
    return later + DAY if later < earlier and earlier - later > DAY // 2 else later


# ---------------------------------------------------------------- the bank
def bank(lines: Iterable[str], day: date | None) -> LoggedDay:
    if day is None:
        raise UnreadableLog("day")
    visits, left_out, said = [], Counter[str](), f"{day:%y%m%d}"
    for number, row in rows_of(lines, "\t", {"type", "date", "q_start", "q_exit", "outcome", "ser_start", "server"}):
        if row["date"] != said:
            continue
        visit = bank_visit(row, number)
        if isinstance(visit, str):
            left_out[visit] += 1
        else:
            visits.append(visit)
    return LoggedDay(day, in_order(visits), dict(left_out))


def bank_visit(row: Mapping[str, str], line: int) -> LoggedVisit | str:
    """The visit that the row tells of, or why it is none."""
    if row["type"] not in BANK_TYPES:
        return "type"
    if row["outcome"] not in {"AGENT", "HANG"}:
        return "outcome"
    joined, left = (seconds(row[name], line) or 0 for name in ("q_start", "q_exit"))
    begun, ended = (seconds(row[name], line) or 0 for name in ("ser_start", "ser_exit"))
    if joined:
        left = after(joined, left)
        if not 0 <= left - joined < LONGEST_WAIT:
            return "wait"
    if row["outcome"] == "HANG":
        return LoggedVisit(joined, None, None, left) if joined else "never in line"
    return bank_service(row, joined, left, begun, ended)


def bank_service(row: Mapping[str, str], joined: int, left: int, begun: int, ended: int) -> LoggedVisit | str:
    """Who was served. The log's two clocks differ by a second or two: a service begins at the call at the earliest.

    A wait that is known counts, though the times of its service are not: they are taken for nothing.
    """
    if begun:
        ended = after(begun, ended)
        if not 0 < ended - begun < LONGEST_SERVICE:
            begun = ended = 0
            if not joined:
                return "service"
    if not joined and not begun:
        return "never in line"
    called = left if joined else begun
    started = max(after(called, begun), called) if begun else called
    ended = max(after(started, ended), started) if begun else started
    server = "" if row["server"] == "NO_SERVER" else row["server"]
    priority = "VIP" if row["priority"] == "2" else "NORMAL"
    return LoggedVisit(joined or begun, called, started, ended, server, priority)


# ---------------------------------------------------------------- one's own
def own(lines: Iterable[str], day: date | None) -> LoggedDay:
    visits: list[LoggedVisit] = []
    for number, row in rows_of(lines, ",", {"arrived", "called", "ended"}):
        stands = (row.get("date") or "").strip()
        if day is None or not stands or stands == day.isoformat():
            visits.append(own_visit(row, number))
    return LoggedDay(day or date(1970, 1, 1), in_order(visits))


def own_visit(row: Mapping[str, str], line: int) -> LoggedVisit:
    arrived, called, started, ended = (
        seconds(row.get(name) or "", line) for name in ("arrived", "called", "started", "ended")
    )
    if arrived is None or ended is None:
        raise UnreadableLog("ends", line=line)
    known = [arrived]
    for one in (called, started, ended):
        if one is not None:
            known.append(after(known[-1], one))
    if known != sorted(known) or (started is not None and called is None):
        raise UnreadableLog("order", line=line)
    ended = known[-1]
    if called is not None:
        called = known[1]
        started = known[2] if started is not None else called
    priority = (row.get("priority") or "NORMAL").strip().upper()
    if priority not in {"NORMAL", "OLDER", "DISABLED", "VIP", "APPOINTMENT"}:
        raise UnreadableLog("priority", line=line, found=priority[:20])
    return LoggedVisit(arrived, called, started, ended, (row.get("window") or "").strip()[:20], priority)


def in_order(visits: Iterable[LoggedVisit]) -> tuple[LoggedVisit, ...]:
    return tuple(sorted(visits, key=lambda one: (one.arrived, one.called or one.ended)))


def rows_of(lines: Iterable[str], delimiter: str, needed: set[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows with the number of their line; raises UnreadableLog when a column is missing."""
    rows = csv.DictReader(lines, delimiter=delimiter, restval="")
    missing = sorted(needed - set(rows.fieldnames or ()))
    if missing:
        raise UnreadableLog("columns", columns=", ".join(missing))
    for row in rows:
        yield rows.line_num, row


FORMATS = {"anonymous-bank": bank, "csv": own}
