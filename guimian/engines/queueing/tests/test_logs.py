"""Promises of logs: the rows that are visits, those that are none, and what is said of a bad line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from guimian.engines.queueing.logs import LoggedVisit, UnreadableLog, read_log

HEAD = (
    "vru+line\tcall_id\tcustomer_id\tpriority\ttype\tdate\tvru_entry\tvru_exit\tvru_time\tq_start\tq_exit\tq_time\toutcome\t"
    "ser_start\tser_exit\tser_time\tserver"
)
FIRST = date(1999, 2, 1)


def bank(path: Path, *rows: str) -> Path:
    """A file in the bank's format; rows are priority, type, date, queue start and end, outcome, service start and end, server."""
    lines = [HEAD]
    for row in rows:
        priority, kind, day, joined, left, outcome, begun, ended, server = row.split()
        lines.append(
            "\t".join(
                (
                    "A",
                    "1",
                    "0",
                    priority,
                    kind,
                    day,
                    "9:00:00",
                    "9:00:00",
                    "0",
                    joined,
                    left,
                    "0",
                    outcome,
                    begun,
                    ended,
                    "0",
                    server,
                )
            )
        )
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_the_banks_rows(tmp_path: Path) -> None:
    """Queued and served, served at once, given up in line; past midnight; two clocks that differ by a second."""
    file = bank(
        tmp_path / "log.txt",
        "2 PS 990201 9:00:10 9:01:10 AGENT 9:01:09 9:05:00 ANNA",
        "0 NW 990201 0:00:00 0:00:00 AGENT 8:30:00 8:31:00 BEN",
        "0 PE 990201 9:02:00 9:03:30 HANG 0:00:00 0:00:00 NO_SERVER",
        "0 TT 990201 23:58:00 0:01:00 AGENT 0:01:00 0:02:00 ANNA",
        "0 PS 990202 9:00:00 9:00:10 AGENT 9:00:10 9:01:00 ANNA",
    )
    found = read_log(file, "anonymous-bank", FIRST)
    assert found.visits == (
        LoggedVisit(30600, 30600, 30600, 30660, "BEN"),
        LoggedVisit(32410, 32470, 32470, 32700, "ANNA", "VIP"),
        LoggedVisit(32520, None, None, 32610),
        LoggedVisit(86280, 86460, 86460, 86520, "ANNA"),
    )
    assert [visit.wait for visit in found.visits] == [0, 60, 90, 180] and not found.left_out


def test_rows_that_are_no_visits_are_counted(tmp_path: Path) -> None:
    file = bank(
        tmp_path / "log.txt",
        "0 IN 990201 9:00:00 9:00:10 AGENT 9:00:10 9:01:00 ANNA",
        "0 PS 990201 9:00:00 9:00:10 PHANTOM 9:00:10 9:01:00 ANNA",
        "0 PS 990201 0:00:00 0:00:00 HANG 0:00:00 0:00:00 NO_SERVER",
        "0 PS 990201 9:00:00 11:00:00 AGENT 11:00:00 11:01:00 ANNA",
        "0 PS 990201 0:00:00 0:00:00 AGENT 9:00:00 13:00:00 ANNA",
        "0 PS 990201 9:00:00 9:00:30 AGENT 0:00:00 0:00:00 ANNA",
    )
    found = read_log(file, "anonymous-bank", FIRST)
    assert found.left_out == {"type": 1, "outcome": 1, "never in line": 1, "wait": 1, "service": 1}
    assert found.visits == (LoggedVisit(32400, 32430, 32430, 32430, "ANNA"),)  # its wait is known, its service is not


def test_ones_own_file(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text(
        "arrived,called,started,ended,window,priority\n9:00,9:05:30,9:06,9:10,3,OLDER\n2026-03-02T09:01,,,09:20,,\n",
        encoding="utf-8-sig",
    )
    found = read_log(file, "csv", date(2026, 3, 2))
    assert found.visits == (
        LoggedVisit(32400, 32730, 32760, 33000, "3", "OLDER"),
        LoggedVisit(32460, None, None, 33600),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("arrived,called\n9:00,9:05", "ended"),
        ("arrived,called,ended\nnine,9:05,9:10", "2"),
        ("arrived,called,ended\n9:00,9:05,", "2"),
        ("arrived,called,ended\n9:00,8:05,9:10", "2"),
        ("arrived,called,ended,priority\n9:00,9:05,9:10,KING", "KING"),
        ("arrived,called,ended\n", "no visit"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableLog, match=said):
        read_log(file, "csv", None)


def test_what_is_no_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_bytes(b"\xff\xfe\x00\x01")
    with pytest.raises(UnreadableLog):
        read_log(file, "csv", None)
