"""Routes of one's own tokens. Not below accounts/, which is open to those who still need a second factor."""

from __future__ import annotations

from django.urls import URLPattern, path

from guimian.base.api import views

urlpatterns: list[URLPattern] = [
    path("tokens/", views.api_tokens, name="api_tokens"),
    path("tokens/<int:pk>/revoke/", views.revoke, name="api_token_revoke"),
]
