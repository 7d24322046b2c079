"""What the API says of hours and days."""

from __future__ import annotations

from datetime import date, datetime, time

from ninja import Field, Schema


class HoursOut(Schema):
    """A counter's hours on one kind of day, in force since `from_date` (R1.3). Working hours are internal."""

    day_kind: str = Field(description="WORKDAY, SATURDAY, SUNDAY or HOLIDAY.")
    from_date: date
    is_open: bool
    work_from: time | None
    work_to: time | None
    open_from: time | None
    open_to: time | None
    banks_until: time | None = Field(description="When local banks stop corporate business.")


class DayOut(Schema):
    """A counter's business day: NONE before it is opened, OPEN, CLOSING, CLOSED."""

    unit: str
    day: date
    kind: str = Field(description="WORKDAY, SATURDAY, SUNDAY or HOLIDAY (R2.3).")
    state: str
    opened_at: datetime | None
    closing_at: datetime | None
    closed_at: datetime | None
