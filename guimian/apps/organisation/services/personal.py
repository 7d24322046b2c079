"""Personal data in writes: encrypted, found by a keyed digest, named in the journal without its content (R10.7)."""

from __future__ import annotations

from typing import Any

from guimian.base.personal import blind_index

#: Personal data is encrypted, found by a keyed digest, and named in the journal without its content (R10.7).
PERSONAL = {"phone": "phone_index", "identity": "identity_index"}

KEPT_OUT = {*PERSONAL, "email"}


def indexes(fields: dict[str, Any]) -> dict[str, str]:
    """The keyed digests that go with changed personal fields."""
    return {
        PERSONAL[name]: blind_index(text, f"organisation.person.{name}") if text else ""
        for name, text in fields.items()
        if name in PERSONAL
    }


def without_content(fields: dict[str, Any], word: str) -> dict[str, Any]:
    """The fields as the journal may hold them: personal ones by a word instead of their content."""
    return {name: (word if name in KEPT_OUT and value else value) for name, value in fields.items()}
