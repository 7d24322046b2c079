"""The people at and below a unit."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import django_filters
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET

from guimian.apps.organisation import queries
from guimian.base import access
from guimian.base.access import EVERYONE, LEADERS, GuardedRequest
from guimian.base.ui.tables import Column, Empty, build_table

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit


class PeopleFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    q = django_filters.CharFilter(label=gettext_lazy("Name or staff number"), method="named")
    role = django_filters.ChoiceFilter(
        label=gettext_lazy("Role"), choices=queries.ROLES, method="in_role", empty_label="—"
    )
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("State"), choices=queries.PERSON_STATES, method="in_state", empty_label="—"
    )
    day: date
    under: Unit

    def named(self, rows: QuerySet[Any], _name: str, text: str) -> QuerySet[Any]:
        return queries.named_like(rows, text)

    def in_role(self, rows: QuerySet[Any], _name: str, role: str) -> QuerySet[Any]:
        return queries.in_role(rows, role, self.day, self.under)

    def in_state(self, rows: QuerySet[Any], _name: str, state: str) -> QuerySet[Any]:
        return queries.in_state(rows, state, self.day, self.under)


def posts_text(person: Any) -> str:
    """The posts that may be seen, in one line."""
    return "; ".join(f"{row.get_role_display()} · {row.unit.label}" for row in person.seen_posts)


@access.page(roles=EVERYONE)
@require_GET
def people(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """The people at and below the unit."""
    day = unit.local_day(timezone.now())
    columns = [
        Column(
            "label",
            pgettext("person", "Name"),
            sort="name",
            link=lambda row: reverse("organisation:person", args=[unit.code, row.staff_number]),
        ),
        Column("staff_number", _("Staff number"), sort="staff_number", kind="code"),
        Column("posts", _("Posts"), value=posts_text),
        Column("joined_on", _("Joined on"), sort="joined_on", kind="day"),
        Column("left_on", _("Left on"), sort="left_on", kind="day"),
    ]
    may_add = bool(request.actor.roles_at(unit.path) & LEADERS)
    add = reverse("organisation:person_add", args=[unit.code]) if may_add else ""
    empty = Empty(
        _("Nobody holds a post here"), _("Add people one by one, or import them from Excel."), add, _("Add a person")
    )
    dated = type("Dated", (PeopleFilter,), {"day": day, "under": unit})
    rows = queries.people_list(request.actor, unit, day)
    table = build_table(request, rows, columns, filters=dated, caption=_("People"), empty=empty)
    return table.response() or render(
        request, "organisation/people.html", {"unit": unit, "table": table, "may_add": may_add}
    )
