"""What can be a telephone or an identity number."""

from __future__ import annotations

import re

from stdnum.cn import ric


def is_phone(text: str) -> bool:
    """A mainland mobile number, or a landline with its area code."""
    return re.fullmatch(r"1\d{10}|0\d{2,3}-?\d{7,8}", text) is not None


def is_identity(text: str) -> bool:
    """A resident identity number: a known place, a day of birth and the check digit (GB 11643)."""
    return len(text) == 18 and bool(ric.is_valid(text))
