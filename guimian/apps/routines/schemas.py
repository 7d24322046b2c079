"""What the API says of duties and rounds."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Field, Schema

from guimian.base.api.units import Words


class DutyOut(Schema):
    """A duty of a counter on a day (R1.1, R1.2, R1.4)."""

    id: int
    unit: str = Field(alias="unit.code")
    day: date
    code: str
    title: str = Field(alias="duty.title_zh")
    title_en: str = Field(alias="duty.title_en")
    clause: str = Field(alias="duty.clause")
    number: int = Field(description="Counts a duty that comes again within the day, from 1.")
    part: str = Field(description="BEFORE, DURING or AFTER opening.")
    from_at: datetime
    due_at: datetime
    state: str = Field(description="DUE, DONE, LATE or MISSED.")
    as_needed: bool = Field(alias="duty.as_needed", description="Never late and never missed.")
    needs_note: bool = Field(alias="duty.needs_note")
    needs_photo: bool = Field(alias="duty.needs_photo")
    done_by: str = Field(description="The staff number; empty while nobody has done it.")
    done_at: datetime | None
    note: str

    @staticmethod
    def resolve_done_by(row: Any) -> str:
        return row.done_by.staff_number if row.done_by else ""


class DoneIn(Schema):
    """What was done, where a note is asked for."""

    note: Annotated[Words, Field(max_length=500)] | None = None


class RoundOut(Schema):
    """A walk-round (R1.5)."""

    id: int
    unit: str = Field(alias="unit.code")
    day: date
    slot: str = Field(description="BEFORE, MORNING, AFTERNOON or EXTRA.")
    from_at: datetime
    due_at: datetime
    state: str = Field(description="PLANNED, WALKING, SIGNED or MISSED.")
    is_late: bool
    points_off: Decimal
    signed_at: datetime | None
