"""Routes of the hall under a unit; those without sign-in are in `screens`."""

from __future__ import annotations

from django.urls import URLPattern, path

from guimian.apps.reception.views import console, devices, floor, guide, records, visits

app_name = "reception"
urlpatterns: list[URLPattern] = [
    path("reception/console/", console.console, name="console"),
    path("reception/console/<slug:deed>/", console.console_do, name="console_do"),
    path("reception/records/attach/", records.record_attach, name="record_attach"),
    path("reception/records/<int:record>/void/", records.record_void, name="record_void"),
    path("reception/guide/", guide.guide, name="guide"),
    path("reception/guide/issue/", guide.guide_issue, name="guide_issue"),
    path("reception/guide/<int:ticket>/left/", guide.guide_left, name="guide_left"),
    path("reception/tickets/<int:ticket>/slip/", guide.slip, name="slip"),
    path("reception/floor/", floor.floor, name="floor"),
    path("reception/visits/", visits.visits, name="visits"),
    path("reception/visits/<int:visit>/", visits.visit, name="visit"),
    path("reception/devices/", devices.devices, name="devices"),
    path("reception/devices/add/", devices.device_add, name="device_add"),
    path("reception/devices/<int:device>/retire/", devices.device_retire, name="device_retire"),
]
