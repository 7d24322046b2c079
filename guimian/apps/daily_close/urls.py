"""Routes of the daily close."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "daily_close"
urlpatterns: list[URLPattern] = []
