"""What the API says of the organisation. No personal data: names, staff numbers and posts only (R10.7)."""

from __future__ import annotations

from datetime import date
from typing import Any

from ninja import Field, Schema


class UnitOut(Schema):
    """A unit of the company. `path` is its line of codes; `closed_on` is the first day it is no more."""

    code: str
    path: str
    level: str
    name: str
    name_en: str
    place: str = Field(description="Kind of a counter by place and customers (F2.1); empty for other units.")
    size: str = Field(description="Class of a counter's premises (F2.2); empty for other units.")
    timezone: str
    opened_on: date | None
    closed_on: date | None


class PostOut(Schema):
    """A role at a unit; `ends_on` is the first day it is no more."""

    role: str
    unit: str = Field(alias="unit.code")
    starts_on: date
    ends_on: date | None


class PersonOut(Schema):
    """Somebody who works at the unit or below it, with the posts there that have not ended."""

    staff_number: str
    name: str
    name_en: str
    posts: list[PostOut]

    @staticmethod
    def resolve_posts(person: Any) -> list[Any]:
        return list(person.seen_posts)
