"""How often a screen, a ticket or a stranger may ask. Counted by each process, without touching the database."""

from __future__ import annotations

from collections import deque

MOST_KEYS = 10_000


class Limit:
    """At most so many times in so many seconds for each key."""

    def __init__(self, most: int, seconds: float) -> None:
        self.most, self.seconds = most, seconds
        self.seen: dict[str, deque[float]] = {}

    def passes(self, key: str, moment: float) -> bool:
        """Count one more time, unless there were too many lately. `moment` in seconds of a clock that only goes on."""
        if len(self.seen) > MOST_KEYS:
            self.seen = {one: times for one, times in self.seen.items() if times[-1] > moment - self.seconds}
        times = self.seen.setdefault(key, deque(maxlen=self.most))
        if len(times) == self.most and times[0] > moment - self.seconds:
            return False
        times.append(moment)
        return True
