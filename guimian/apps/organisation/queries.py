"""Reads of the organisation. Every row is reached past the guard: an `Actor` says what may be seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Count, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guimian.apps.organisation import rules
from guimian.apps.organisation.models import Person, PersonSkill, Post, Skill, Unit, Window
from guimian.base.access import Actor, Role
from guimian.engines.policy import Policy, Verdict

LEVELS = Unit.Level.choices
PLACES = Unit.Place.choices
SIZES = Unit.Size.choices
ROLES = Role.choices
SKILL_LEVELS = PersonSkill.Level.choices
UNIT_STATES = [("open", pgettext_lazy("unit", "Open")), ("closed", pgettext_lazy("unit", "Closed"))]
PERSON_STATES = [("here", _("In a post")), ("coming", _("Post to come")), ("left", _("Left"))]


# ---------------------------------------------------------------- units
def units_visible_to(actor: Actor, under: Unit | None = None) -> QuerySet[Unit]:
    """The units within reach, those at and below `under` when it is given, in the order of the tree."""
    units = Unit.objects.filter(actor.within(""))
    if under is not None:
        units = units.filter(path__startswith=under.path)
    return units.order_by("path")


def unit_list(actor: Actor, under: Unit, day: date) -> QuerySet[Unit]:
    """The units at and below `under` with `staff` (people in a post there on the day) and `open_windows`. One query."""
    posts = Post.objects.filter(Post.in_force(day), unit=OuterRef("pk")).order_by().values("unit")
    windows = Window.objects.filter(unit=OuterRef("pk"), closed_on=None).order_by().values("unit")
    staff = posts.annotate(n=Count("person", distinct=True)).values("n")
    standing = windows.annotate(n=Count("pk")).values("n")
    return (
        units_visible_to(actor, under)
        .select_related("parent")
        .annotate(
            staff=Coalesce(Subquery(staff, output_field=IntegerField()), 0),
            open_windows=Coalesce(Subquery(standing, output_field=IntegerField()), 0),
        )
    )


def units_named_like(units: QuerySet[Unit], text: str) -> QuerySet[Unit]:
    """Those whose name, English name or code holds the text."""
    return units.filter(Q(name__icontains=text) | Q(name_en__icontains=text) | Q(code__icontains=text))


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
    windows = windows_of(unit)
    staff = len({row.staff_number for row in rows})
    return UnitPage(
        unit=unit,
        parent=units_visible_to(actor).filter(children=unit).first(),
        children=tuple(units_visible_to(actor).filter(parent=unit)),
        people=rows,
        windows=windows,
        verdicts=judged(unit, figures, staff, sum(1 for row in windows if row.is_open)),
    )


def judged(unit: Unit, figures: Policy, staff: int, windows: int) -> tuple[Verdict, ...]:
    """What the rules say about a counter (F2.8, F8.2); nothing about any other unit."""
    if not unit.is_counter:
        return ()
    return (
        rules.judge_staff(figures, place=unit.place, staff=staff),
        rules.judge_windows(figures, size=unit.size, windows=windows),
    )


# ---------------------------------------------------------------- people
def people_within(path: str, day: date) -> QuerySet[Person]:
    """Those with a post at or below the path that has not ended, and those whose last post was there.

    Whoever holds a post elsewhere only is no longer seen here (R10.7: least exposure).
    """
    return _people(Q(unit__path__startswith=path), day)


def people_visible_to(actor: Actor, day: date, under: Unit | None = None) -> QuerySet[Person]:
    """The people within reach, those at and below `under` when it is given, by staff number. See `people_within`."""
    posts = actor.within()
    if under is not None:
        posts &= Q(unit__path__startswith=under.path)
    return _people(posts, day)


def _people(here: Q, day: date) -> QuerySet[Person]:
    posts = Post.objects.filter(person=OuterRef("pk"))
    going_on = Q(ends_on=None) | Q(ends_on__gt=day)
    return Person.objects.filter(
        Exists(posts.filter(here & going_on)) | (Exists(posts.filter(here)) & ~Exists(posts.filter(going_on)))
    ).order_by("staff_number")


def people_list(actor: Actor, under: Unit, day: date) -> QuerySet[Person]:
    """The people at and below `under`, each with `seen_posts`: the posts within reach that have not ended. Two queries."""
    posts = Post.objects.filter(actor.within(), Q(ends_on=None) | Q(ends_on__gt=day), unit__path__startswith=under.path)
    return people_visible_to(actor, day, under).prefetch_related(
        Prefetch("posts", posts.select_related("unit").order_by("unit__path", "role"), to_attr="seen_posts")
    )


def in_role(people: QuerySet[Person], role: str, day: date, under: Unit) -> QuerySet[Person]:
    """Those of the people who hold the role at or below `under` on the day."""
    held = Post.objects.filter(Post.in_force(day), person=OuterRef("pk"), role=role, unit__path__startswith=under.path)
    return people.filter(Exists(held))


def in_state(people: QuerySet[Person], state: str, day: date, under: Unit) -> QuerySet[Person]:
    """Those `here` (in a post on the day), `coming` (a post later only) or `left`."""
    posts = Post.objects.filter(person=OuterRef("pk"), unit__path__startswith=under.path)
    if state == "left":
        return people.exclude(left_on=None)
    now = Exists(posts.filter(Post.in_force(day)))
    if state == "here":
        return people.filter(now)
    return people.filter(~now, Exists(posts.filter(starts_on__gt=day)))


def tellers_without_skills(actor: Actor, under: Unit, day: date) -> QuerySet[Person]:
    """Those who serve at and below `under` on the day and have no skill yet, so that no window can be given to them (R2.6)."""
    tellers = in_role(people_visible_to(actor, day, under), Role.TELLER, day, under)
    return tellers.filter(~Exists(PersonSkill.objects.filter(person=OuterRef("pk"))))


def named_like(people: QuerySet[Person], text: str) -> QuerySet[Person]:
    """Those whose name, English name or staff number holds the text."""
    found = Q(name__icontains=text) | Q(name_en__icontains=text) | Q(staff_number__icontains=text)
    return people.filter(found)


@dataclass(frozen=True)
class PostRow:
    """A post as a page shows it; `ends_on` is the first day it is no more."""

    pk: int
    staff_number: str
    person: str
    role: str
    unit: str
    unit_label: str
    starts_on: date
    ends_on: date | None

    @property
    def role_label(self) -> str:
        return str(Role(self.role).label)

    def is_over(self, day: date) -> bool:
        return self.ends_on is not None and self.ends_on <= day


def post_row(post: Post) -> PostRow:
    return PostRow(
        post.pk,
        post.person.staff_number,
        post.person.label,
        post.role,
        post.unit.code,
        post.unit.label,
        post.starts_on,
        post.ends_on,
    )


@dataclass(frozen=True)
class SkillRow:
    """What a person can do; `authorised_to` in CNY a single case."""

    code: str
    label: str
    level: int
    authorised_to: Decimal
    since: date

    @property
    def level_label(self) -> str:
        return str(PersonSkill.Level(self.level).label)


@dataclass(frozen=True)
class PersonPage:
    """A person with the posts within reach, newest first, and the skills."""

    person: Person
    posts: tuple[PostRow, ...]
    skills: tuple[SkillRow, ...]


def person_at(actor: Actor, unit: Unit, staff_number: str, day: date) -> Person:
    """The person of that number at or below the unit. Raises Person.DoesNotExist when out of reach."""
    return people_visible_to(actor, day, unit).get(staff_number=staff_number)


def person_page(actor: Actor, person: Person) -> PersonPage:
    """Two queries; posts out of reach are not shown."""
    posts = person.posts.filter(actor.within()).select_related("unit", "person").order_by("-starts_on", "pk")
    skills = person.skills.select_related("skill").order_by("skill__code")
    rows = (SkillRow(row.skill.code, row.skill.label, row.level, row.authorised_to, row.since) for row in skills)
    return PersonPage(person, tuple(post_row(post) for post in posts), tuple(rows))


def post_of(actor: Actor, person: Person, pk: int) -> Post:
    """One of the person's posts within reach. Raises Post.DoesNotExist."""
    return person.posts.filter(actor.within()).select_related("unit", "person").get(pk=pk)


