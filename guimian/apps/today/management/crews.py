"""Who of the demo company works at a counter on a day, each at a window whose business they know."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from guimian.apps.organisation import queries
from guimian.apps.today.management.living import Crew
from guimian.base.access import Role

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit, Window


def crew_at(unit: Unit, day: date) -> Crew | None:
    """Tellers and cashiers in post, paired with windows; None where nobody leads."""
    leader = next(iter(queries.in_post(unit, Role.SUPERVISOR, day)), None)
    if leader is None:
        return None
    windows = [queries.window_of(unit, row.number) for row in queries.windows_of(unit, day) if row.is_open]
    people = [*queries.in_post(unit, Role.TELLER, day), *queries.in_post(unit, Role.CASHIER, day)]
    return Crew(leader, *paired(people, windows))


def paired(people: Iterable[Person], windows: Iterable[Window]) -> tuple[list[Person], list[Window]]:
    """Each person with the first free window that serves something they can; those left over work at the back."""
    free = [(window, set(window.skills.values_list("pk", flat=True))) for window in windows]
    sitting, taken = [], []
    for person in people:
        own = set(person.skills.values_list("skill_id", flat=True))
        place = next((number for number, (_window, served) in enumerate(free) if own & served), None)
        if place is not None:
            sitting.append(person)
            taken.append(free.pop(place)[0])
    return sitting, taken
