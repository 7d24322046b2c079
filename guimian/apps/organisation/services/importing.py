"""Bringing a company in from a workbook: a plan that touches nothing, then exactly that plan, whole or not at all.

The plan is made by doing everything in a transaction that is rolled back: what it shows is what the services did, with
their own refusals, line by line. Applying does it again and keeps it only when nothing was refused and the outcome has
the digest that was shown: a changed file or a changed company is refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guimian.apps.organisation import intake, queries, rules
from guimian.apps.organisation.intake import BadCell, Line
from guimian.apps.organisation.models import Person, Post, Skill, Unit, Window
from guimian.apps.organisation.services import people, posts, units, windows
from guimian.base import journal
from guimian.base.access import unit_model
from guimian.base.errors import Unable

#: What a line does to the company.
NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"


class UnableToImport(Unable):
    """The file is unreadable, has bad lines, or does something else than what was shown."""


@dataclass(frozen=True)
class RowPlan:
    """What a line does: `fields` are (name, before, after); personal data is named, not shown (R10.7)."""

    sheet: str
    line: int
    key: str
    outcome: str
    fields: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class ImportPlan:
    """Every line's outcome and every bad cell; `digest` stands for the file together with what it does."""

    rows: tuple[RowPlan, ...]
    bad: tuple[BadCell, ...]
    digest: str

    def count(self, outcome: str) -> int:
        return sum(1 for row in self.rows if row.outcome == outcome)

    @property
    def changes(self) -> int:
        return len(self.rows) - self.count(UNCHANGED)

    @property
    def counts(self) -> dict[str, int]:
        return {outcome: self.count(outcome) for outcome in (NEW, CHANGED, UNCHANGED)}


def plan_import(data: bytes, *, scope: Unit | None, by: Person | None, now: datetime) -> ImportPlan:
    """What the workbook would do at and below `scope` (None: the whole company), and every bad cell. Nothing is kept.

    Raises UnableToImport when the file cannot be opened safely.
    """
    read = _read(data)
    with transaction.atomic():
        plan = _Run(read, scope, by, now).plan()
        transaction.set_rollback(True)
    return plan


def apply_import(data: bytes, *, digest: str, scope: Unit | None, by: Person | None, now: datetime) -> ImportPlan:
    """Do exactly what the plan with this digest showed, whole or not at all; the same file again changes nothing.

    Raises UnableToImport when a line is bad, or when the file or the company has changed since the plan was shown.
    """
    read = _read(data)
    with transaction.atomic():
        plan = _Run(read, scope, by, now).plan()
        if plan.bad:
            raise UnableToImport(_("Nothing was imported: some lines are bad."), found=len(plan.bad), wanted=0)
        if plan.digest != digest:
            raise UnableToImport(_("Nothing was imported: the file or the company has changed since the preview."))
        unit = scope or unit_model().objects.filter(parent=None).first()
        if plan.changes and unit is not None:
            journal.record(
                unit=unit,
                by=by,
                event="organisation.import.applied",
                subject=f"organisation.import:{read.sha256[:16]}",
                now=now,
                after={"sha256": read.sha256, **plan.counts},
            )
    return plan


def _read(data: bytes) -> intake.Intake:
    try:
        return intake.read(data)
    except intake.UnreadableFile as error:
        raise UnableToImport(str(error)) from error


class _Refused(Unable):
    """A line asks for something that no service would be asked for."""


