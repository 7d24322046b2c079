"""Personal data at rest and on the page: encrypted, masked, shown only for a stated purpose (R10.7).

A field is AES-256-GCM under a key with an id, so that keys can be changed without rewriting every row at once. The
plaintext is bound to its column: a ciphertext moved to another column does not open. Equal values are found through a
keyed digest (`blind_index`), never by comparing ciphertexts.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
from functools import cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models

#: A mobile number and a resident identity number, standing alone.
PHONE = re.compile(r"(?<![0-9A-Za-z])1\d{10}(?![0-9A-Za-z])")
IDENTITY = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{16}[\dXx](?![0-9A-Za-z])")
HEX_KEY = re.compile(r"[0-9a-fA-F]{64}")
NONCE = 12  # bytes, as NIST SP 800-38D recommends for GCM


@cache
def _keys() -> dict[str, bytes]:
    keys: dict[str, bytes] = {}
    for item in settings.FIELD_KEYS:
        name, _colon, text = item.partition(":")
        if not name or not HEX_KEY.fullmatch(text):
            raise ImproperlyConfigured("GUIMIAN_FIELD_KEYS is id:64-hex-digits, separated by commas.")
        keys[name] = bytes.fromhex(text)
    return keys


def read_keys() -> tuple[str, ...]:
    """The ids of the keys, newest first. Raises ImproperlyConfigured when one cannot be read."""
    return tuple(_keys())


def encrypt(text: str, column: str) -> str:
    """`key-id$base64(nonce + ciphertext)` under the newest key, bound to the column's name."""
    name, key = next(iter(_keys().items()))
    nonce = os.urandom(NONCE)
    sealed = AESGCM(key).encrypt(nonce, text.encode(), column.encode())
    return f"{name}${base64.urlsafe_b64encode(nonce + sealed).decode()}"


def decrypt(token: str, column: str) -> str:
    """The text. ValueError when the key is unknown or the token was touched or comes from another column."""
    name, _dollar, body = token.partition("$")
    if name not in _keys():
        raise ValueError(f"The key {name!r} of an encrypted field is not configured.")
    raw = base64.urlsafe_b64decode(body)
    try:
        return AESGCM(_keys()[name]).decrypt(raw[:NONCE], raw[NONCE:], column.encode()).decode()
    except InvalidTag as error:
        raise ValueError(f"An encrypted value of {column} does not open: it was changed or moved.") from error


def blind_index(text: str, column: str) -> str:
    """A keyed digest by which an equal value is found; under the oldest key, so that it outlives a change of keys."""
    key = list(_keys().values())[-1]
    return hmac.new(key, f"{column}:{text.strip()}".encode(), hashlib.sha256).hexdigest()


class EncryptedField(models.TextField[str, str]):
    """Text that is encrypted in the database and plain in Python. It cannot be searched or ordered by."""

    def _column(self) -> str:
        return f"{self.model._meta.label_lower}.{self.name}"

    def get_prep_value(self, value: Any) -> Any:
        return encrypt(value, self._column()) if value else ""

    def from_db_value(self, value: str | None, expression: object, connection: object) -> str:
        return decrypt(value, self._column()) if value else ""

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name in {"isnull"}:
            return super().get_lookup(lookup_name)
        raise ValueError("An encrypted field cannot be looked up; use its blind index.")


def mask_phone(text: str) -> str:
    """First three and last two digits: 138******21."""
    return _masked(text, 3, 2)


def mask_identity(text: str) -> str:
    """First and last character of a resident identity number."""
    return _masked(text, 1, 1)


def mask_account(text: str) -> str:
    """The last four digits of an account."""
    return _masked(text, 0, 4)


def without_personal(text: str) -> str:
    """The text with mobile and identity numbers masked: what a reason or a record may keep of what somebody typed."""
    text = IDENTITY.sub(lambda found: mask_identity(found[0]), text)
    return PHONE.sub(lambda found: mask_phone(found[0]), text)


def _masked(text: str, head: int, tail: int) -> str:
    if not text:
        return ""
    if len(text) <= head + tail + 1:
        return "*" * len(text)
    return text[:head] + "*" * (len(text) - head - tail) + text[len(text) - tail :]
