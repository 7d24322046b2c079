"""What must hold before the first request is served: fail at start, not at night."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import import_string

from guimian.base import personal
from guimian.base.policy.cases import case_files
from guimian.base.policy.clauses import clauses, codes_in, order
from guimian.base.policy.queries import policy_files
from guimian.engines.policy import BrokenPolicy, read_book
from guimian.engines.policy.cases import read_cases


@register("policy")
def policy_files_can_be_read(**_kwargs: Any) -> list[CheckMessage]:
    """Every app's policy.toml is whole: known units, both titles, a clause that has a name, values in the order of their days."""
    try:
        figures = read_book(policy_files()).figures.values()
        told = read_cases(case_files())
        named = clauses()
    except BrokenPolicy as error:
        return [
            Error(str(error), hint="Correct the file; the service does not start on half a policy.", id="policy.E001")
        ]
    texts = [figure.clause for figure in figures] + [case.clause for case in told]
    cited = {code for text in texts for code in codes_in(text)}
    return [
        Error(f"{code} is cited but not named.", hint="Name it in base/policy/clauses.toml.", id="policy.E002")
        for code in sorted(cited - set(named), key=order)
    ]


@register("personal")
def field_keys_can_be_read(**_kwargs: Any) -> list[CheckMessage]:
    """personal.E001: without its keys the house would take personal data that it cannot open again."""
    try:
        personal.read_keys()
    except ImproperlyConfigured as error:
        return [Error(str(error), hint="docs/operations.md says how keys are kept and changed.", id="personal.E001")]
    return []


@register("access")
def check_routes(app_configs: Any = None, **_options: Any) -> list[CheckMessage]:
    """access.E001: a route that declares nothing stops the start."""
    return [
        Error(
            f"The route {route.pattern} ({route.name or 'without a name'}) declares no access.",
            hint="Put base.access.page, personal or public on the view; a library's route goes into config/access.py.",
            id="access.E001",
        )
        for route in import_string(settings.DECLARED_ROUTES)()
        if route.access is None
    ]
