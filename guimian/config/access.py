"""What the routes of libraries declare, and all routes with their declarations (`settings.DECLARED_ROUTES`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from guimian.base.access import EVERYONE, Access

SIGN_IN = Access("public", reason="Somebody who is not signed in yet signs in here; rate-limited.")
CLOSED = Access("public", reason="Closed: base/accounts/urls answers 404 before the library does.")
OWN = Access("personal", EVERYONE)

#: By route name, or by the beginning up to a star of the name or, where a route has none, of its pattern.
LIBRARIES: dict[str, Access] = {
    "account_login": SIGN_IN,
    "account_logout": SIGN_IN,
    "account_inactive": SIGN_IN,
    "account_reauthenticate": OWN,
    "account_change_password": OWN,
    "account_*": CLOSED,
    "mfa_authenticate": SIGN_IN,
    "mfa_login_webauthn": SIGN_IN,
    "mfa_*": OWN,
    "usersessions_*": OWN,
    "openid_connect_*": SIGN_IN,
    "socialaccount_login_*": SIGN_IN,
    "socialaccount_connections": OWN,
    "socialaccount_*": CLOSED,
    "/accounts/social/*": Access("public", reason="Old addresses of the library: each sends on to its named route."),
}


@dataclass(frozen=True)
class Declared:
    """A route with what it declares, itself or in LIBRARIES; `access` is None when nobody did."""

    pattern: str
    name: str
    access: Access | None


def of_library(name: str) -> Access | None:
    exact = LIBRARIES.get(name)
    return exact or next((a for key, a in LIBRARIES.items() if key.endswith("*") and name.startswith(key[:-1])), None)


def declared_routes(resolver: URLResolver | None = None, before: str = "/", space: str = "") -> Iterator[Declared]:
    """Every route of the house, in the order of the URL configuration."""
    for one in (resolver or get_resolver()).url_patterns:
        pattern = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from declared_routes(one, pattern, f"{space}{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern):
            name = f"{space}{one.name or ''}"
            yield Declared(pattern, name, getattr(one.callback, "access", None) or of_library(one.name or pattern))
