"""The cases of all apps, read once: what the pages of clauses tell and the tests hold the rules to."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.apps import apps

from guimian.engines.policy.cases import Case, read_cases


def case_files() -> dict[str, Path]:
    """Each app's `policy_cases.toml`, by app label."""
    found = {config.label: Path(config.path) / "policy_cases.toml" for config in apps.get_app_configs()}
    return {label: path for label, path in found.items() if path.exists()}


@cache
def cases() -> tuple[Case, ...]:
    """All cases. A system check has read them before the first request."""
    return read_cases(case_files())
