"""What the pages of the journal show, past the guard."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guimian.base.access import LEADERS, Actor, Role
from guimian.base.journal.chain import Break, first_break
from guimian.base.models import JournalEntry, JournalHead, JournalSeal
from guimian.base.personal import EncryptedField
from guimian.base.policy.queries import book
from guimian.base.templatetags.ui import title_of
from guimian.base.ui.parts import Entry
from guimian.base.words import word

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

MOST_AT_ONCE = 20_000  # rows of a chain that a page walks; longer ones are the command's
NOTHING = "–"  # an en dash, as everywhere
#: Facts that many entries tell of, in words; others are called as the model's field is, or as their app says.
FACTS: Mapping[str, Any] = {
    "clause": gettext_lazy("Clause"),
    "code": gettext_lazy("Code"),
    "day": gettext_lazy("Day"),
    "ends_on": gettext_lazy("Until"),
    "from_date": gettext_lazy("From"),
    "key": gettext_lazy("Figure"),
    "note": gettext_lazy("Note"),
    "number": gettext_lazy("Number"),
    "owner": gettext_lazy("Owner"),
    "reason": gettext_lazy("Reason"),
    "role": gettext_lazy("Role"),
    "starts_on": gettext_lazy("From"),
    "state": gettext_lazy("State"),
    "unit": gettext_lazy("Unit"),
    "until": gettext_lazy("Until"),
    "value": gettext_lazy("Value"),
}
#: What stands for personal data that the journal does not keep.
MARKS: Mapping[str, Any] = {"given": gettext_lazy("given"), "changed": gettext_lazy("changed")}


# ---------------------------------------------------------------- words
def event_titles() -> Mapping[str, str]:
    """Every event that an app names (`journal_events` on its AppConfig), in words, by its code."""
    named: dict[str, str] = {}
    for config in apps.get_app_configs():
        named |= {code: str(title) for code, title in getattr(config, "journal_events", {}).items()}
    return named


def called(key: str) -> str:
    """What an app calls a thing (`app.model`) or a fact (`fact`, or `app.model.fact`): `journal_words` of its AppConfig."""
    return word("journal_words", key)


def event_title(event: str) -> str:
    """An event in words; its code where no app names it."""
    return event_titles().get(event, event)


@dataclass(frozen=True)
class Subject:
    """What an entry is about: the model's name, the row's number, and its label where it has one."""

    kind: str
    number: str
    label: str = ""

    def __str__(self) -> str:
        return f"{self.kind} {self.label or self.number}".strip()


def model_of(subject: str) -> type[models.Model] | None:
    name = subject.partition(":")[0]
    try:
        return apps.get_model(name) if "." in name else None
    except LookupError:
        return None


def subject_of(entry: JournalEntry, names: Mapping[str, str] | None = None) -> Subject:
    """The subject in words; `names` are labels by subject (see `labels`)."""
    model = model_of(entry.subject)
    kind, _colon, number = entry.subject.partition(":")
    if model is None:
        return Subject(kind if number else "", number or kind)
    kind = called(model._meta.label_lower) or str(model._meta.verbose_name)
    return Subject(kind, number, (names or {}).get(entry.subject, ""))


def labels(entries: Iterable[JournalEntry]) -> dict[str, str]:
    """The labels of the entries' subjects, where their models have one. One query a model."""
    wanted: dict[type[models.Model], set[str]] = {}
    for entry in entries:
        model, number = model_of(entry.subject), entry.subject.partition(":")[2]
        if model is not None and hasattr(model, "label") and number.isdigit():
            wanted.setdefault(model, set()).add(number)
    found: dict[str, str] = {}
    for model, numbers in wanted.items():
        for row in model._default_manager.filter(pk__in=numbers):
            found[f"{model._meta.label_lower}:{row.pk}"] = str(getattr(row, "label", ""))
    return found


@dataclass(frozen=True)
class Difference:
    """One fact before and after; `kind` is added, removed, changed or same."""

    name: str
    before: str
    after: str
    kind: str


def differences(entry: JournalEntry) -> tuple[Difference, ...]:
    """What an entry says was before and what after, fact by fact, in words."""
    before, after = entry.before or {}, entry.after or {}
    thing = entry.subject.partition(":")[0]
    fields = _fields(model_of(entry.subject))
    rows = []
    for name in dict.fromkeys([*before, *after]):
        kind = "removed" if name not in after else "added" if name not in before else "changed"
        if kind == "changed" and before[name] == after[name]:
            kind = "same"
        field = fields.get(name)
        was, became = _said(before.get(name), field, name), _said(after.get(name), field, name)
        title = called(f"{thing}.{name}") or _fact_title(name, field)
        rows.append(Difference(title, was, became, kind))
    return tuple(rows)