# ---------------------------------------------------------------- windows and skills
@dataclass(frozen=True)
class WindowRow:
    """A window as a page shows it, with the labels of the lines of business it serves."""

    pk: int
    number: int
    name: str
    skills: tuple[str, ...]
    is_cashier: bool
    is_priority: bool
    closed_on: date | None

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


def windows_of(unit: Unit) -> tuple[WindowRow, ...]:
    """The windows of a unit that is past the guard, by number. Two queries."""
    rows = unit.windows.prefetch_related(Prefetch("skills", Skill.objects.order_by("code"))).order_by("number")
    return tuple(
        WindowRow(
            row.pk,
            row.number,
            row.name,
            tuple(skill.label for skill in row.skills.all()),
            row.is_cashier,
            row.is_priority,
            row.closed_on,
        )
        for row in rows
    )


def window_of(unit: Unit, number: int) -> Window:
    """A window of the unit by its number. Raises Window.DoesNotExist."""
    return unit.windows.prefetch_related("skills").get(number=number)


def skills() -> QuerySet[Skill]:
    """The company's lines of business, by code."""
    return Skill.objects.order_by("code")


def skill(code: str) -> Skill:
    """A line of business. Raises Skill.DoesNotExist."""
    return Skill.objects.get(code=code)


# ---------------------------------------------------------------- the whole company
def every_unit() -> QuerySet[Unit]:
    """The whole company in the order of the tree: for the command line only, past no guard."""
    return Unit.objects.order_by("path")


def staff_numbers() -> frozenset[str]:
    """Every staff number in use: for the command line only, past no guard."""
    return frozenset(Person.objects.values_list("staff_number", flat=True))
