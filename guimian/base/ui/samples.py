"""What the style page shows: each component as a line of template and what that line draws. Nothing here is real."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.template import engines
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from guimian.base.ui import sample_data as data


@dataclass(frozen=True)
class Sample:
    """A line of template with the names it needs; `html` is what it draws."""

    source: str
    names: Mapping[str, Any] = field(default_factory=dict)
    html: str = ""
    wide: bool = False

    def drawn(self, request: HttpRequest) -> Sample:
        html = engines["django"].from_string("{% load i18n %}" + self.source).render(dict(self.names), request)
        return Sample(self.source, self.names, html, self.wide)


@dataclass(frozen=True)
class Section:
    """One component."""

    id: str
    title: str
    about: str
    samples: tuple[Sample, ...]


def sections(request: HttpRequest, now: datetime) -> tuple[Section, ...]:
    """All components, drawn in the language of the page."""
    made = (words(now), buttons(), states(), verdicts(), stats(), tables(request), cards(now), timelines(now), charts(),
            forms(), masked(), progress(), tabs(), months(), empties(), notices())  # fmt: skip
    return tuple(
        Section(one.id, one.title, one.about, tuple(sample.drawn(request) for sample in one.samples)) for one in made
    )


def words(now: datetime) -> Section:
    names = {"now": now, "title": {"zh": "营业时间", "en": "Opening hours"}}
    lines = (
        '{% clause "R1.3" %} {% clause "R2.2, F2.8" %}',
        '{{ title|title_of }} {% include "ui/_unsure.html" %}',
        "{{ now|day }} · {{ now|long_day }} · {{ now|moment }} · {{ now|clock }}",
        "{{ 1234.5|money }} · {{ 98.5|percent }} · {{ 80|duration }} · {{ 30|quantity:'minute' }}",
        '{% icon "clock" %} {% icon "printer" %} {% icon "scale" %} {% icon "bell" %}',
    )
    about = _("Clauses, days and sums are written in one way everywhere.")
    return Section("words", _("Words and figures"), about, tuple(Sample(line, names) for line in lines))


def buttons() -> Section:
    names = {"save": _("Save"), "cancel": _("Cancel"), "remove": _("Remove")}
    lines = (
        '<button class="btn btn-primary">{{ save }}</button> <button class="btn">{{ cancel }}</button>',
        '<button class="btn btn-danger">{% icon "trash" %}{{ remove }}</button>',
        '<button class="btn btn-primary" disabled>{{ save }}</button> <button class="btn btn-sm">{{ cancel }}</button>',
        '<button class="quiet">{% icon "printer" %}{{ save }}</button> <kbd>?</kbd>',
    )
    about = _("One primary button a page; the others are quiet.")
    return Section("buttons", _("Buttons"), about, tuple(Sample(line, names) for line in lines))


def states() -> Section:
    names = {
        "open": pgettext("finding", "Open"), "waiting": _("Waiting for verification"), "late": _("Overdue"),
        "over": pgettext("finding", "Closed"),
        "levels": [(f"LEVEL_{n}", _("Level %(number)s") % {"number": n}) for n in range(1, 5)],
    }  # fmt: skip
    lines = (
        '{% state "OPEN" open %} {% state "DONE" waiting %} {% state "OVERDUE" late %} {% state "CLOSED" over %}',
        "{% for code, name in levels %}{% state code name %} {% endfor %}",
    )
    about = _("Red, orange, yellow and blue are kept for the four levels of an emergency.")
    return Section("states", _("States"), about, tuple(Sample(line, names) for line in lines))


def verdicts() -> Section:
    line = '{% include "ui/_verdict.html" with verdict=verdict %}'
    about = _("What a rule says, what it found, what it wants, and the clause it rests on.")
    return Section("verdicts", _("Verdicts"), about, tuple(Sample(line, {"verdict": one}) for one in data.verdicts()))


def stats() -> Section:
    names = {"served": _("Customers today"), "wait": _("Longest wait"), "late": _("Overdue actions"),
             "note": _("12 more than a usual Monday")}  # fmt: skip
    line = (
        '<div class="stats">{% include "ui/_stat.html" with title=served value=186 note=note %}\n'
        '{% include "ui/_stat.html" with title=wait value=18 unit_text="min" clause_code="R6.3" %}\n'
        '{% include "ui/_stat.html" with title=late value=2 tone="bad" url="#" %}</div>'
    )
    return Section("stats", _("Figures"), _("One figure with its meaning."), (Sample(line, names, wide=True),))


def tables(request: HttpRequest) -> Section:
    line = '{% include "ui/_table.html" with table=table %}'
    shown = tuple(Sample(line, {"table": table}, wide=True) for table in data.tables(request))
    about = _("Sorted, filtered, paged, printed, taken to Excel; cards on a phone.")
    return Section("tables", _("Tables"), about, shown)


def cards(now: datetime) -> Section:
    line = '<div class="cards">{% for card in cards %}{% include "ui/_action_card.html" %}{% endfor %}</div>'
    return Section(
        "cards", _("Action cards"), _("A thing to do."), (Sample(line, {"cards": data.cards(now)}, wide=True),)
    )


def timelines(now: datetime) -> Section:
    line = '{% include "ui/_timeline.html" with entries=entries %}'
    shown = (Sample(line, {"entries": data.entries(now)}), Sample(line, {"entries": ()}))
    return Section("timelines", _("Timeline"), _("What happened, when, by whom."), shown)


def charts() -> Section:
    line = '{% include "ui/_chart.html" with chart=chart %}'
    about = _("A picture of numbers; the numbers are there too.")
    shown = tuple(Sample(line, {"chart": chart}, wide=True) for chart in data.charts())
    return Section("charts", _("Charts"), about, shown)


def forms() -> Section:
    line = (
        '<form method="get" novalidate>{% include "ui/_form.html" with form=form %}'
        '<div class="form-end"><button class="btn btn-primary">{% translate "Save" %}</button></div></form>'
    )
    about = _("Labels above, help below; a refusal cites its clause and keeps what was typed.")
    return Section("forms", _("Forms"), about, tuple(Sample(line, {"form": form}) for form in data.forms_shown()))


def masked() -> Section:
    names = {"label": _("Telephone"), "shown": "13800000021", "value": "138******21"}
    lines = (
        '{% include "ui/_masked.html" with value=value %}',
        '{% include "ui/_masked.html" with value=value url="#" label=label %}',
        '{% include "ui/_revealed.html" with value=shown %}',
    )
    about = _("Personal data is masked; showing it needs a reason, and the journal keeps it.")
    return Section("masked", _("Personal data"), about, tuple(Sample(line, names) for line in lines))


def progress() -> Section:
    names = {"label": _("Importing people"), "ready": _("Import finished"), "note": _("You may leave this page.")}
    lines = (
        '{% include "ui/_progress.html" with label=label value=340 max=1000 note=note %}',
        '{% include "ui/_progress.html" with label=label %}',
        '{% include "ui/_progress.html" with label=ready value=1000 max=1000 done=True %}',
    )
    return Section("progress", _("Long work"), _("How far it is."), tuple(Sample(line, names) for line in lines))


def tabs() -> Section:
    line = '{% include "ui/_tabs.html" with tabs=tabs label=label %}'
    return Section(
        "tabs", _("Tabs"), _("Parts of one thing."), (Sample(line, {"tabs": data.tabs(), "label": _("Parts")}),)
    )


def months() -> Section:
    line = '{% include "ui/_month.html" %}'
    about = _("A month of days. A wide one tells more of each day.")
    names = [{"month": data.month(wide)} for wide in (False, True)]
    return Section("months", _("Months"), about, tuple(Sample(line, one, wide=one["month"].wide) for one in names))


def empties() -> Section:
    names = {"title": _("No finding is open"), "text": _("What a round or a check finds wrong will stand here."),
             "action": _("Record a finding"), "nothing": _("No rule has anything to say here.")}  # fmt: skip
    lines = (
        '{% include "ui/_empty.html" with title=title text=text url="#" action=action icon_name="flag" %}',
        '{% include "ui/_empty.html" with title=nothing icon_name="scale" %}',
    )
    about = _("An empty page teaches what it is for.")
    return Section("empties", _("Nothing here"), about, tuple(Sample(line, names) for line in lines))


def notices() -> Section:
    texts = (("success", _("The day is open.")), ("info", _("The hours hold from tomorrow.")),
             ("warning", _("The holidays of next year are not confirmed yet.")), ("error", _("Nothing was saved.")))  # fmt: skip
    said = [{"level_tag": tag, "text": text} for tag, text in texts]
    line = '{% include "ui/_messages.html" with messages=said %}'
    shown = [data.Message(**one) for one in said]
    return Section("notices", _("Messages"), _("What just happened."), (Sample(line, {"said": shown}),))
