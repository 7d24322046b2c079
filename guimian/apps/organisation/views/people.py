"""People, their posts and skills, and what is seen of their personal data."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import django_filters
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from guimian.apps.organisation import queries, services
from guimian.apps.organisation.forms import EndPostForm, LeavingForm, PersonForm, PostForm, SkillForm
from guimian.base import access
from guimian.base.access import EVERYONE, LEADERS, GuardedRequest
from guimian.base.accounts.reveal import reveal as revealed
from guimian.base.errors import Unable
from guimian.base.journal import subject_of
from guimian.base.ui.forms import answered, given
from guimian.base.ui.tables import Column, Empty, build_table

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit

FORM = ["GET", "POST"]
REVEALED = {"phone", "identity"}


class PeopleFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    q = django_filters.CharFilter(label=gettext_lazy("Name or staff number"), method="named")
    role = django_filters.ChoiceFilter(label=gettext_lazy("Role"), choices=queries.ROLES, method="in_role")
    state = django_filters.ChoiceFilter(label=gettext_lazy("State"), choices=queries.PERSON_STATES, method="in_state")
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


def person_at(request: GuardedRequest, unit: Unit, number: str) -> Person:
    try:
        return queries.person_at(request.actor, unit, number, unit.local_day(timezone.now()))
    except ObjectDoesNotExist as error:
        raise Http404(number) from error


def url_of(unit: Unit, person: Person) -> str:
    return reverse("organisation:person", args=[unit.code, person.staff_number])


@access.page(roles=EVERYONE)
@require_GET
def person(request: GuardedRequest, unit: Unit, person: str) -> HttpResponse:
    """One person: posts, skills, and masked personal data."""
    one = person_at(request, unit, person)
    context = {
        "unit": unit,
        "page": queries.person_page(request.actor, one),
        "today": unit.local_day(timezone.now()),
        "leads": bool(request.actor.roles_at(unit.path) & LEADERS),
    }
    return render(request, "organisation/person.html", context)


@access.page(roles=LEADERS)
@require_POST
def reveal(request: GuardedRequest, unit: Unit, person: str, field: str) -> HttpResponse:
    """Show a telephone or identity number once, for a reason (R10.7)."""
    one = person_at(request, unit, person)
    if field not in REVEALED:
        raise Http404(field)
    return revealed(request, unit, subject=subject_of(one), field=field, value=getattr(one, field))


@access.page(roles=LEADERS)
@require_http_methods(FORM)
def person_add(request: GuardedRequest, unit: Unit) -> HttpResponse:
    """Somebody new, with the first post at this unit (R10.11)."""
    now = timezone.now()
    form = PersonForm(request.POST or None, initial={"starts_on": unit.local_day(now)})
    names = ("staff_number", "name", "name_en", "phone", "role", "starts_on", "ends_on")
    return answered(
        request, unit, form,
        lambda: services.add_person(unit=unit, by=request.actor.user, now=now, **given(form, *names)),
        title=_("Add a person"), said=_("The person is entered. Give a first password on the person's page."),
        back=reverse("organisation:people", args=[unit.code]),
    )  # fmt: skip


@access.page(roles=LEADERS)
@require_http_methods(FORM)
def post_give(request: GuardedRequest, unit: Unit, person: str) -> HttpResponse:
    now, one = timezone.now(), person_at(request, unit, person)
    form = PostForm(request.POST or None, initial={"starts_on": unit.local_day(now)})
    return answered(
        request, unit, form,
        lambda: services.give_post(person=one, unit=unit, by=request.actor.user, now=now, **form.cleaned_data),
        title=_("A post for %(person)s at %(unit)s") % {"person": one.label, "unit": unit.label}, said=_("The post is given."),
        back=url_of(unit, one),
    )  # fmt: skip


@access.page(roles=LEADERS)
@require_http_methods(FORM)
def post_end(request: GuardedRequest, unit: Unit, person: str, post: int) -> HttpResponse:
    now, one = timezone.now(), person_at(request, unit, person)
    try:
        row = queries.post_of(request.actor, one, post)
    except ObjectDoesNotExist as error:
        raise Http404(post) from error
    form = EndPostForm(request.POST or None, initial={"ends_on": unit.local_day(now)})
    return answered(
        request, unit, form,
        lambda: services.end_post(post=row, by=request.actor.user, now=now, **form.cleaned_data),
        title=_("End the post %(role)s of %(person)s") % {"role": row.get_role_display(), "person": one.label},
        said=_("The post ends."), back=url_of(unit, one), word=_("End the post"),
    )  # fmt: skip


@access.page(roles=LEADERS)
@require_http_methods(FORM)
def skill_set(request: GuardedRequest, unit: Unit, person: str) -> HttpResponse:
    """What the person can do, and up to which amount alone (R2.6, R5.7)."""
    one, form = person_at(request, unit, person), SkillForm(request.POST or None)

    def deed() -> None:
        chosen = queries.skill(form.cleaned_data["skill"])
        names = given(form, "level", "authorised_to")
        services.set_skill(person=one, skill=chosen, unit=unit, by=request.actor.user, now=timezone.now(), **names)

    title = _("A skill of %(person)s") % {"person": one.label}
    return answered(request, unit, form, deed, title=title, said=_("The skill is set."), back=url_of(unit, one))


@access.page(roles=LEADERS)
@require_http_methods(FORM)
def person_leave(request: GuardedRequest, unit: Unit, person: str) -> HttpResponse:
    """Somebody leaves the company: all posts end, nobody signs in as them any more."""
    one, form = person_at(request, unit, person), LeavingForm(request.POST or None)
    return answered(
        request, unit, form,
        lambda: services.let_go(person=one, unit=unit, by=request.actor.user, now=timezone.now(), **form.cleaned_data),
        title=_("%(person)s leaves") % {"person": one.label}, said=_("The posts are ended and the account is closed."),
        back=reverse("organisation:people", args=[unit.code]), word=_("End all posts"),
    )  # fmt: skip


@access.page(roles=LEADERS)
@require_POST
def password_give(request: GuardedRequest, unit: Unit, person: str) -> HttpResponse:
    """A first or new password, shown once (R10.11)."""
    one, word, error = person_at(request, unit, person), "", None
    try:
        word = services.give_password(person=one, unit=unit, by=request.actor.user, now=timezone.now())
    except Unable as refusal:
        error = refusal
    context = {"unit": unit, "person": one, "word": word, "error": error, "back": url_of(unit, one)}
    return render(request, "organisation/password.html", context, status=422 if error else 200)
