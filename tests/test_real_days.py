"""Days of a real log, lived: every wait is the log's. The log is not part of the project; without it this is skipped.

The folder with the data is `shared/data` beside the checkout, or what GUIMIAN_REAL_DATA names.
"""

from __future__ import annotations

import os
import statistics
from datetime import date
from pathlib import Path

import pytest

from guimian.apps.today.management.commands.live_day import lived
from guimian.engines.queueing.logs import read_log

ROOT = Path(__file__).resolve().parent.parent
LOG = Path(os.environ.get("GUIMIAN_REAL_DATA", ROOT.parent / "shared/data")) / "queue/anonymous-bank/february.txt"


@pytest.mark.django_db
@pytest.mark.skipif(not LOG.exists(), reason="the log of the anonymous bank is not here")
@pytest.mark.parametrize("day", [6, 13, 27])
def test_a_real_day_is_lived_to_the_second(day: int) -> None:
    """The short Saturdays of February 1999; the long days are lived by `guimian day`."""
    log = read_log(LOG, "anonymous-bank", date(1999, 2, day))
    waits = [visit.wait for visit in log.visits if not visit.gave_up]
    report = lived(log, date(2026, 3, day))
    assert report["waits"]["differ_from_log"] == 0
    assert (report["tickets"], report["served"]) == (len(log.visits), len(waits))
    assert report["waits"]["called"]["mean"] == round(statistics.fmean(waits), 2)
    assert report["close"]["state"] == "CLOSED" and report["close"]["journal_holds"]
