"""A day's customers, drawn by chance: a Poisson stream that follows the hours, lognormal services, impatient people.

Times are seconds since midnight. The same seed gives the same day.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from random import Random

#: How busy each half hour is against the day's mean, by hour of the clock: a peak in the morning, a lesser one after noon.
BUSY: Mapping[int, tuple[float, float]] = {
    8: (0.7, 0.9), 9: (1.1, 1.5), 10: (1.8, 1.7), 11: (1.3, 0.9), 12: (0.5, 0.4),
    13: (0.6, 0.9), 14: (1.2, 1.5), 15: (1.5, 1.3), 16: (0.9, 0.5), 17: (0.3, 0.2),
}  # fmt: skip
QUIET = (0.3, 0.3)


@dataclass(frozen=True)
class Demand:
    """What a day is drawn from: customers expected, doors, and what they come for (kind -> weight and mean minutes)."""

    expected: float
    opens: int
    closes: int
    kinds: Mapping[str, tuple[float, float]]
    older: float = 0.18  # share of older customers
    vip: float = 0.03
    patience: float = 150.0  # minutes, the mean; few give up
    spread: float = field(default=0.55)  # of the logarithm of a service


@dataclass(frozen=True)
class Customer:
    """Somebody who comes: what for, how long the service takes, and how long they would wait for it, in seconds."""

    arrived: int
    kind: str
    service: int
    patience: int
    priority: str


def weight_at(second: int) -> float:
    hour, rest = divmod(second, 3600)
    return BUSY.get(hour, QUIET)[rest >= 1800]


def customers(seed: str, demand: Demand) -> tuple[Customer, ...]:
    """The customers of a day in the order of their arrival; none when the doors are never open."""
    if demand.closes <= demand.opens or demand.expected <= 0:
        return ()
    dice = Random(seed)  # noqa: S311  # a simulation, no secret
    halves = range(demand.opens, demand.closes, 1800)
    weights = {start: weight_at(start) * (min(start + 1800, demand.closes) - start) for start in halves}
    total = sum(weights.values())
    found = []
    for start, weight in weights.items():
        length = min(start + 1800, demand.closes) - start
        mean = demand.expected * weight / total
        found += [_customer(dice, demand, start + dice.randrange(length)) for _one in range(poisson(dice, mean))]
    return tuple(sorted(found, key=lambda one: one.arrived))


def poisson(dice: Random, mean: float) -> int:
    """A Poisson count, by counting exponential gaps (means of up to some hundreds)."""
    count, at = 0, dice.expovariate(1.0)
    while at < mean:
        count, at = count + 1, at + dice.expovariate(1.0)
    return count


def _customer(dice: Random, demand: Demand, arrived: int) -> Customer:
    kind = dice.choices(list(demand.kinds), [weight for weight, _mean in demand.kinds.values()])[0]
    mean = demand.kinds[kind][1] * 60
    service = dice.lognormvariate(math.log(mean) - demand.spread**2 / 2, demand.spread)
    draw = dice.random()
    priority = "OLDER" if draw < demand.older else "VIP" if draw < demand.older + demand.vip else "NORMAL"
    patience = max(dice.expovariate(1 / (demand.patience * 60)), 480)
    return Customer(arrived, kind, max(round(service), 30), round(patience), priority)
