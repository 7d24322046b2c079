"""What the operations of a unit share: the call, the unit in the address past the guard, and texts that can be kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, cast

from django.http import HttpRequest
from django.utils import timezone
from ninja import Path
from pydantic import StringConstraints

from guimian.base.access import EVERYONE, Actor, GuardedRequest, Role, unit_within_reach

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Unit

#: A unit's code as it stands in an address.
UnitCode = Annotated[str, Path(pattern=r"^[A-Z0-9]{2,16}$", description="The unit's code, such as C3201.")]
#: The number of a row: nothing a database could not hold.
RowId = Annotated[int, Path(ge=1, le=2**53 - 1)]
#: Words that both databases keep: no control characters but line ends.
Words = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, pattern=r"^[^\u0000-\u0008\u000b-\u001f\u007f]*$")
]


@dataclass(frozen=True)
class Call:
    """Who calls, and when."""

    actor: Actor
    now: datetime

    def day_at(self, unit: Unit) -> date:
        return unit.local_day(self.now)


def called(request: HttpRequest) -> Call:
    return Call(cast(GuardedRequest, request).actor, timezone.now())


def unit_of(request: HttpRequest, code: str, roles: Iterable[Role] = EVERYONE) -> Unit:
    """The unit of that code: Http404 out of reach, PermissionDenied without one of the roles."""
    return unit_within_reach(cast(GuardedRequest, request).actor, code, frozenset(roles))
