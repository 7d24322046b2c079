"""Routes of today."""

from __future__ import annotations

from django.urls import URLPattern, path

from guimian.apps.today import views

app_name = "today"
urlpatterns: list[URLPattern] = [path("", views.home, name="home")]