@dataclass
class _Run:
    """One pass over a workbook inside a transaction."""

    read: intake.Intake
    scope: Unit | None
    by: Person | None
    now: datetime
    rows: list[RowPlan] = field(default_factory=list)
    bad: list[BadCell] = field(default_factory=list)
    first_posts: set[tuple[str, int]] = field(default_factory=set)

    def plan(self) -> ImportPlan:
        self.bad.extend(self.read.bad)
        for line in self._units_from_above():
            self._try(line, self._unit)
        for sheet, verb in (("People", self._person), ("Posts", self._post), ("Windows", self._window)):
            for line in self.read.lines.get(sheet, ()):
                self._try(line, verb)
        order = [kind.code for kind in intake.SHEETS]
        bad = tuple(sorted(self.bad, key=lambda cell: (order.index(cell.sheet), cell.line, cell.column)))
        content = repr((self.read.sha256, self.scope and self.scope.code, self.rows, bad))
        return ImportPlan(tuple(self.rows), bad, hashlib.sha256(content.encode()).hexdigest())

    def _try(self, line: Line, verb: Callable[[Line], RowPlan]) -> None:
        try:
            with transaction.atomic():
                self.rows.append(verb(line))
        except Unable as error:
            found = " ".join(intake.shown(line.values[name]) for name in _kind(line).key if name in line.values)
            if error.found is not None:
                found += f" ({intake.shown(error.found)})"
            wanted = error.message if error.wanted is None else f"{error.message} ({intake.shown(error.wanted)})"
            self.bad.append(BadCell(line.sheet, line.line, "", found, wanted, error.clause))

    # ------------------------------------------------------------ reach
    def _reaches(self, unit: Unit) -> bool:
        return self.scope is None or unit.path.startswith(self.scope.path)

    def _known_unit(self, code: str) -> Unit:
        unit = unit_model().objects.select_related("parent").filter(code=code).first()
        if unit is None or not self._reaches(unit):
            raise _Refused(_("A unit within your reach, in the company or sound in the sheet."), found=code)
        return unit

    def _known_person(self, staff_number: str) -> Person:
        person = self._people().filter(staff_number__iexact=staff_number).first()
        if person is None:
            raise _Refused(_("A person within your reach, in the company or sound in the sheet."), found=staff_number)
        return person

    def _people(self) -> QuerySet[Person]:
        path = self.scope.path if self.scope else ""
        return queries.people_within(path, self.now.date())

    # ------------------------------------------------------------ units
    def _units_from_above(self) -> Iterator[Line]:
        """The units' lines, each after its parent's; those of a circle are told as bad."""
        waiting = list(self.read.lines.get("Units", ()))
        while waiting:
            below = {line.values["code"] for line in waiting}
            ready = [line for line in waiting if line.values.get("parent") not in below]
            if not ready:
                break
            yield from ready
            waiting = [line for line in waiting if line not in ready]
        for line in waiting:
            found = f"{line.values['code']} < {line.values.get('parent')}"
            self.bad.append(
                BadCell("Units", line.line, "", found, str(_("a line of parents that ends at a known unit")))
            )

    def _unit(self, line: Line) -> RowPlan:
        values = dict(line.values)
        code, parent, level = values.pop("code"), values.pop("parent", None), values.pop("level", None)
        opened_on = values.pop("opened_on", None)
        unit = unit_model().objects.select_related("parent").filter(code=code).first()
        if unit is None:
            return self._new_unit(line, parent, level, opened_on)
        if not self._reaches(unit):
            raise _Refused(_("This code is taken, outside your reach."), found=code)
        for given, stands in (
            (parent, unit.parent and unit.parent.code),
            (level, unit.level),
            (opened_on, unit.opened_on),
        ):
            if given is not None and given != stands:
                raise _Refused(
                    _("A unit never moves: its level, the unit above and its first day stay."),
                    found=given,
                    wanted=stands,
                )
        before = {name: getattr(unit, name) for name in values}
        units.change_unit(unit=unit, by=self.by, now=self.now, **values)
        return _outcome(line, code, before, values)

    def _new_unit(self, line: Line, parent: str | None, level: str | None, opened_on: date | None) -> RowPlan:
        above = self._known_unit(parent) if parent else None
        if above is None and self.scope is not None:
            raise _Refused(_("A new unit names the one above it."), found="", wanted=_("Parent code"))
        wanted = rules.level_below(above.level) if above else "HQ"
        if level is not None and level != wanted:
            raise _Refused(_("The level does not fit the unit above."), found=level, wanted=wanted)
        values = {name: value for name, value in line.values.items() if name not in {"parent", "level", "opened_on"}}
        if "name" not in values:
            raise _Refused(_("A new unit has a name."), wanted=_("Name"))
        day = opened_on or (above.local_day(self.now) if above else self.now.date())
        units.open_unit(parent=above, opened_on=day, by=self.by, now=self.now, **values)
        return _outcome(line, line.values["code"], None, line.values)

    # ------------------------------------------------------------ people and posts
    def _person(self, line: Line) -> RowPlan:
        values = dict(line.values)
        staff_number = values.pop("staff_number")
        person = self._people().filter(staff_number__iexact=staff_number).first()
        if person is None:
            return self._new_person(line)
        before = {name: getattr(person, name) for name in values}
        unit = self.scope or person.posts.select_related("unit").latest("starts_on").unit
        people.change_person(person=person, unit=unit, by=self.by, now=self.now, **values)
        return _outcome(line, staff_number, before, values)

    def _new_person(self, line: Line) -> RowPlan:
        number = line.values["staff_number"]
        if "name" not in line.values:
            raise _Refused(_("A new person has a name."), wanted=pgettext_lazy("person", "Name"))
        theirs = [post for post in self.read.lines.get("Posts", ()) if post.values["staff_number"] == number]
        if not theirs:
            raise _Refused(_("A new person has a sound line in the sheet of posts."), wanted=_("a post"))
        first = min(theirs, key=lambda post: post.values["starts_on"])
        post = {name: value for name, value in first.values.items() if name not in {"staff_number", "unit"}}
        unit = self._known_unit(first.values["unit"])
        people.add_person(unit=unit, by=self.by, now=self.now, **line.values, **post)
        self.first_posts.add(("Posts", first.line))
        return _outcome(line, number, None, line.values)

    def _post(self, line: Line) -> RowPlan:
        values = dict(line.values)
        key = " ".join(str(values[name]) for name in ("staff_number", "role", "unit"))
        if ("Posts", line.line) in self.first_posts:
            return _outcome(line, key, None, values)
        person, unit = self._known_person(values.pop("staff_number")), self._known_unit(values.pop("unit"))
        ends_on = values.pop("ends_on", None)
        post = Post.objects.filter(person=person, unit=unit, **values).first()
        if post is None:
            posts.give_post(person=person, unit=unit, ends_on=ends_on, by=self.by, now=self.now, **values)
            return _outcome(line, key, None, line.values)
        before = {"ends_on": post.ends_on}
        if ends_on is None or ends_on == post.ends_on:
            return _outcome(line, key, before, before)
        posts.end_post(post=post, ends_on=ends_on, by=self.by, now=self.now)
        return _outcome(line, key, before, {"ends_on": ends_on})

    # ------------------------------------------------------------ windows
    def _window(self, line: Line) -> RowPlan:
        values = dict(line.values)
        unit, number = self._known_unit(values.pop("unit")), values.pop("number")
        key = f"{unit.code} {number}"
        if "skills" in values:
            values["skills"] = [_skill(word) for word in values["skills"]]
        window = Window.objects.filter(unit=unit, number=number, closed_on=None).first()
        if window is None:
            windows.add_window(unit=unit, number=number, by=self.by, now=self.now, **values)
            return _outcome(line, key, None, line.values)
        before = {name: getattr(window, name) for name in ("name", "is_cashier", "is_priority")}
        before["skills"] = sorted(window.skills.all(), key=lambda skill: skill.code)
        after = before | values
        after["skills"] = sorted(after["skills"], key=lambda skill: skill.code)
        windows.change_window(window=window, by=self.by, now=self.now, **after)
        return _outcome(line, key, before, after)


