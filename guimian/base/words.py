"""What apps call their things and facts, in the language of the page."""

from __future__ import annotations

from django.apps import apps


def word(attribute: str, key: str) -> str:
    """What the first app that names the key calls it, in `attribute` of its AppConfig; empty when none does."""
    named = (getattr(config, attribute, {}).get(key) for config in apps.get_app_configs())
    return next((str(one) for one in named if one is not None), "")
