"""Routes of the shell."""

from __future__ import annotations

from django.urls import URLPattern, path

from guimian.base.health import healthz
from guimian.base.ui import views

app_name = "ui"
urlpatterns: list[URLPattern] = [
    path("", views.start, name="start"),
    path("healthz", healthz, name="healthz"),
    path("units/", views.units, name="units"),
    path("language/", views.language, name="language"),
    path("style/", views.style, name="style"),
]
