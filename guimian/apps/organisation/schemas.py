"""What the API says of the organisation. No personal data: names, staff numbers and posts only (R10.7)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
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


class WindowOut(Schema):
    """A desk of a counter, by the number over it; `skills` are the codes of the lines of business it serves."""

    number: int
    name: str
    skills: list[str]
    is_cashier: bool = Field(description="Money is handled here.")
    is_priority: bool = Field(description="For older and disabled customers first.")
    closed_on: date | None = Field(description="The first day it is no more.")

    @staticmethod
    def resolve_skills(window: Any) -> list[str]:
        return [skill.code for skill in window.skills.all()]


class SkillOut(Schema):
    """What somebody can do, and up to how much alone."""

    staff_number: str = Field(alias="person.staff_number")
    skill: str = Field(alias="skill.code")
    level: int = Field(description="1 novice, 2 skilled, 3 veteran.")
    authorised_to: Decimal = Field(description="CNY a single case.")
    since: date
