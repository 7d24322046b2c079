"""Rows and times for the tests of routines: a Monday at K1 whose work runs from 8:30 to 17:30, its doors from 9 to 17."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from PIL import Image

from guimian.apps.calendar.models import CalendarDay, Hours
from guimian.apps.organisation.models import Unit
from guimian.apps.routines import services
from guimian.apps.routines.models import DayDuty, Round

ZONE = ZoneInfo("Asia/Shanghai")
TODAY = date(2026, 11, 23)  # a Monday


def at(hour: int, minute: int = 0, day: date = TODAY) -> datetime:
    """A time in Shanghai."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


def make_hours(
    unit: Unit, kinds: tuple[str, ...] = ("WORKDAY",), from_date: date = date(2026, 1, 1), **times: Any
) -> None:
    usual = {"work_from": time(8, 30), "open_from": time(9), "open_to": time(17), "work_to": time(17, 30)}
    for kind in kinds:
        Hours.objects.create(unit=unit, day_kind=kind, from_date=from_date, set_at=at(7), **usual | times)


def make_holiday(*days: date) -> None:
    for day in days:
        CalendarDay.objects.create(day=day, kind="HOLIDAY", name="休息")


def made_day(unit: Unit, hq: Unit, day: date = TODAY) -> None:
    """The catalogue, the counter's hours and the day's duties and rounds."""
    services.seed_catalogues(unit=hq, by=None, now=at(6, day=day))
    if not Hours.objects.filter(unit=unit).exists():
        make_hours(unit)
    services.make_duties(unit=unit, day=day, now=at(7, day=day))


def duty_of(unit: Unit, code: str, number: int = 1, day: date = TODAY) -> DayDuty:
    rows = DayDuty.objects.select_related("unit", "duty", "done_by")
    return rows.get(unit=unit, day=day, code=code, number=number)


def round_of(unit: Unit, slot: str, day: date = TODAY) -> Round:
    return Round.objects.select_related("unit").get(unit=unit, day=day, slot=slot)


def picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), (200, 30, 30)).save(out, "PNG")
    return out.getvalue()
