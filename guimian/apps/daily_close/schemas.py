"""What the API says of closes."""
# Annotations are read when the module is loaded: the framework makes the description of the API from them.

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from ninja import Field, Schema
from pydantic import StringConstraints

#: Words that may be missing; no control characters but line ends, as both databases keep them.
Text = Annotated[
    str, StringConstraints(strip_whitespace=True, pattern=r"^[^\u0000-\u0008\u000b-\u001f\u007f]*$", max_length=200)
]
CauseCode = Annotated[str, Field(pattern=r"^[A-Z0-9_]{1,30}$", description="Such as PAPER_MISSING.")]
Money = Annotated[Decimal, Field(ge=-(10**12), le=10**12, max_digits=14, decimal_places=2)]


class TellerOut(Schema):
    """A teller of the day and how the list stands: MISSING, DRAFT, CONFIRMED, STALE (changed since) or RETURNED."""

    staff_number: str
    state: str
    records: int
    received: Decimal
    paid: Decimal
    differences: int
    confirmed_at: datetime | None


class CloseOut(Schema):
    """A counter's close (R5.3). `waits_for` holds the codes of what stands in the way; empty once it may close or has."""

    unit: str
    day: date
    state: str = Field(description="OPEN, CLOSING or CLOSED.")
    number: int | None = Field(description="Of the counter's closes; null before it is closed.")
    closed_at: datetime | None
    due_at: datetime = Field(description="The province's cut-off (R5.5).")
    records: int
    received: Decimal
    paid: Decimal
    differences: int
    tellers: list[TellerOut]
    waits_for: list[str]
    digest: str = Field(description="Over the lists; empty before it is closed.")
    seal: str = Field(description="The journal's sealed head; empty before it is closed.")
    seal_seq: int | None


class LineOut(Schema):
    """A record on one's list. `agrees` is null while it is not checked, or changed since."""

    number: int
    service: str
    reference: str
    direction: str
    amount: Decimal
    way: str
    papers: int
    voided: bool
    agrees: bool | None


class ListOut(Schema):
    """One's own list of the day that is to be closed (R5.2). Confirm it with its `digest`."""

    unit: str
    day: date
    state: str = Field(description="MISSING, DRAFT, CONFIRMED, STALE or RETURNED.")
    digest: str
    cash_expected: Decimal = Field(description="Of the day, without the float, in CNY.")
    lines: list[LineOut]


class LineIn(Schema):
    """A record held against its papers. One that does not agree has a cause."""

    number: Annotated[int, Field(ge=1, le=2**31 - 1)]
    agrees: bool
    cause: CauseCode | None = None
    note: Text = ""


class CashIn(Schema):
    """The day's cash as it was counted, without the float, in CNY. A difference has a cause."""

    counted: Money
    cause: CauseCode | None = None
    note: Text = ""


class ListIn(Schema):
    """Every number of the list, and the cash where some was taken or given."""

    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    lines: Annotated[list[LineIn], Field(max_length=5000)]
    cash: CashIn | None = None


class CloseIn(Schema):
    """What is to stand on the close list beside the figures."""

    notes: Annotated[
        str, StringConstraints(strip_whitespace=True, pattern=r"^[^\u0000-\u0008\u000b-\u001f\u007f]*$", max_length=300)
    ] = ""
