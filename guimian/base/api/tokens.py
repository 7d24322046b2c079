"""Bearer tokens: a program acts as the person who made it, with that person's posts of the day."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from guimian.base import journal
from guimian.base.access import unit_model
from guimian.base.errors import Unable
from guimian.base.models import ApiToken

if TYPE_CHECKING:
    from guimian.apps.organisation.models import Person, Unit

PREFIX = "gm_"  # so that a leaked token is recognised by those who search for them
LONGEST_LIFE = 366  # days
MOST_TOKENS = 10
WINDOW = timedelta(minutes=1)


class UnableToCreateToken(Unable):
    """The token cannot be made."""


class UnableToRevokeToken(Unable):
    """The token is not this person's, or has ended."""


class TooManyCalls(Exception):
    """The token has used up its calls of the minute; `wait` in seconds."""

    def __init__(self, wait: int) -> None:
        super().__init__(wait)
        self.wait = wait


def digest_of(text: str) -> str:
    """SHA-256 in hex: a token holds 256 random bits, so that no slow hash is needed."""
    return hashlib.sha256(text.encode()).hexdigest()


def tokens_of(person: Person) -> QuerySet[ApiToken]:
    """The person's own tokens, newest first."""
    return ApiToken.objects.filter(person=person).order_by("-created_at", "-pk")


def in_force(now: datetime) -> Q:
    return Q(revoked_at=None, expires_at__gt=now)


def create_token(*, person: Person, name: str, days: int, may_write: bool, now: datetime) -> tuple[ApiToken, str]:
    """Make a token for oneself: its row, and the text that is shown this once only.

    Raises UnableToCreateToken: the person holds no post, the days are not 1 to LONGEST_LIFE, or MOST_TOKENS are in force.
    """
    if not 1 <= days <= LONGEST_LIFE:
        raise UnableToCreateToken(_("A token lives for 1 day to one year."), found=days, wanted=LONGEST_LIFE)
    text = PREFIX + secrets.token_urlsafe(32)
    with transaction.atomic():
        unit = _home_of(person, now)
        if (held := tokens_of(person).filter(in_force(now)).count()) >= MOST_TOKENS:
            raise UnableToCreateToken(_("Revoke a token first."), found=held, wanted=MOST_TOKENS)
        token = ApiToken.objects.create(
            person=person,
            name=name,
            digest=digest_of(text),
            may_write=may_write,
            created_at=now,
            expires_at=now + timedelta(days=days),
            window_from=now,
        )
        after = {"name": name, "expires_at": token.expires_at, "may_write": may_write}
        journal.record(unit=unit, by=person, event="base.token.created", subject=token, now=now, after=after)
    return token, text


def _home_of(person: Person, now: datetime) -> Unit:
    """The unit of the person's first post: the journal that tells of the token."""
    grants = person.grants_on(now.date())
    if not grants:
        raise UnableToCreateToken(_("Only who holds a post can have a token."))
    return unit_model().objects.get(pk=grants[0].unit_id)


def revoke_token(*, person: Person, pk: int, now: datetime) -> ApiToken:
    """End one of one's own tokens at once. Raises UnableToRevokeToken when there is none of that number in force."""
    with transaction.atomic():
        token = tokens_of(person).select_for_update().filter(in_force(now), pk=pk).first()
        if token is None:
            raise UnableToRevokeToken(_("There is no such token in force."))
        unit = _home_of(person, now)
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])
        journal.record(unit=unit, by=person, event="base.token.revoked", subject=token, now=now)
    return token


def used_token(text: str, now: datetime) -> ApiToken | None:
    """The token in force with this text, its use counted; None when there is none or its person was locked out.

    Raises TooManyCalls past `settings.API_CALLS_A_MINUTE`. Counting is one conditional update, so that no call slips by.
    """
    row = ApiToken.objects.select_related("person").filter(in_force(now), digest=digest_of(text)).first()
    if row is None or not row.person.is_active:
        return None
    mine = ApiToken.objects.filter(pk=row.pk)
    if row.window_from <= now - WINDOW and mine.filter(window_from=row.window_from).update(
        window_from=now, window_calls=1, last_used_at=now
    ):
        return row
    left = mine.filter(window_calls__lt=settings.API_CALLS_A_MINUTE)
    if not left.update(window_calls=F("window_calls") + 1, last_used_at=now):
        raise TooManyCalls(max(1, round((row.window_from + WINDOW - now).total_seconds())))
    return row
