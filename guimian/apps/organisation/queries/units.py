"""Units within reach."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Length, Replace

from guimian.apps.organisation.models import Post, Unit, Window
from guimian.base.access import Actor


def units_visible_to(actor: Actor, under: Unit | None = None) -> QuerySet[Unit]:
    """The units within reach, those at and below `under` when it is given, in the order of the tree."""
    units = Unit.objects.filter(actor.within(""))
    if under is not None:
        units = units.filter(path__startswith=under.path)
    return units.order_by("path")


def unit_list(actor: Actor, under: Unit, day: date) -> QuerySet[Unit]:
    """The units at and below `under`, one query. Each has `staff` (people in a post there on the day), `open_windows`,
    and `depth`, which is 1 for `under` itself."""
    posts = Post.objects.filter(Post.in_force(day), unit=OuterRef("pk")).order_by().values("unit")
    windows = Window.objects.filter(Window.standing(day), unit=OuterRef("pk")).order_by().values("unit")
    staff = posts.annotate(n=Count("person", distinct=True)).values("n")
    standing = windows.annotate(n=Count("pk")).values("n")
    return (
        units_visible_to(actor, under)
        .select_related("parent")
        .annotate(
            depth=Length("path") - Length(Replace("path", Value("/"))) - Value(under.path.count("/") - 1),
            staff=Coalesce(Subquery(staff, output_field=IntegerField()), 0),
            open_windows=Coalesce(Subquery(standing, output_field=IntegerField()), 0),
        )
    )


def units_named_like(units: QuerySet[Unit], text: str) -> QuerySet[Unit]:
    """Those whose name, English name or code holds the text."""
    return units.filter(Q(name__icontains=text) | Q(name_en__icontains=text) | Q(code__icontains=text))


def units_standing(units: QuerySet[Unit], day: date, standing: bool) -> QuerySet[Unit]:
    """Those that stand on the day, or those that are closed by then."""
    closed = Q(closed_on__lte=day)
    return units.exclude(closed) if standing else units.filter(closed)


def every_unit() -> QuerySet[Unit]:
    """The whole company in the order of the tree: for the command line only, past no guard."""
    return Unit.objects.order_by("path")


def every_counter() -> QuerySet[Unit]:
    """All counters in the order of the tree: for programs only, past no guard."""
    return every_unit().filter(level="COUNTER")
