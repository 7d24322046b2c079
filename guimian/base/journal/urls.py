"""Routes of the journal."""

from __future__ import annotations

from django.urls import URLPattern, path

from guimian.base.journal import views

app_name = "journal"
urlpatterns: list[URLPattern] = [
    path("journal/", views.entries, name="list"),
    path("journal/verify/", views.verify, name="verify"),
    path("journal/<int:pk>/", views.entry, name="entry"),
]
