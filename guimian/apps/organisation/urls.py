"""Routes of the organisation."""

from __future__ import annotations

from django.urls import URLPattern, path

from guimian.apps.organisation.views import coming, importing, people, person, posts, unit_forms, units, windows

PERSON = "organisation/people/<str:person>/"
WINDOW = "organisation/windows/<int:window>/"
IMPORT = "organisation/import/"

app_name = "organisation"
urlpatterns: list[URLPattern] = [
    path("organisation/", units.unit_page, name="unit"),
    path("organisation/change/", unit_forms.unit_change, name="unit_change"),
    path("organisation/close/", unit_forms.unit_close, name="unit_close"),
    path("organisation/units/", units.units, name="units"),
    path("organisation/units/open/", unit_forms.unit_open, name="unit_open"),
    path("organisation/windows/add/", windows.window_add, name="window_add"),
    path(f"{WINDOW}change/", windows.window_change, name="window_change"),
    path(f"{WINDOW}close/", windows.window_close, name="window_close"),
    path("organisation/people/", people.people, name="people"),
    path("organisation/people/add/", coming.person_add, name="person_add"),
    path(PERSON, person.person, name="person"),
    path(f"{PERSON}change/", coming.person_change, name="person_change"),
    path(f"{PERSON}leave/", coming.person_leave, name="person_leave"),
    path(f"{PERSON}reveal/<str:field>/", person.reveal, name="reveal"),
    path(f"{PERSON}password/", person.password_give, name="password_give"),
    path(f"{PERSON}posts/give/", posts.post_give, name="post_give"),
    path(f"{PERSON}posts/<int:post>/end/", posts.post_end, name="post_end"),
    path(f"{PERSON}skills/", posts.skill_set, name="skill_set"),
    path(f"{PERSON}skills/<str:skill>/remove/", posts.skill_remove, name="skill_remove"),
    path(IMPORT, importing.import_file, name="import"),
    path(f"{IMPORT}template/", importing.import_template, name="import_template"),
    path(f"{IMPORT}<str:file>/", importing.import_plan, name="import_plan"),
    path(f"{IMPORT}<str:file>/apply/", importing.import_apply, name="import_apply"),
]
