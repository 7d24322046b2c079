"""Routes of the calendar at a unit. What hangs on the door has an address of its own, past no guard."""

from __future__ import annotations

from django.urls import URLPattern, path

from guimian.apps.calendar.views import days, hours, state

app_name = "calendar"
urlpatterns: list[URLPattern] = [
    path("day/", days.day, name="day"),
    path("day/open/", days.day_open, name="day_open"),
    path("day/<day:day>/", days.day, name="day_on"),
    path("day/<day:day>/closing/", days.day_closing, name="day_closing"),
    path("day/all/", days.days, name="days"),
    path("hours/", hours.hours, name="hours"),
    path("hours/set/", hours.hours_set, name="hours_set"),
    path("hours/<int:pk>/withdraw/", hours.hours_withdraw, name="hours_withdraw"),
    path("calendar/", state.year, name="this_year"),
    path("calendar/mark/", state.mark, name="mark"),
    path("calendar/<day:day>/unmark/", state.unmark, name="unmark"),
    path("calendar/<int:year>/", state.year, name="year"),
    path("calendar/<int:year>/confirm/", state.confirm, name="year_confirm"),
    path("calendar/<int:year>/seed/", state.seed, name="year_seed"),
    path("calendar/<int:year>/<int:month>/", state.month, name="month"),
]

#: Without a sign-in and outside the units' pages.
door_urls: list[URLPattern] = [path("<str:code>/", hours.door, name="page")]
