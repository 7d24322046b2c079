"""What happened, for programs: to be kept elsewhere, and held against the chain."""
# Annotations are read when the module is loaded: the framework makes the description of the API from them.

from datetime import datetime
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Field, Query, Router, Schema
from ninja.pagination import paginate

from guimian.base.access import LEADERS
from guimian.base.api.house import Pages
from guimian.base.api.units import called, unit_of
from guimian.base.journal import pages
from guimian.base.models import JournalEntry

router = Router(tags=["journal"])
OfUnit = Annotated[str, Query(pattern=r"^[A-Z0-9]{2,16}$", description="The unit's code; those below it are in.")]


class EntryOut(Schema):
    """One row of a unit's chain. `previous` and `digest` link it to the rows before and after."""

    unit: str = Field(alias="unit.code")
    seq: int
    at: datetime
    by: str = Field(description="The staff number; empty for the system itself.")
    event: str
    subject: str
    before: Any
    after: Any
    reason: str
    previous: str
    digest: str

    @staticmethod
    def resolve_by(entry: JournalEntry) -> str:
        return entry.by.staff_number if entry.by else ""


@router.get("", response=list[EntryOut], summary="What happened at a unit and below")
@paginate(Pages)
def list_entries(request: HttpRequest, unit: OfUnit) -> "QuerySet[JournalEntry]":
    """Newest first; for those who lead the unit."""
    return pages.entries_visible_to(called(request).actor, unit_of(request, unit, LEADERS))
