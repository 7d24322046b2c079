"""Routes of policy."""

from __future__ import annotations

from django.urls import URLPattern, path

from guimian.base.policy import views

app_name = "policy"
urlpatterns: list[URLPattern] = [
    path("policy/", views.figures, name="figures"),
    path("policy/figures/<str:key>/", views.figure, name="figure"),
    path("policy/figures/<str:key>/propose/", views.propose, name="propose"),
    path("policy/proposals/", views.proposals, name="proposals"),
    path("policy/proposals/<int:pk>/", views.proposal, name="proposal"),
    path("policy/proposals/<int:pk>/decide/", views.decide, name="decide"),
    path("policy/proposals/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("policy/clauses/", views.clauses, name="clauses"),
    path("policy/clauses/<str:code>/", views.clause, name="clause"),
]
