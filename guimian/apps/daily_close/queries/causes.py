"""The causes of differences that are offered."""

from __future__ import annotations

from django.db.models import QuerySet

from guimian.apps.daily_close.models import Cause


def causes() -> QuerySet[Cause]:
    """In the order of the list; those no longer offered are left out."""
    return Cause.objects.filter(is_active=True).order_by("place", "pk")
