"""Routes of journal."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "journal"
urlpatterns: list[URLPattern] = []
