"""Routes of the hall without sign-in: kiosks, boards, rating pads, and customers' telephones."""

from __future__ import annotations

from django.urls import URLPattern, path

from guimian.apps.reception.views import hall_screens, kiosk, phone

app_name = "screens"
urlpatterns: list[URLPattern] = [
    path("k/<str:secret>/", kiosk.kiosk, name="kiosk"),
    path("k/<str:secret>/<str:ticket>/", kiosk.kiosk_ticket, name="kiosk_ticket"),
    path("b/<str:secret>/", hall_screens.board, name="board"),
    path("p/<str:secret>/", hall_screens.pad, name="pad"),
    path("q/<str:secret>/", phone.phone, name="phone"),
    path("q/<str:secret>/leave/", phone.phone_leave, name="phone_leave"),
    path("q/<str:secret>/rate/", phone.phone_rate, name="phone_rate"),
]
