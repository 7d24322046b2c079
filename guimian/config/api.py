"""The API of all apps, in its first version."""

from __future__ import annotations

from django.urls import URLPattern, path

from guimian import __version__
from guimian.apps.calendar.api import router as calendar
from guimian.apps.daily_close.api import router as closes
from guimian.apps.organisation.api import router as units
from guimian.apps.reception.api import router as reception
from guimian.apps.routines.api import router as routines
from guimian.base.api import views
from guimian.base.api.auth import Session, Token
from guimian.base.api.house import HouseAPI
from guimian.base.findings.api import router as findings
from guimian.base.journal.api import router as journal
from guimian.base.policy.api import router as policy

PREFIX = "api/v1/"

api = HouseAPI(
    prefix=PREFIX,
    title="Guimian",
    version=__version__,
    description="Walk-in counters by the book. Every list comes in pages; every call that writes needs an Idempotency-Key.",
    urls_namespace="api-v1",
    auth=[Token(), Session()],
)
api.add_router("/units", units)
api.add_router("/units", calendar)
api.add_router("/units", routines)
api.add_router("/units", reception)
api.add_router("/units", closes)
api.add_router("/units", policy)
api.add_router("/findings", findings)
api.add_router("/journal", journal)

routes: list[URLPattern] = [
    path("openapi.json", views.openapi, {"api": api}, name="api_openapi"),
    *api.routes(),
]
