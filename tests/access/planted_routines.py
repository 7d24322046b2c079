"""The rows of routines at one unit, with what their routes take."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models

from guimian.apps.organisation.models import Person, Unit
from guimian.apps.routines.models import (
    Appraisal,
    DayDuty,
    Duty,
    DutyPhoto,
    HolidayPlan,
    Mark,
    Peaks,
    Point,
    Report,
    Round,
    RoundAnswer,
    RoundItem,
    Visit,
)
from guimian.base.models import Finding

EXEMPT = {
    "routines.Duty.code": "it is the address of the entry",
    "routines.Duty.clause": "a clause",
    "routines.Duty.roles": "names of roles",
    "routines.RoundItem.code": "it is the address of the entry",
    "routines.RoundItem.clause": "a clause",
    "routines.DutyPhoto.kind": "a media type",
    "routines.DutyPhoto.sha256": "a digest",
    "routines.Peaks.day_kind": "a kind of day",
    "routines.Point.clause": "a clause",
    "routines.Point.route": "the name of a route",
    "routines.Point.key": "the number of a row",
    "routines.Point.source": "what makes it count once; never shown",
}
MONTH = date(2026, 3, 1)


@dataclass
class PlantedRoutines:
    """One row of each kind."""

    duty: Duty
    day_duty: DayDuty
    photo: DutyPhoto
    item: RoundItem
    peaks: Peaks
    round: Round
    answer: RoundAnswer
    report: Report
    point: Point
    appraisal: Appraisal
    mark: Mark
    visit: Visit
    plan: HolidayPlan

    def rows(self) -> list[models.Model]:
        return list(vars(self).values())


def plant_routines(unit: Unit, person: Person, finding: Finding, now: datetime) -> PlantedRoutines:
    """The rows; their free texts are marked by whoever asks."""
    day = unit.local_day(now)
    entry: dict[str, Any] = {
        "unit": unit,
        "code": f"e{unit.pk}",
        "from_date": date(2026, 1, 1),
        "clause": "R1.4",
        "set_at": now,
    }
    duty = Duty.objects.create(**entry, part="DURING", anchor="OPEN_TO", roles=["TELLER"])
    item = RoundItem.objects.create(**entry, part="DURING", points=2)
    day_duty, walk = planted_day(unit, duty, person, now)
    appraisal = Appraisal.objects.create(unit=unit, month=MONTH, published_by=person, published_at=now)
    return PlantedRoutines(
        duty=duty,
        day_duty=day_duty,
        photo=DutyPhoto.objects.create(day_duty=day_duty, kind="image/png", path="x", sha256="0" * 64),
        item=item,
        peaks=Peaks.objects.create(unit=unit, from_date=day, morning=time(10), afternoon=time(15), set_at=now),
        round=walk,
        answer=RoundAnswer.objects.create(
            round=walk, item=item, is_fine=False, points=1, what="x", finding=finding, at=now, by=person
        ),
        report=Report.objects.create(
            unit=unit, kind="MONTH", first=MONTH, last=date(2026, 3, 31), figures={}, signed_by=person, signed_at=now
        ),
        point=Point.objects.create(
            unit=unit, day=day, code="x", clause="R1.4", points=1, why="x", source=f"x{unit.pk}", route="routines:duty",
            key=str(day_duty.pk), recorded_at=now,
        ),
        appraisal=appraisal,
        mark=Mark.objects.create(appraisal=appraisal, base=100, points=1, score=99, objection="x", objected_at=now),
        visit=Visit.objects.create(
            unit=unit, quarter=date(2026, 1, 1), due_on=day, visited_on=day, visited_by=person, note="x"
        ),
        plan=HolidayPlan.objects.create(
            unit=unit, first=date(2026, 10, 1), last=date(2026, 10, 7), name="x", lines=[], reported_at=now
        ),
    )  # fmt: skip


def planted_day(unit: Unit, duty: Duty, person: Person, now: datetime) -> tuple[DayDuty, Round]:
    """A duty done and a round being walked today."""
    day, soon = unit.local_day(now), now + timedelta(hours=2)
    day_duty = DayDuty.objects.create(
        unit=unit,
        day=day,
        duty=duty,
        code="x",
        part="DURING",
        from_at=now,
        due_at=soon,
        state="DONE",
        done_by=person,
        done_at=now,
    )
    walk = Round.objects.create(
        unit=unit, day=day, slot="MORNING", from_at=now, due_at=soon, state="WALKING", started_at=now, started_by=person
    )
    return day_duty, walk


def said_in_json(rows: PlantedRoutines, token: Callable[[str, str], str]) -> None:
    """Put the tokens into what is kept as JSON, in its own shape."""
    title = token("routines.Report", "figures")
    rows.report.figures = {
        language: [{"title": title, "clause": "R1.2", "rows": [{"label": title, "value": "1", "url": ""}]}]
        for language in ("zh", "en")
    }
    rows.report.save(update_fields=["figures"])
    why = token("routines.Mark", "lines")
    rows.mark.lines = [{"day": "2026-03-02", "clause": "R1.4", "why": why, "points": "1.0", "route": "", "key": ""}]
    rows.mark.save(update_fields=["lines"])
    label = token("routines.HolidayPlan", "lines")
    rows.plan.lines = [{"code": "K1", "label": label, "label_en": label, "days": []}]
    rows.plan.save(update_fields=["lines"])


def known_arguments(rows: PlantedRoutines) -> dict[str, Any]:
    """What the routes take."""
    return {
        "routines:catalogue": "duties",
        "routines:code": rows.duty.code,
        "routines:duty:pk": rows.day_duty.pk,
        "routines:do:pk": rows.day_duty.pk,
        "routines:photo:pk": rows.photo.pk,
        "routines:pk": rows.round.pk,
        "routines:item": rows.item.code,
        "routines:kind": "month",
        "routines:first": rows.report.first.isoformat(),
        "routines:notice:first": rows.plan.first.isoformat(),
        "routines:month": rows.appraisal.month.isoformat(),
        "routines:mark": rows.mark.pk,
        "routines:visit": rows.visit.pk,
        "routines:plan": rows.plan.pk,
    }
