"""Routes of routines."""

from __future__ import annotations

from django.urls import URLPattern, path

from guimian.apps.routines.views import appraisals, catalogue, duties, plans, reports, rounds

ENTRY = "routines/catalogue/<str:catalogue>/<slug:code>/"

app_name = "routines"
urlpatterns: list[URLPattern] = [
    path("routines/duties/", duties.duties, name="duties"),
    path("routines/duties/history/", duties.history, name="history"),
    path("routines/duties/<int:pk>/", duties.duty, name="duty"),
    path("routines/duties/<int:pk>/do/", duties.do, name="do"),
    path("routines/duties/photos/<int:pk>/", duties.photo, name="photo"),
    path("routines/catalogue/<str:catalogue>/", catalogue.entries, name="catalogue"),
    path("routines/catalogue/<str:catalogue>/add/", catalogue.add, name="entry_add"),
    path(ENTRY, catalogue.change, name="entry"),
    path(f"{ENTRY}retire/", catalogue.retire, name="entry_retire"),
    path(f"{ENTRY}withdraw/", catalogue.withdraw, name="entry_withdraw"),
    path("routines/rounds/", rounds.rounds, name="rounds"),
    path("routines/rounds/extra/", rounds.extra, name="round_extra"),
    path("routines/rounds/<int:pk>/", rounds.one_round, name="round"),
    path("routines/rounds/<int:pk>/start/", rounds.start, name="round_start"),
    path("routines/rounds/<int:pk>/items/<slug:item>/", rounds.answer, name="round_item"),
    path("routines/rounds/<int:pk>/sign/", rounds.sign, name="round_sign"),
    path("routines/reports/", reports.reports, name="reports"),
    path("routines/reports/<str:kind>/<str:first>/", reports.report, name="report"),
    path("routines/appraisals/", appraisals.appraisals, name="appraisals"),
    path("routines/appraisals/<str:month>/", appraisals.appraisal, name="appraisal"),
    path("routines/appraisals/<str:month>/publish/", appraisals.publish, name="publish"),
    path("routines/appraisals/marks/<int:mark>/object/", appraisals.object_to, name="object"),
    path("routines/visits/", plans.visits, name="visits"),
    path("routines/visits/<int:visit>/", plans.visit, name="visit"),
    path("routines/holidays/", plans.holidays, name="holidays"),
    path("routines/holidays/<int:plan>/", plans.plan, name="plan"),
    path("routines/holidays/<int:plan>/report/", plans.report, name="plan_report"),
    path("routines/holidays/<int:plan>/tell/", plans.tell, name="plan_tell"),
    path("routines/holidays/<int:plan>/publish/", plans.publish, name="plan_publish"),
    path("routines/holidays/notice/<str:first>/", plans.notice, name="notice"),
]