def _fields(model: type[models.Model] | None) -> dict[str, models.Field[Any, Any]]:
    return {field.name: field for field in model._meta.fields} if model else {}


def _fact_title(name: str, field: models.Field[Any, Any] | None = None) -> str:
    if name in FACTS:
        return str(FACTS[name])
    return called(name) or (str(field.verbose_name) if field else name.replace("_", " "))


def _said(value: Any, field: models.Field[Any, Any] | None = None, name: str = "") -> str:
    """A value in words: choices, roles and figures by their titles, others as their app says (`fact.VALUE`)."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return ", ".join(_said(one, field, name) for one in value) or NOTHING
    if isinstance(value, dict):
        return ", ".join(
            f"{_fact_title(fact)} {_said(one, name=fact)}" for fact, one in value.items() if one is not None
        )
    if isinstance(field, EncryptedField) and value in MARKS:
        return str(MARKS[value])
    choices = {str(code): str(label) for code, label in (field.flatchoices if field else ())}
    text = str(value)
    if text in choices:
        return choices[text]
    if text in Role.values:
        return str(Role(text).label)
    return title_of(book().figures[text]) if text in book().figures else called(f"{name}.{text}") or text


def in_words(entry: JournalEntry) -> str:
    """The differences as one line of text, as Excel gets them."""
    between = _("%(name)s: %(before)s → %(after)s")
    once = _("%(name)s: %(after)s")
    lines = [
        (once if one.kind in ("added", "same") else between)
        % {"name": one.name, "before": one.before, "after": one.after}
        for one in differences(entry)
    ]
    return _("; ").join(lines)


def who(entry: JournalEntry) -> str:
    return entry.by.label if entry.by else _("The system")


# ---------------------------------------------------------------- reads
def entries_visible_to(actor: Actor, under: Unit) -> QuerySet[JournalEntry]:
    """The entries of the unit and all below it that the actor leads, newest first."""
    rows = JournalEntry.objects.filter(actor.within(roles=LEADERS), unit__path__startswith=under.path)
    return rows.select_related("unit", "by").order_by("-at", "-pk")


@dataclass(frozen=True)
class EntryPage:
    entry: JournalEntry
    title: str
    who: str
    subject: Subject
    differences: tuple[Difference, ...]
    history: tuple[Entry, ...]


def entry_page(actor: Actor, under: Unit, pk: int) -> EntryPage:
    """One entry, and what else happened to its subject. Raises KeyError when it is not there or out of reach."""
    visible = entries_visible_to(actor, under)
    entry = visible.filter(pk=pk).first()
    if entry is None:
        raise KeyError(pk)
    same = visible.filter(subject=entry.subject).exclude(pk=pk)[:50]
    return EntryPage(
        entry=entry,
        title=event_title(entry.event),
        who=who(entry),
        subject=subject_of(entry, labels([entry])),
        differences=differences(entry),
        history=tuple(Entry(one.at, event_title(one.event), who(one), in_words(one)) for one in same),
    )


# ---------------------------------------------------------------- verification
@dataclass(frozen=True)
class Chain:
    """The state of one unit's chain. `broken` None: it holds, unless `too_long` says that it was not walked here."""

    rows: int
    digest: str
    broken: Break | None
    too_long: bool
    sealed_day: date | None
    sealed_at: datetime | None


def chain_of(unit: Unit) -> Chain:
    """Walk the unit's chain and hold it against its head and its seals."""
    head = JournalHead.objects.filter(unit=unit).first()
    seal = JournalSeal.objects.filter(unit=unit).order_by("-seq", "-sealed_at").first()
    rows = JournalEntry.objects.filter(unit=unit).count()
    too_long = rows > MOST_AT_ONCE
    return Chain(
        rows=rows,
        digest=head.digest if head else "",
        broken=None if too_long else first_break(unit),
        too_long=too_long,
        sealed_day=seal.day if seal else None,
        sealed_at=seal.sealed_at if seal else None,
    )


def heads_visible_to(actor: Actor, under: Unit) -> QuerySet[JournalHead]:
    """The chains of the units below, with the day of their last seal."""
    seals = JournalSeal.objects.filter(unit=OuterRef("pk")).order_by("-seq", "-sealed_at")
    heads = JournalHead.objects.filter(actor.within(roles=LEADERS), unit__path__startswith=under.path)
    return (
        heads.exclude(unit=under)
        .select_related("unit")
        .annotate(sealed_day=Subquery(seals.values("day")[:1]))
        .order_by("unit__path")
    )


def seals_of(unit: Unit) -> QuerySet[JournalSeal]:
    """The seals of a unit that is past the guard, newest first."""
    return JournalSeal.objects.filter(unit=unit).select_related("by").order_by("-sealed_at", "-pk")
