"""What the API says of the hall. Numbers, services and windows; no customer's name is kept (R10.7)."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from ninja import Field, Schema
from pydantic import StringConstraints

#: Words that both databases keep, possibly none.
Text = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^\u0000-\u001f\u007f]*$")]
ServiceCode = Annotated[str, Field(pattern=r"^[A-Z0-9_]{1,30}$", description="A code of the list of services.")]
Priority = Literal["NORMAL", "OLDER", "DISABLED", "VIP", "APPOINTMENT"]


class ServiceOut(Schema):
    """What customers come for. Services of one letter share a line; windows serve them by skill."""

    code: str
    name: str
    name_en: str
    letter: str
    skill: str = Field(alias="skill.code")


class TicketIn(Schema):
    """A ticket for a customer. The same `key` at a unit gets the same ticket."""

    service: ServiceCode
    priority: Priority = "NORMAL"
    key: Annotated[str, Field(pattern=r"^[!-~]*$", max_length=60, description="Your own key of the ticket.")] = ""


class TicketOut(Schema):
    """A ticket and the visit that follows. `secret` opens the customer's own page, `/q/<secret>/`."""

    id: int
    number: str = Field(alias="label")
    unit: str = Field(alias="unit.code")
    day: date
    service: str = Field(alias="service.code")
    priority: str
    state: str = Field(description="WAITING, CALLED, SERVING, DONE, MISSED or LEFT.")
    secret: str
    window: int | None
    calls: int
    issued_at: datetime
    called_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None

    @staticmethod
    def resolve_window(ticket: Any) -> int | None:
        return ticket.seat.window.number if ticket.seat else None


class CallOut(Schema):
    """Who was called; null when nobody waits for what the window serves."""

    ticket: TicketOut | None


class RecordIn(Schema):
    """A piece of business, of a visit of the day or of none (R5.2). `amount` in CNY."""

    service: ServiceCode
    ticket: Annotated[int, Field(ge=1, le=2**53 - 1)] | None = None
    reference: Annotated[Text, Field(max_length=40)] = ""
    direction: Literal["NONE", "IN", "OUT"] = "NONE"
    amount: Annotated[Decimal, Field(ge=0, max_digits=14, decimal_places=2)] = Decimal(0)
    way: Literal["NONE", "CASH", "CARD", "TRANSFER"] = "NONE"
    papers: Annotated[int, Field(ge=0, le=500)] = 0
    note: Annotated[Text, Field(max_length=200)] = ""


class RecordOut(Schema):
    """A business record; `number` counts the counter's day without gaps."""

    id: int
    number: int
    day: date
    service: str = Field(alias="service.code")
    ticket: int | None = Field(alias="ticket_id")
    reference: str
    direction: str
    amount: Decimal
    way: str
    papers: int
    at: datetime


class ShownOut(Schema):
    """A call on the board."""

    number: str
    window: int
    state: str
    called_at: datetime
    calls: int


class LetterOut(Schema):
    letter: str
    waiting: int


class BoardOut(Schema):
    """What the hall sees: the calls that stand, the newest first, and how many wait for each letter."""

    shown: list[ShownOut]
    waiting: list[LetterOut]


class InLineOut(Schema):
    """A customer in line; `place` is the place in the order of calls, `head_start` what the class stands earlier by."""

    place: int
    number: str
    service: str
    priority: str
    issued_at: datetime
    minutes: int
    head_start: int = Field(description="Minutes (R6.3).")
    wants_comfort: bool = Field(description="The wait lies above the limit (R6.3).")


class FiguresOut(Schema):
    """A counter's day. Waits in seconds, from the ticket to the first call, of those who were called."""

    day: date
    tickets: int
    waiting: int
    serving: int
    served: int
    missed: int
    gave_up: int
    comfort: int = Field(description="Waits above the limit, whoever ended them (R6.3).")
    mean_wait: float | None
    longest_wait: float | None
    longest_line: int
