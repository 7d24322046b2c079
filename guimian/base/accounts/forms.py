"""The sign-in form, in the field's words."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class SignInForm(LoginForm):  # type: ignore[misc]  # the library has no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("Staff number")
        self.fields["password"].help_text = ""
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)


def whose_attempt(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The staff number that somebody tries, as one person whatever the case (`AXES_USERNAME_CALLABLE`)."""
    given = credentials or {}
    tried = given.get("username") or given.get("staff_number") or (request.POST.get("login", "") if request else "")
    return str(tried).strip().upper()[:255]
