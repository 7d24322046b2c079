"""What a service says when it will not do a thing."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.functional import Promise


class Unable(Exception):
    """A named refusal: which clause, what was found, what would pass.

    Services define `UnableTo…` beside the verb that raises it; doors turn it into a form error or problem+json.
    `more`: further reasons of the same refusal, so that a form tells them all at once.
    """

    def __init__(
        self,
        message: str | Promise,
        *,
        clause: str = "",
        found: object = None,
        wanted: object = None,
        more: Sequence[Unable] = (),
    ) -> None:
        super().__init__(str(message))
        self.message = str(message)
        self.clause = clause
        self.found = found
        self.wanted = wanted
        self.more = tuple(more)
