"""Routes of findings."""

from __future__ import annotations

from django.urls import URLPattern, path

from guimian.base.findings import views

app_name = "findings"
urlpatterns: list[URLPattern] = [
    path("findings/", views.inbox, name="inbox"),
    path("findings/all/", views.findings, name="list"),
    path("findings/new/", views.new, name="new"),
    path("findings/<int:pk>/", views.finding, name="finding"),
    path("findings/<int:pk>/assign/", views.assign, name="assign"),
    path("findings/<int:pk>/done/", views.done, name="done"),
    path("findings/<int:pk>/decide/", views.decide, name="decide"),
    path("findings/<int:pk>/attach/", views.attach, name="attach"),
    path("findings/evidence/<int:pk>/", views.evidence, name="evidence"),
]
