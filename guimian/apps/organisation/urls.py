"""Routes of the organisation."""

from __future__ import annotations

from django.urls import URLPattern, path

from guimian.apps.organisation.views import importing, people, units

PERSON = "organisation/people/<str:person>/"
WINDOW = "organisation/windows/<int:window>/"

app_name = "organisation"
urlpatterns: list[URLPattern] = [
    path("organisation/", units.unit_page, name="unit"),
    path("organisation/change/", units.unit_change, name="unit_change"),
    path("organisation/close/", units.unit_close, name="unit_close"),
    path("organisation/units/", units.units, name="units"),
    path("organisation/units/open/", units.unit_open, name="unit_open"),
    path("organisation/windows/add/", units.window_add, name="window_add"),
    path(f"{WINDOW}change/", units.window_change, name="window_change"),
    path(f"{WINDOW}close/", units.window_close, name="window_close"),
    path("organisation/people/", people.people, name="people"),
    path("organisation/people/add/", people.person_add, name="person_add"),
    path(PERSON, people.person, name="person"),
    path(f"{PERSON}reveal/<str:field>/", people.reveal, name="reveal"),
    path(f"{PERSON}posts/give/", people.post_give, name="post_give"),
    path(f"{PERSON}posts/<int:post>/end/", people.post_end, name="post_end"),
    path(f"{PERSON}skills/", people.skill_set, name="skill_set"),
    path(f"{PERSON}leave/", people.person_leave, name="person_leave"),
    path(f"{PERSON}password/", people.password_give, name="password_give"),
    path("organisation/import/", importing.import_file, name="import"),
    path("organisation/import/apply/", importing.import_apply, name="import_apply"),
    path("organisation/import/template/", importing.import_template, name="import_template"),
]
