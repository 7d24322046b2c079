"""What the sign-in library asks the house: nobody signs up, the company's provider names people, secrets are encrypted."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.conf import settings
from django.contrib.auth import get_user_model
from django.http import HttpRequest
from django.shortcuts import render

from guimian.base import personal

SECRET = "mfa.authenticator.data"  # noqa: S105  # the column that a secret is bound to


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People are entered by those who may, never by themselves."""
        return False


class CompanySignIn(DefaultSocialAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Sign-in through the company's identity provider (OIDC): the claim `GUIMIAN_OIDC_CLAIM` holds the staff number."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Tie the identity to the person of that staff number at the first sign-in; whoever is unknown is turned away."""
        if sociallogin.is_existing:
            return
        data = sociallogin.account.extra_data
        claims = {**data, **data.get("id_token", {}), **data.get("userinfo", {})}
        number = str(claims.get(settings.OIDC_CLAIM) or "")
        person = (
            get_user_model().objects.filter(staff_number__iexact=number, is_active=True).first() if number else None
        )
        if person is None:
            raise ImmediateHttpResponse(render(request, "account/unknown_person.html", {"number": number}, status=403))
        sociallogin.connect(request, person)


class SecondFactors(DefaultMFAAdapter):  # type: ignore[misc]  # the library has no types
    """Secrets of authenticator apps and recovery codes are kept encrypted like personal data."""

    def encrypt(self, text: str) -> str:
        return personal.encrypt(text, SECRET)

    def decrypt(self, encrypted_text: str) -> str:
        return personal.decrypt(encrypted_text, SECRET)

    def build_user_handle(self, user: Any) -> str:
        return f"guimian-{user.pk}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "Guimian 柜面"}
