"""What a case was given, in words: as its app says (`case_words`), else as the models call their fields and choices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.translation import gettext as _

from guimian.base.access import Role
from guimian.base.templatetags.ui import quantity
from guimian.engines.policy.cases import Case


def given_of(case: Case) -> tuple[tuple[str, str], ...]:
    """Each fact's title and value. `case_words` holds titles (`staff`) and values that no field knows (`said.WORKDAY`)."""
    return tuple((titled(case.app, name), said(case.app, name, value)) for name, value in case.given.items())


def titled(app: str, name: str) -> str:
    fields = (str(field.verbose_name) for field in fields_called(app, name))
    return own_word(app, name) or next(fields, name.replace("_", " "))


def own_word(app: str, key: str) -> str:
    return str(getattr(apps.get_app_config(app), "case_words", {}).get(key, ""))


def said(app: str, name: str, value: Any) -> str:
    if isinstance(value, dict):
        # What the key does not know may be a code of the whole: tellers by name, each with a state.
        return ", ".join(f"{titled(app, key)} {said(app, name, said(app, key, one))}" for key, one in value.items())
    if isinstance(value, list):
        return _("; ").join(said(app, name, one) for one in value) or quantity(None)
    if isinstance(value, date | datetime):
        return value.isoformat()
    return code_in_words(app, name, value) if isinstance(value, str) else quantity(value)


def code_in_words(app: str, name: str, code: str) -> str:
    """A role, or a choice of a field of that name, by its label; other texts as they are."""
    choices = (str(label) for field in fields_called(app, name) for one, label in field.flatchoices if one == code)
    role = str(Role(code).label) if code in Role.values else ""
    return own_word(app, f"{name}.{code}") or role or next(choices, code)


def fields_called(app: str, name: str) -> Iterator[models.Field[Any, Any]]:
    """The fields of that name, those of the app first."""
    for config in sorted(apps.get_app_configs(), key=lambda config: config.label != app):
        if config.name.startswith("guimian."):
            for model in config.get_models():
                yield from (field for field in model._meta.fields if field.name == name)
