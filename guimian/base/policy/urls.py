"""Routes of policy."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "policy"
urlpatterns: list[URLPattern] = []
