"""All routes: the units' pages, one's own pages, the doors that need no sign-in.

A unit's pages live under `/u/<unit>/`; everything there is past the guard of base/access.
"""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from guimian.apps.calendar import urls as calendar
from guimian.base.api import views as api_views
from guimian.config import api

UNIT_PAGES = [
    "guimian.apps.today.urls",
    "guimian.apps.daily_close.urls",
    "guimian.apps.reception.urls",
    "guimian.apps.organisation.urls",
    "guimian.apps.calendar.urls",
    "guimian.apps.routines.urls",
    "guimian.base.findings.urls",
    "guimian.base.policy.urls",
    "guimian.base.journal.urls",
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("guimian.base.ui.urls")),
    path("accounts/", include("guimian.base.accounts.urls")),
    path("", include("guimian.base.api.urls")),
    path("accounts/", include("allauth.urls")),
    path(api.PREFIX, include(api.routes)),
    path("api/", api_views.reference, {"api": api.api}, name="api_reference"),
    path("api/<path:rest>", api_views.nowhere),
    path("door/", include((calendar.door_urls, "door"))),
    path("", include("guimian.apps.reception.urls.screens")),
    path("u/<str:unit>/", include([path("", include(urls)) for urls in UNIT_PAGES])),
]
