"""The OpenAPI description as a page can show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Parameter:
    """A value of a call, in its path, query or headers."""

    name: str
    place: str
    kind: str
    required: bool


@dataclass(frozen=True)
class Call:
    """One operation. `body` and `answer` name the schemas of what is sent and what comes back."""

    method: str
    path: str
    summary: str
    text: str
    parameters: tuple[Parameter, ...]
    body: str
    answer: str


def sections_of(described: Mapping[str, Any]) -> dict[str, list[Call]]:
    """The calls by their tag, in the order of the description."""
    sections: dict[str, list[Call]] = {}
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            tag = (operation.get("tags") or ["other"])[0]
            sections.setdefault(tag, []).append(_call(method, path, operation))
    return sections


def _call(method: str, path: str, operation: Mapping[str, Any]) -> Call:
    good: Mapping[str, Any] = next(
        (answer for status, answer in operation["responses"].items() if int(status) < 300), {}
    )
    return Call(
        method=method.upper(),
        path=path,
        summary=operation.get("summary", ""),
        text=operation.get("description", ""),
        parameters=tuple(_parameter(one) for one in operation.get("parameters", ())),
        body=_schema_name(operation.get("requestBody", {})),
        answer=_schema_name(good),
    )


def _parameter(one: Mapping[str, Any]) -> Parameter:
    schema = one.get("schema", {})
    kind = schema.get("format") or schema.get("type") or " | ".join(_kinds(schema))
    return Parameter(one["name"], one["in"], kind, bool(one.get("required")))


def _kinds(schema: Mapping[str, Any]) -> list[str]:
    return [one.get("format") or one.get("type", "") for one in schema.get("anyOf", ())]


def _schema_name(holder: Mapping[str, Any]) -> str:
    """`UnitOut`, `Paged UnitOut` …; empty when nothing is sent."""
    for content in holder.get("content", {}).values():
        schema: Mapping[str, Any] = content["schema"]
        return str(schema.get("title") or schema.get("$ref", "").rsplit("/", 1)[-1])
    return ""
