"""Routes of one's own tokens, below accounts/."""

from __future__ import annotations

from django.urls import URLPattern, path

from guimian.base.api import views

urlpatterns: list[URLPattern] = [
    path("tokens/", views.api_tokens, name="api_tokens"),
    path("tokens/<int:pk>/revoke/", views.revoke, name="api_token_revoke"),
]
