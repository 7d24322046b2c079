"""What must hold before the first request is served: fail at start, not at night."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, register

from guimian.base.policy.queries import policy_files
from guimian.engines.policy import BrokenPolicy, read_book


@register("policy")
def policy_files_can_be_read(**_kwargs: Any) -> list[CheckMessage]:
    """Every app's policy.toml is whole: known units, both titles, a clause, values in the order of their days."""
    try:
        read_book(policy_files())
    except BrokenPolicy as error:
        return [
            Error(str(error), hint="Correct the file; the service does not start on half a policy.", id="policy.E001")
        ]
    return []
