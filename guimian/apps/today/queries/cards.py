"""A task in words, with the one link to tap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from guimian.apps.today.queries.hall import text_of_hall, title_of_hall
from guimian.apps.today.queries.routines import text_of_routine, title_of_routine
from guimian.apps.today.rules import HALL, ROUTINES, Task
from guimian.base.ui.parts import Card

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit


@dataclass(frozen=True)
class Way:
    """Where a kind of task is done: the word on its button, the route, and whether the route takes the row's key."""

    action: str | Promise
    route: str
    takes_key: bool = False


WAYS: Mapping[str, Way] = {
    "close_earlier_day": Way(gettext_lazy("Close it"), "daily_close:counter"),
    "open_day": Way(gettext_lazy("Open the day"), "calendar:day"),
    "close_day": Way(gettext_lazy("Close the day"), "daily_close:counter"),
    "confirm_list": Way(gettext_lazy("Check and confirm"), "daily_close:mine"),
    "comfort": Way(gettext_lazy("To the line"), "reception:guide"),
    "take_window": Way(gettext_lazy("To the console"), "reception:console"),
    "call_next": Way(gettext_lazy("To the console"), "reception:console"),
    "do_duties": Way(gettext_lazy("Tick off"), "routines:duties"),
    "walk_round": Way(gettext_lazy("Walk"), "routines:round", takes_key=True),
    "sign_report": Way(gettext_lazy("Comment and sign"), "routines:reports"),
    "publish_appraisals": Way(gettext_lazy("Review"), "routines:appraisals"),
    "visit_counters": Way(gettext_lazy("Plan of visits"), "routines:visits"),
    "arrange_holiday": Way(gettext_lazy("Arrange"), "routines:plan", takes_key=True),
    "do_action": Way(gettext_lazy("Report it done"), "findings:finding", takes_key=True),
    "verify_action": Way(gettext_lazy("Verify"), "findings:finding", takes_key=True),
    "decide_proposal": Way(gettext_lazy("Decide"), "policy:proposal", takes_key=True),
    "assign_findings": Way(gettext_lazy("Assign"), "findings:inbox"),
    "confirm_year": Way(gettext_lazy("Confirm"), "calendar:year", takes_key=True),
    "give_skills": Way(gettext_lazy("Give skills"), "organisation:people"),
}


def address(route: str, *args: Any) -> str:
    """The address of a route; empty while there is none."""
    try:
        return reverse(route, args=args)
    except NoReverseMatch:
        return ""


def cards_of(tasks: Iterable[Task], unit: Unit) -> tuple[Card, ...]:
    """The tasks as cards; the first one is the primary one of the page."""
    return tuple(card_of(task, unit, primary=number == 0) for number, task in enumerate(tasks))


def card_of(task: Task, unit: Unit, primary: bool = False) -> Card:
    way = WAYS[task.kind]
    at = task.unit or unit.code
    url = address(way.route, at, task.key) if way.takes_key else address(way.route, at)
    return Card(
        title=title_of(task),
        text=text_of(task),
        clause=task.clause,
        due=task.due,
        overdue=task.late,
        unit_label="" if at == unit.code else task.unit_label,
        action=way.action if url else "",
        action_url=url,
        primary=primary,
    )


def title_of(task: Task) -> str:
    if task.kind in ROUTINES:
        return title_of_routine(task)
    if task.kind in HALL:
        return title_of_hall(task)
    match task.kind:
        case "close_earlier_day":
            return _("The day of %(day)s was never closed.") % {"day": task.due.isoformat() if task.due else ""}
        case "open_day":
            return _("Open the day")
        case "close_day":
            return _("Close the day")
        case "confirm_list":
            return _("Confirm your close list")
        case "verify_action":
            return _("Done, to be verified: %(what)s") % {"what": task.what}
        case "decide_proposal":
            return _("A change waits for a second person: %(what)s") % {"what": task.what}
        case "confirm_year":
            return _("The holidays of %(year)s are not confirmed.") % {"year": task.what}
        case _other:
            return _counted(task) if task.count else task.what


def _counted(task: Task) -> str:
    numbers = {"count": task.count}
    if task.kind == "give_skills":
        return (
            ngettext("%(count)s teller has no skill yet.", "%(count)s tellers have no skill yet.", task.count) % numbers
        )
    return ngettext("%(count)s finding has no action.", "%(count)s findings have no action.", task.count) % numbers


#: What a list that waits says of itself.
LISTS: Mapping[str, str | Promise] = {
    "RETURNED": gettext_lazy("It was sent back: check it and confirm it again."),
    "STALE": gettext_lazy("Something changed after you confirmed it: check it and confirm it again."),
}


def text_of(task: Task) -> str:
    if task.kind in ROUTINES:
        return text_of_routine(task)
    if task.kind in HALL:
        return text_of_hall(task)
    if task.kind == "confirm_list":
        return str(LISTS.get(task.what, _("Each record of the day is held against its papers.")))
    if task.sent_back:
        return _("It was sent back: mend it and report it again.")
    if task.at is not None and task.kind == "open_day":
        return _("The doors open at %(time)s.") % {"time": f"{task.at:%H:%M}"}
    if task.at is not None:
        return _("The doors close at %(time)s.") % {"time": f"{task.at:%H:%M}"}
    if task.kind == "give_skills":
        return _("A window is given to whoever has the skill for its business.")
    return ""
