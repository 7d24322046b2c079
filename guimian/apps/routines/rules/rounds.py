"""When a counter's rounds are walked (R1.5). Pure; times are the counter's own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time

from guimian.apps.calendar.rules import D, Times
from guimian.apps.routines.rules.duties import at_minute, minute_of
from guimian.engines.policy import Outcome, Policy, Verdict


@dataclass(frozen=True)
class PlannedRound:
    """A round of one day: walked between `begins` and `due`."""

    slot: str
    begins: time
    due: time


def peaks_in_force(rows: Iterable[D], day_kind: str, day: date) -> D | None:
    """The latest peaks that have begun: those of this kind of day before those of all kinds; None where there are none."""
    begun = [row for row in rows if row.day_kind in ("", day_kind) and row.from_date <= day]
    return max(begun, key=lambda row: (bool(row.day_kind), row.from_date), default=None)


def plan_rounds(
    policy: Policy, *, times: Times, morning: time | None, afternoon: time | None
) -> tuple[PlannedRound, ...]:
    """The rounds of a day: one before the doors open, one at each peak that lies within opening hours.

    A peak that is not known (None) is the policy's.
    """
    if not times.is_open or None in (times.work_from, times.open_from, times.open_to):
        return ()
    peaks = (
        ("MORNING", morning or policy["routines.round_morning"]),
        ("AFTERNOON", afternoon or policy["routines.round_afternoon"]),
    )
    before = PlannedRound("BEFORE", at_minute(minute_of(times.work_from)), at_minute(minute_of(times.open_from)))
    return (before, *_at_peaks(policy, times, peaks))


def _at_peaks(policy: Policy, times: Times, peaks: Iterable[tuple[str, object]]) -> Iterator[PlannedRound]:
    around = policy.minutes("routines.round_window")
    opens, closes = minute_of(times.open_from), minute_of(times.open_to)
    for slot, peak in peaks:
        if not isinstance(peak, time):
            raise TypeError(f"a peak is a time, not {peak!r}")
        if opens <= (at := minute_of(peak)) < closes:
            yield PlannedRound(slot, at_minute(max(at - around, opens)), at_minute(min(at + around, closes)))


# ---------------------------------------------------------------- cases
def case_plan_rounds(given: Mapping[str, object], policy: Policy) -> Verdict:
    """A case: which rounds there are, each with the end of its window."""
    names = ("is_open", "work_from", "work_to", "open_from", "open_to")
    usual: dict[str, object] = {
        "work_from": time(8, 30),
        "open_from": time(9),
        "open_to": time(17),
        "work_to": time(17, 30),
    }
    times = Times(**usual | {name: given[name] for name in names if name in given})  # type: ignore[arg-type]  # the case names the times
    planned = plan_rounds(policy, times=times, morning=given.get("morning"), afternoon=given.get("afternoon"))  # type: ignore[arg-type]  # times
    found, wanted = {one.slot: one.due for one in planned}, given["due"]
    outcome = Outcome.MET if found == wanted else Outcome.NOT_MET
    return Verdict("routines.rounds.times", "R1.5", outcome, found=found, limit=wanted, comparator="=")
