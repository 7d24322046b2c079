"""Foreign keys point downwards: an app at lower apps and base, base at nothing but units and people."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

#: The apps, lowest first, as in .importlinter.
ORDER = ("base", "organisation", "calendar", "routines", "reception", "daily_close", "today")
INVERTED = {settings.UNIT_MODEL.lower(), settings.AUTH_USER_MODEL.lower()}
OURS = [config for config in apps.get_app_configs() if config.name.startswith("guimian.")]


def upward(models_of_ours: Iterable[type[models.Model]]) -> list[str]:
    """The relations that point up, in words."""
    wrong = []
    for model in models_of_ours:
        for field in model._meta.get_fields():
            if not isinstance(field, models.ForeignKey | models.ManyToManyField) or field.related_model is None:
                continue
            target = field.related_model._meta
            if target.app_label not in ORDER or target.label_lower in INVERTED:
                continue
            if ORDER.index(target.app_label) > ORDER.index(model._meta.app_label):
                wrong.append(f"{model._meta.label}.{field.name} -> {target.label}")
    return wrong


def test_foreign_keys_point_downwards() -> None:
    assert upward(model for config in OURS for model in config.get_models()) == []


def test_every_app_has_its_place() -> None:
    assert {config.label for config in OURS} == set(ORDER)


@pytest.mark.django_db
def test_a_key_that_points_up_is_seen() -> None:
    class Upward(models.Model):
        day = models.ForeignKey("calendar.BusinessDay", models.CASCADE, related_name="+")

        class Meta:
            app_label = "organisation"
            managed = False

    try:
        assert upward([Upward]) == ["organisation.Upward.day -> calendar.BusinessDay"]
    finally:
        del apps.all_models["organisation"]["upward"]
        apps.clear_cache()


def test_nothing_is_deleted_by_deleting_something_else() -> None:
    """What happened stays: no row of ours goes because a unit or a person goes."""
    cascades = [
        f"{model._meta.label}.{field.name}"
        for config in OURS
        for model in config.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey)
        and field.remote_field.on_delete is models.CASCADE
        and field.related_model._meta.label_lower == settings.UNIT_MODEL.lower()
    ]
    assert cascades == []
