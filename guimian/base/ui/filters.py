"""Filters of a table: a django-filter FilterSet for QuerySets, small `Filter`s for plain rows; one look, one address."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django_filters import FilterSet

Text = str | Promise
MOST_TEXT = 100  # characters of one filter


@dataclass(frozen=True)
class Filter:
    """A filter for rows that are no QuerySet. `keep(row, text)` says whether a row stays; choices make it a list.

    `is_day`: the text is a day, as 2026-11-23.
    """

    name: str
    label: Text
    keep: Callable[[Any, str], bool]
    choices: Iterable[tuple[str, Text]] = ()
    is_day: bool = False

    def field(self) -> forms.Field:
        if choices := list(self.choices):
            return forms.ChoiceField(label=str(self.label), choices=[("", "—"), *choices], required=False)
        widget = forms.DateInput(attrs={"type": "date"}) if self.is_day else None
        return forms.CharField(label=str(self.label), required=False, max_length=MOST_TEXT, widget=widget)


Filters = type[FilterSet] | Sequence[Filter] | None


@dataclass(frozen=True)
class Chip:
    """One filter that is on; `url` is the address without it."""

    label: str
    value: str
    url: str


@dataclass(frozen=True)
class Narrowed:
    """The rows that stay, and the form that asks. `others` are the parameters of the address that the form keeps."""

    rows: Any
    form: forms.Form
    query: QueryDict

    def chips(self, without: Callable[[str, str], str]) -> tuple[Chip, ...]:
        """The filters that are on."""
        chips = []
        for bound in self.form:
            for value in self.query.getlist(bound.html_name):
                if value and bound.name not in self.form.errors:
                    chips.append(Chip(str(bound.label), shown(bound.field, value), without(bound.html_name, value)))
        return tuple(chips)

    @property
    def others(self) -> list[tuple[str, str]]:
        own = {bound.html_name for bound in self.form}
        return [
            (name, value)
            for name, values in self.query.lists()
            for value in values
            if name not in own and not name.endswith(("page", "export"))
        ]


def shown(field: forms.Field, value: str) -> str:
    """The words of a choice, else the value itself."""
    for key, label in getattr(field, "choices", ()):
        if str(key) == value:
            return str(label)
    return value


def narrowed(query: QueryDict, rows: Any, filters: Filters, prefix: str) -> Narrowed | None:
    """The rows that the address's filters leave; a filter with a wrong value is said to be wrong and does nothing."""
    if not filters:
        return None
    if isinstance(filters, type):
        if not isinstance(rows, QuerySet):
            raise TypeError("A FilterSet narrows a QuerySet; give plain rows a sequence of Filter.")
        chosen = filters(query or None, queryset=rows, prefix=prefix.rstrip("-") or None)
        return Narrowed(chosen.qs, chosen.form, query)
    return _by_hand(query, rows, filters, prefix)


def _by_hand(query: QueryDict, rows: Any, filters: Sequence[Filter], prefix: str) -> Narrowed:
    fields = {one.name: one.field() for one in filters}
    form: forms.Form = type("FilterForm", (forms.Form,), fields)(query, prefix=prefix.rstrip("-") or None)
    form.is_valid()
    for one in filters:
        if text := form.cleaned_data.get(one.name):
            rows = [row for row in rows if one.keep(row, text)]
    return Narrowed(rows, form, query)
