"""Routes of the hall under a unit; those without sign-in are in `screens`."""

from __future__ import annotations

from django.urls import URLPattern, path

from guimian.apps.reception.views import console, records

app_name = "reception"
urlpatterns: list[URLPattern] = [
    path("reception/console/", console.console, name="console"),
    path("reception/console/<slug:deed>/", console.console_do, name="console_do"),
    path("reception/records/attach/", records.record_attach, name="record_attach"),
    path("reception/records/<int:record>/void/", records.record_void, name="record_void"),
]
