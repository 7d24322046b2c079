"""The navigation: what an app offers, and what of it one person sees at one unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.apps import apps
from django.urls import NoReverseMatch, Resolver404, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guimian.base.access import Access, Actor

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

#: The groups of the navigation, in their order: today, the ten regulations and the premises, then what all share.
REGULATIONS: Mapping[str, str | Promise] = {
    "today": "",
    "F": _("Premises"),
    "R1": _("Business management"),
    "R2": _("Rostering"),
    "R3": _("Meetings"),
    "R4": _("Information"),
    "R5": _("Daily close"),
    "R6": _("On-site customers"),
    "R7": _("Environment"),
    "R8": _("Emergencies"),
    "R9": _("Marketing"),
    "R10": _("Security"),
    "organisation": _("Organisation"),
    "records": _("Rules and records"),
}


@dataclass(frozen=True)
class NavItem:
    """One place of an app. `route` is a URL name of a unit's page; `levels` limits it to units of these levels."""

    title: str | Promise
    route: str
    icon: str
    regulation: str = "records"
    levels: frozenset[str] = frozenset()


@dataclass(frozen=True)
class NavLink:
    """An item as one person sees it at one unit."""

    title: str | Promise
    url: str
    icon: str
    current: bool


@dataclass(frozen=True)
class NavGroup:
    """The links of one regulation. `clause` is its number where it has one."""

    title: str | Promise
    clause: str
    links: tuple[NavLink, ...]


def items() -> tuple[NavItem, ...]:
    """What all apps offer: an AppConfig may carry `nav`, a tuple of items."""
    return tuple(item for config in apps.get_app_configs() for item in getattr(config, "nav", ()))


def access_at(url: str) -> Access | None:
    """What the route behind an address declares; None when there is no such route or it declares nothing."""
    try:
        return getattr(resolve(url).func, "access", None)
    except Resolver404:
        return None


def url_at(route: str, unit: Unit) -> str:
    """The address of a unit's page; empty when the route does not exist or wants more than a unit."""
    try:
        return reverse(route, args=[unit.code])
    except NoReverseMatch:
        return ""


def allowed_url(actor: Actor, route: str, unit: Unit) -> str:
    """The address of a unit's page when the actor may use it there, else empty."""
    url = url_at(route, unit)
    access = access_at(url) if url else None
    return url if access and actor.roles_at(unit.path) & access.roles else ""


def nav_for(actor: Actor, unit: Unit, path: str = "", offered: Iterable[NavItem] | None = None) -> tuple[NavGroup, ...]:
    """The navigation of the actor at the unit, grouped by regulation. `path` is the address of the page shown now."""
    groups: dict[str, list[NavLink]] = {key: [] for key in REGULATIONS}
    for item in items() if offered is None else offered:
        if item.levels and unit.level not in item.levels:
            continue
        if url := allowed_url(actor, item.route, unit):
            groups[item.regulation].append(NavLink(item.title, url, item.icon, False))
    here = nearest(path, [link.url for links in groups.values() for link in links])
    return tuple(
        NavGroup(REGULATIONS[key], key if key[-1:].isdigit() or key == "F" else "", _marked(links, here))
        for key, links in groups.items()
        if links
    )


def nearest(path: str, urls: Iterable[str]) -> str:
    """The longest of the addresses that the page lies at or under."""
    return max((url for url in urls if path.startswith(url)), key=len, default="")


def _marked(links: Iterable[NavLink], here: str) -> tuple[NavLink, ...]:
    return tuple(NavLink(link.title, link.url, link.icon, link.url == here) for link in links)
