"""What the page of one unit shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guimian.apps.organisation import rules
from guimian.apps.organisation.models import Post, Unit
from guimian.apps.organisation.queries.posts import PostRow, post_row
from guimian.apps.organisation.queries.units import units_visible_to
from guimian.apps.organisation.queries.windows import WindowRow, windows_of
from guimian.base.access import Actor
from guimian.engines.policy import Policy, Verdict


@dataclass(frozen=True)
class UnitPage:
    """A unit with what stands in it; `staff` are people in a post on the day, `verdicts` judge its windows and staff."""

    unit: Unit
    parent: Unit | None
    children: tuple[Unit, ...]
    people: tuple[PostRow, ...]
    windows: tuple[WindowRow, ...]
    verdicts: tuple[Verdict, ...]

    @property
    def staff(self) -> int:
        return len({row.staff_number for row in self.people})


def unit_page(actor: Actor, unit: Unit, day: date, figures: Policy) -> UnitPage:
    """Everything the unit's page shows, in five queries; the unit above only when it is within reach."""
    posts = Post.objects.filter(Post.in_force(day), actor.within(), unit=unit)
    rows = tuple(
        post_row(post) for post in posts.select_related("person", "unit").order_by("role", "person__staff_number")
    )
    windows = windows_of(unit, day)
    staff = len({row.staff_number for row in rows})
    return UnitPage(
        unit=unit,
        parent=units_visible_to(actor).filter(children=unit).first(),
        children=tuple(units_visible_to(actor).filter(parent=unit)),
        people=rows,
        windows=windows,
        verdicts=() if unit.is_closed(day) else judged(unit, figures, staff, sum(1 for row in windows if row.is_open)),
    )


def judged(unit: Unit, figures: Policy, staff: int, windows: int) -> tuple[Verdict, ...]:
    """What the rules say about a counter (F2.8, F8.2); nothing about any other unit."""
    if not unit.is_counter:
        return ()
    return (
        rules.judge_staff(figures, place=unit.place, staff=staff),
        rules.judge_windows(figures, size=unit.size, windows=windows),
    )
