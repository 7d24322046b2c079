"""Routes of the daily close."""

from __future__ import annotations

from django.urls import URLPattern, path

from guimian.apps.daily_close.views import counters, history, tellers

LIST = "close/days/<day:day>/tellers/<str:teller>/"

app_name = "daily_close"
urlpatterns: list[URLPattern] = [
    path("close/", counters.counter, name="counter"),
    path("close/start/", counters.start, name="start"),
    path("close/do/", counters.close, name="close"),
    path("close/mine/", tellers.mine, name="mine"),
    path("close/days/", history.closes, name="history"),
    path("close/days/<day:day>/", counters.closed, name="closed"),
    path(LIST, counters.teller, name="teller"),
    path(f"{LIST}return/", counters.send_back, name="return"),
]
