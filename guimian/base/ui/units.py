"""Moving between units: the line above a unit, and the units a person can go to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.urls import NoReverseMatch, reverse

from guimian.base.access import Actor, unit_model
from guimian.base.policy.queries import ancestor_paths
from guimian.base.ui.nav import access_at

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

MOST_UNITS = 30  # in the switcher; more are found by typing
HOME_ROUTE = "today:home"


@dataclass(frozen=True)
class Stop:
    """A unit on the way; `url` is empty where the actor may not go."""

    label: str
    code: str
    url: str
    level: str
    line: str = ""


def same_page(actor: Actor, route: str, unit: Unit) -> str:
    """The address of the same page at another unit; its home when that page needs more than a unit or is not theirs."""
    for name in (route, HOME_ROUTE):
        try:
            url = reverse(name, kwargs={"unit": unit.code}) if name else ""
        except NoReverseMatch:
            continue
        access = access_at(url) if url else None
        if access and actor.roles_at(unit.path) & access.roles:
            return url
    return ""


def line_of(actor: Actor, unit: Unit, route: str) -> tuple[Stop, ...]:
    """HQ › province › city › centre › counter, the last one being the unit itself. One query."""
    line = unit_model().objects.filter(path__in=ancestor_paths(unit.path)).order_by("path")
    return tuple(Stop(one.label, one.code, same_page(actor, route, one), one.level) for one in line)


def found_units(actor: Actor, text: str, route: str) -> tuple[tuple[Stop, ...], bool]:
    """Up to MOST_UNITS units in reach whose name or code holds the text, and whether there are more. Two queries."""
    wanted = Q(name__icontains=text) | Q(name_en__icontains=text) | Q(code__icontains=text) if text else Q()
    units = list(unit_model().objects.filter(actor.within(""), wanted).order_by("path")[: MOST_UNITS + 1])
    paths = {path for unit in units for path in ancestor_paths(unit.path)[:-1]}
    above = {
        one.path: one.label for one in unit_model().objects.filter(actor.within(""), path__in=paths).exclude(level="HQ")
    }
    return tuple(_stop(actor, route, unit, above) for unit in units[:MOST_UNITS]), len(units) > MOST_UNITS


def _stop(actor: Actor, route: str, unit: Unit, above: dict[str, str]) -> Stop:
    line = " › ".join(above[path] for path in ancestor_paths(unit.path)[:-1] if path in above)
    return Stop(unit.label, unit.code, same_page(actor, route, unit), unit.level, line)


def home_url(actor: Actor) -> str:
    """Today at the unit of the actor's first post; empty without a post."""
    for grant in actor.grants:
        unit = unit_model().objects.filter(pk=grant.unit_id).first()
        if unit and (url := same_page(actor, "", unit)):
            return url
    return ""
