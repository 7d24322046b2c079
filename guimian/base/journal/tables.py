"""The tables of the journal's pages."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guimian.base.journal import pages
from guimian.base.models import JournalEntry, JournalHead, JournalSeal
from guimian.base.ui.tables import Column, Empty, Table, build_table

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit


def day_widget() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"})


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def event_choices() -> list[tuple[str, str]]:
    return sorted(pages.event_titles().items(), key=lambda item: item[1])


class EntryFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """By day, event, person and text."""

    since = django_filters.DateFilter(label=gettext_lazy("From"), method="from_day", widget=day_widget())
    until = django_filters.DateFilter(label=gettext_lazy("To"), method="to_day", widget=day_widget())
    event = django_filters.ChoiceFilter(label=gettext_lazy("Event"), choices=event_choices)
    person = django_filters.CharFilter(label=gettext_lazy("Person"), method="by_person", max_length=40)
    q = django_filters.CharFilter(label=gettext_lazy("Text"), method="with_text", max_length=100)

    class Meta:
        model = JournalEntry
        fields: list[str] = []

    def from_day(self, rows: QuerySet[JournalEntry], _name: str, day: date) -> QuerySet[JournalEntry]:
        return rows.filter(at__gte=midnight(day))

    def to_day(self, rows: QuerySet[JournalEntry], _name: str, day: date) -> QuerySet[JournalEntry]:
        """The day included; the last day of the calendar has no next one."""
        return rows if day == date.max else rows.filter(at__lt=midnight(date.fromordinal(day.toordinal() + 1)))

    def by_person(self, rows: QuerySet[JournalEntry], _name: str, text: str) -> QuerySet[JournalEntry]:
        return rows.filter(
            Q(by__name__icontains=text) | Q(by__name_en__icontains=text) | Q(by__staff_number__icontains=text)
        )

    def with_text(self, rows: QuerySet[JournalEntry], _name: str, text: str) -> QuerySet[JournalEntry]:
        titled = [code for code, title in pages.event_titles().items() if text.lower() in title.lower()]
        return rows.filter(
            Q(reason__icontains=text) | Q(subject__icontains=text) | Q(event__icontains=text) | Q(event__in=titled)
        )


def entries_table(request: HttpRequest, unit: Unit, rows: QuerySet[JournalEntry]) -> Table:
    titles = pages.event_titles()
    columns = [
        Column("at", _("When"), kind="moment", sort="at"),
        Column("by", _("Who"), value=pages.who),
        Column(
            "event",
            _("Event"),
            value=lambda row: titles.get(row.event, row.event),
            sort="event",
            link=lambda row: reverse("journal:entry", args=[unit.code, row.pk]),
        ),
        Column("subject", _("About"), value=lambda row: str(pages.subject_of(row)), template="journal/_subject.html"),
        Column("unit", _("Unit"), value=lambda row: row.unit.label, sort="unit__path"),
        Column("difference", _("Before and after"), value=pages.in_words, template="journal/_difference.html"),
        Column("reason", _("Reason")),
    ]
    table = build_table(
        request,
        rows,
        columns,
        filters=EntryFilter,
        caption=_("Journal"),
        empty=Empty(_("Nothing is recorded yet."), _("Whatever is done at this unit will stand here, for good.")),
    )
    name_subjects([line[0].row for line in table.rows if line])
    return table


def name_subjects(entries: list[JournalEntry]) -> None:
    """Give the entries of one page what their cells say: the subject's label and the differences."""
    names = pages.labels(entries)
    for entry in entries:
        entry.said = pages.subject_of(entry, names)  # type: ignore[attr-defined]  # for the cell's template
        entry.differences = pages.differences(entry)  # type: ignore[attr-defined]  # for the cell's template


def heads_table(request: HttpRequest, rows: QuerySet[JournalHead]) -> Table:
    columns = [
        Column(
            "unit",
            _("Unit"),
            value=lambda row: row.unit.label,
            sort="unit__path",
            link=lambda row: reverse("journal:verify", args=[row.unit.code]),
        ),
        Column("seq", _("Rows"), kind="number", sort="seq"),
        Column("digest", _("Head"), kind="code", value=lambda row: row.digest[:12]),
        Column("sealed_day", _("Last sealed"), kind="day", sort="sealed_day"),
    ]
    return build_table(request, rows, columns, caption=_("Journals of the units below"), name="below")


def seals_table(request: HttpRequest, rows: QuerySet[JournalSeal]) -> Table:
    columns = [
        Column("day", _("Day"), kind="day", sort="day"),
        Column("seq", _("Rows"), kind="number", sort="seq"),
        Column("digest", _("Digest"), kind="code"),
        Column("sealed_at", _("Sealed"), kind="moment", sort="sealed_at"),
        Column("by", _("Who"), value=lambda row: row.by.label if row.by else _("The system")),
    ]
    empty = Empty(_("Nothing is sealed yet."), _("Each daily close seals the journal and prints its digest."))
    return build_table(request, rows, columns, caption=_("Seals"), name="seals", empty=empty)
