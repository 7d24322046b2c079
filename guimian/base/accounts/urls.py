"""Routes of signing in and of one's own pages; the library's own stand beside them under the same beginning."""

from __future__ import annotations

from django.urls import URLPattern, path, re_path

from guimian.base.accounts import views

#: The library has these for companies whose people sign up by themselves and get their passwords by e-mail.
CLOSED = r"^(?:signup|email|confirm-email|password/(?:set|reset)|login/code|3rdparty/signup)(?:/|$)"

app_name = "accounts"
urlpatterns: list[URLPattern] = [
    path("login/", views.sign_in, name="sign_in"),
    path("demo/", views.demo, name="demo"),
    path("me/", views.profile, name="profile"),
    path("me/second-factor/", views.second_factor, name="second_factor"),
    re_path(CLOSED, views.closed, name="closed"),
]
