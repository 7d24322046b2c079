"""Rows of every kind at one unit, with a token in every text field, so that a leak can be recognised by it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import models
from django.utils import timezone

from guimian.apps.calendar.models import BusinessDay, Hours
from guimian.apps.organisation.models import Person, PersonSkill, Post, Skill, Unit, Window
from guimian.apps.organisation.tests.cast import make_person
from guimian.base.access import Role
from guimian.base.journal import record
from guimian.base.models import Action, ApiToken, Evidence, Finding, JournalEntry, PolicyOverride, Series
from tests.access import planted_close as closes
from tests.access import planted_reception as reception
from tests.access import planted_routines as routines
from tests.access.routes import Route

#: Text that is no free text, or belongs to no unit, and why.
EXEMPT = {
    "organisation.Unit.code": "it is the address of the unit",
    "organisation.Unit.path": "made of codes",
    "organisation.Unit.timezone": "a name of the time zone database",
    "organisation.Person.staff_number": "signs in, in a form of its own",
    "organisation.Person.password": "a digest, never read back",
    "organisation.Person.phone_index": "a keyed digest",
    "organisation.Person.identity_index": "a keyed digest",
    "organisation.Person.language": "one of the languages",
    "base.JournalEntry.previous": "a digest",
    "base.JournalEntry.digest": "a digest",
    "base.JournalSeal.digest": "a digest",
    "base.Evidence.sha256": "a digest",
    "base.Evidence.kind": "a media type",
    "base.PolicyOverride.key": "a key of the policy book",
    "base.PolicyOverride.value": "a figure of the kind its key says",
    "base.Finding.clause": "a clause",
    "base.ApiToken.digest": "a digest",
    **routines.EXEMPT,
    **closes.EXEMPT,
    **reception.EXEMPT,
}
#: Models that belong to no unit.
OF_NOBODY = {
    "base.JournalHead", "base.LiveEvent", "base.Heartbeat", "base.Fired", "base.IdempotencyKey", "organisation.Skill",
    "calendar.CalendarDay", "calendar.CalendarYear", *closes.OF_NOBODY,
    *reception.OF_NOBODY,
}  # fmt: skip
FIGURE = "organisation.windows_large"


@dataclass
class Planted:
    """One row of each kind at a unit."""

    unit: Unit
    person: Person
    post: Post
    window: Window
    skill: Skill
    finding: Finding
    action: Action
    evidence: Evidence
    override: PolicyOverride
    hours: Hours
    routines: routines.PlantedRoutines
    closes: closes.PlantedClose | None = None
    reception: reception.PlantedReception | None = None
    entry: JournalEntry | None = None

    def rows(self) -> list[models.Model]:
        return [row for row in vars(self).values() if isinstance(row, models.Model)]


def token(word: str, model: str, field: str) -> str:
    """A word that stands nowhere else."""
    return f"{word}{hashlib.sha256(f'{model}.{field}'.encode()).hexdigest()[:10]}"


def marked(instance: models.Model, word: str) -> None:
    """Put the token into each free text field of the row, past every service."""
    changed: dict[str, Any] = {}
    for field in instance._meta.concrete_fields:
        label = f"{instance._meta.label}.{field.name}"
        if isinstance(field, models.CharField | models.TextField) and not field.choices and label not in EXEMPT:
            said = token(word, instance._meta.label, field.name) + (f"-{instance.pk}" if field.unique else "")
            changed[field.name] = said[: field.max_length] if field.max_length else said
        elif isinstance(field, models.JSONField) and label not in EXEMPT:
            changed[field.name] = {"note": token(word, instance._meta.label, field.name)}
    if isinstance(instance, PolicyOverride):
        changed.pop("value", None)
    if changed:
        for name, value in changed.items():
            setattr(instance, name, value)
        instance.save(update_fields=list(changed))


def plant(unit: Unit, word: str) -> Planted:
    """One row of each kind at the unit, each text field holding its token. Journal rows are written as they are kept."""
    now, number = timezone.now(), f"8{unit.pk:07}"
    person = make_person(number, "某人", Role.TELLER, unit)
    other = make_person(f"7{unit.pk:07}", "另一人", Role.SUPERVISOR, unit)
    skill, _made = Skill.objects.get_or_create(code="CLAIM", defaults={"name": "理赔", "name_en": "Claims"})
    PersonSkill.objects.create(person=person, skill=skill, since=date(2024, 1, 1))
    finding = Finding.objects.create(
        unit=unit, code="a.b", clause="R1.3", key=f"k{unit.pk}", what="x", found_at=now, found_by=person
    )
    planted = Planted(
        unit=unit,
        person=person,
        post=person.posts.get(),
        window=Window.objects.create(unit=unit, number=1),
        skill=skill,
        finding=finding,
        action=Action.objects.create(
            finding=finding, what="x", owner=person, assigned_by=other, assigned_at=now, due_date=date(2026, 3, 2)
        ),
        evidence=Evidence.objects.create(
            finding=finding, name="x.png", kind="image/png", size=1, sha256="0" * 64, path="x", added_by=person, added_at=now
        ),
        override=PolicyOverride.objects.create(
            unit=unit, key=FIGURE, value=None, from_date=unit.local_day(now) + timedelta(30), reason="x",
            proposed_by=person, proposed_at=now,
        ),
        hours=Hours.objects.create(unit=unit, day_kind="WORKDAY", from_date=date(2026, 1, 1), is_open=False, set_at=now),
        routines=routines.plant_routines(unit, person, finding, now),
    )  # fmt: skip
    if unit.is_counter:
        BusinessDay.objects.create(unit=unit, day=unit.local_day(now), opened_at=now, opened_by=other)
    Series.objects.create(
        unit=unit, name=token(word, "base.Series", "name"), period=token(word, "base.Series", "period")[:20]
    )
    ApiToken.objects.create(
        person=person, name=token(word, "base.ApiToken", "name"), digest=hashlib.sha256(number.encode()).hexdigest(),
        created_at=now, expires_at=now + timedelta(1), window_from=now,
    )  # fmt: skip
    planted.closes = closes.plant_close(unit, person, skill, now)
    planted.reception = reception.plant_reception(unit, person, planted.window, skill, now)
    for row in [*planted.rows(), *planted.routines.rows(), *planted.closes.rows(), *planted.reception.rows()]:
        if row._meta.label not in OF_NOBODY:
            marked(row, word)
    routines.said_in_json(planted.routines, lambda model, field: token(word, model, field))
    planted.entry = journalled(unit, person, word)
    return planted


def journalled(unit: Unit, person: Person, word: str) -> JournalEntry:
    said = {name: token(word, "base.JournalEntry", name) for name in ("event", "subject", "before", "after", "reason")}
    return record(
        unit=unit, by=person, event=said["event"], subject=said["subject"], now=timezone.now(), reason=said["reason"],
        before={"note": said["before"]}, after={"note": said["after"]},
    )  # fmt: skip


def arguments(route: Route, planted: Planted) -> dict[str, Any]:
    """What the route takes, as the planted rows give it. A route with an argument nobody thought of fails here."""
    space = route.name.split(":")[0]
    day = timezone.now().date()
    known: dict[str, Any] = {
        "policy:key": planted.override.key,
        "policy:pk": planted.override.pk,
        "policy:code": "R1.3",
        "findings:pk": planted.finding.pk,
        "findings:finding": planted.finding.pk,
        "findings:action": planted.action.pk,
        "findings:evidence": planted.evidence.pk,
        "organisation:person": planted.person.staff_number,
        "organisation:post": planted.post.pk,
        "organisation:window": planted.window.pk,
        "organisation:skill": planted.skill.code,
        "organisation:field": "phone",
        "organisation:file": "0" * 64,
        "journal:pk": planted.entry.pk if planted.entry else 0,
        "calendar:year": day.year,
        "calendar:month": day.month,
        "calendar:day": day.isoformat(),
        **routines.known_arguments(planted.routines),
        **(closes.known_arguments(planted.closes) if planted.closes else {}),
        **(reception.known_arguments(planted.reception) if planted.reception else {}),
        "calendar:pk": planted.hours.pk,
    }
    missing = [name for name in route.takes if f"{route.name}:{name}" not in known and f"{space}:{name}" not in known]
    assert not missing, f"{route.name} takes {missing}: say here what to give it"
    return {name: known.get(f"{route.name}:{name}", known.get(f"{space}:{name}")) for name in route.takes}