def _kind(line: Line) -> intake.SheetKind:
    return next(kind for kind in intake.SHEETS if kind.code == line.sheet)


def _skill(word: str) -> Skill:
    known = {name.casefold(): skill for skill in queries.skills() for name in (skill.code, skill.name, skill.name_en)}
    if word.casefold() not in known:
        wanted = ", ".join(skill.name for skill in queries.skills())
        raise _Refused(_("A line of business of the company."), found=word, wanted=wanted)
    return known[word.casefold()]


def _outcome(line: Line, key: str, before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> RowPlan:
    """What the line did; without a `before` everything is new."""
    if before is None:
        fields = tuple((name, "", _plain(name, value, "given")) for name, value in after.items())
        return RowPlan(line.sheet, line.line, key, NEW, fields)
    changed = tuple(
        (name, _plain(name, before[name], "given"), _plain(name, value, "changed"))
        for name, value in after.items()
        if before[name] != value
    )
    return RowPlan(line.sheet, line.line, key, CHANGED if changed else UNCHANGED, changed)


def _plain(name: str, value: Any, word: str) -> str:
    if name in people.KEPT_OUT:
        return word if value else ""
    if isinstance(value, list | tuple):
        return ", ".join(str(item) for item in value)
    return "" if value is None else str(value)
